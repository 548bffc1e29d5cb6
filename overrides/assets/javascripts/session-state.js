/* A session as data: begins one, lays out its screens, changes its plan. Knows no page and no clock: "now" is an
 * argument, in milliseconds.
 *
 * Contract: stufenweise.sessionState
 *   begin(tutorial, now)     a new session: { works: [{ slug, title, minutes }], length, start, meeting, out: [step],
 *                            at: SCREEN, paused, spent: { SCREEN: milliseconds }, extra: { SCREEN: minutes } }
 *   nextStart(now)           the next full five minutes
 *   layOut(state, tutorial, frame, words)   { rows, plan, mine, index }
 *     tutorial  { slug, title, steps }, see tutorial.js
 *     rows      the screens: those of stufenweise.hour with { step, key, name } and with the minutes added to them
 *     plan      what stufenweise.hour gives
 *     mine      place of the page's tutorial in the session's works; its minutes are noted there
 *     index     row that the session is at, -1 before it has begun
 *   change(state, field, now, tutorial, frames)    takes over a field of the plan: its name, value, checked, and data-step or data-follow,
 *                                data-title, data-minutes. A length that takes the short way leaves out what is not part of it
 *   onward(rows, index, way)     the next row with minutes, forward (1) or backward (-1); outside of the rows at an end
 */
(() => {
  const MINUTE = 60_000;
  const USUAL = 60;

  const nextStart = (now) => Math.ceil(now / (5 * MINUTE)) * 5 * MINUTE;

  const begin = ({ slug, title, steps }, now) => ({
    works: [{ slug, title }],
    length: USUAL,
    start: nextStart(now),
    meeting: steps.at(-1).part > 1 ? 1 : 0,
    out: [],
    at: "",
    spent: {},
    extra: {},
  });

  const indexOf = (rows, at) => {
    const exact = rows.findIndex(({ key }) => key === at);
    // A step on another page is part of one row here.
    return exact < 0 && at ? rows.findIndex(({ key }) => at.startsWith(key) || key.startsWith(at)) : exact;
  };

  const layOut = (state, tutorial, frame, words) => {
    const steps = tutorial.steps.filter(({ part }) => !state.meeting || part === state.meeting);
    const short = frame.way === "short" && tutorial.steps.some((step) => step.short);
    const taken = (step) => (short && step.short) || step.minutes;
    const minutes = steps.map((step) => (state.out.includes(step.id) ? 0 : taken(step)));
    const mine = state.works.findIndex(({ slug }) => slug === tutorial.slug);
    state.works[mine].minutes = minutes.reduce((sum, one) => sum + one, 0);
    const works = state.works.map((work, index) => (index === mine ? minutes : [work.minutes]));
    const plan = globalThis.stufenweise.hour.plan(state.length, frame, works);
    const rows = plan.rows.map((row) => {
      const step = row.work === mine ? steps[row.step] : undefined;
      const key = [state.works[row.work].slug, row.part, ...(step ? [step.id] : [])].join("/");
      const name = step?.title ?? words[row.part === "next" ? "agree" : row.part];
      return { ...row, step, key, name, minutes: row.minutes + (state.extra[key] ?? 0) };
    });
    return { rows, plan, mine, index: indexOf(rows, state.at) };
  };

  const change = (state, { name, value, checked, dataset: { step, follow, title, minutes } }, now, { steps }, frames) => {
    const { way } = frames[state.length];
    if (name === "start") {
      if (value) state.start = new Date(now).setHours(...value.split(":"), 0, 0);
    } else if (name) state[name] = Number(value);
    if (step) state.out = checked ? state.out.filter((id) => id !== step) : [...state.out, step];
    const after = frames[state.length].way;
    if (after !== way && steps.some(({ short }) => short)) {
      state.out = after === "short" ? steps.filter(({ short }) => !short).map(({ id }) => id) : [];
    }
    if (follow) {
      state.works = state.works.filter(({ slug }) => slug !== follow);
      if (checked) state.works.push({ slug: follow, title, minutes: Number(minutes) });
    }
  };

  const onward = (rows, index, way) => {
    do index += way;
    while (rows[index]?.minutes === 0);
    return index;
  };

  const sessionState = Object.freeze({ begin, nextStart, layOut, change, onward });
  globalThis.stufenweise = Object.freeze({ ...globalThis.stufenweise, sessionState });
})();
