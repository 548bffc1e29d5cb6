/* The state of sessions: begins one, computes its screens, changes its plan, keeps several in a list. No page, no
 * clock: "now" is an argument, in milliseconds.
 *
 * Contract: stufenweise.sessionState. SCREEN is the key of a row. A state is
 *   { works: [{ slug, title, minutes, part }], length, start, out: [step], at: SCREEN, from: SCREEN, fresh, paused,
 *     held, spent: { SCREEN: milliseconds }, extra: { SCREEN: minutes } }
 *     part      which meeting of the tutorial, 0 for the whole tutorial
 *     out       steps that are left out
 *     at        the current screen, "" before it begins
 *     from      the screen at which a session resumed on another day begins; fresh until it does
 *     held      its end was reached, and noted in the pair's programme
 *   begin(tutorial, now)     returns a new state
 *   isOver(state, now)       whether it should have ended long ago: twice its length has passed
 *   renew(state, now)        changes the state to be resumed now, with a new start and nothing spent
 *   nextStart(now)           the next full five minutes
 *   layOut(state, tutorial, frame, words)   returns { rows, mine, index }
 *     tutorial  { slug, title, steps } of tutorial.js, with { meeting }, the part to be held, or 0
 *     rows      the screens: rows of stufenweise.hour with { step, key, name, mark }; minutes include the extra ones;
 *               mark: "done", "now", "open", or "out" for what is left out
 *     mine      the index of the page's tutorial in state.works; its minutes are stored there
 *     index     the index of the current row, -1 before the session begins
 *   change(state, field, now, tutorial, frames)   applies a changed field of the plan: its name, value, checked, and
 *                            data-step or data-follow, data-title, data-minutes. A short length leaves out the steps
 *                            that are not part of the short version
 *   onward(rows, index, way)     the index of the next row that has minutes, forward (1) or backward (-1); beyond the
 *                            rows at either end
 *   pick(list, slug, inside)     the session in the list that a tutorial's page resumes, or undefined; inside: also one
 *                            that began with another tutorial and goes on with this one
 *   put(list, state)         the list with this session first, one per first tutorial
 *   drop(list, state)        the list without this session
 */
(() => {
  /* In milliseconds. */
  const MINUTE = 60_000;
  /* Minutes of a new session. */
  const USUAL = 60;
  /* Unfinished sessions stored at most; the oldest are dropped. */
  const MOST = 6;

  const nextStart = (now) => Math.ceil(now / (5 * MINUTE)) * 5 * MINUTE;

  const begin = ({ slug, title }, now) => ({
    works: [{ slug, title }],
    length: USUAL,
    start: nextStart(now),
    out: [],
    at: "",
    from: "",
    spent: {},
    extra: {}
  });

  const isOver = ({ start, length }, now) => now > start + 2 * length * MINUTE;

  const renew = (state, now) =>
    Object.assign(state, { start: nextStart(now), from: state.at, fresh: true, paused: false, spent: {}, extra: {} });

  const indexOf = (rows, at) => {
    const exact = rows.findIndex(({ key }) => key === at);
    // Another page's step is here part of the one row of its tutorial.
    return exact < 0 && at ? rows.findIndex(({ key }) => at.startsWith(key) || key.startsWith(at)) : exact;
  };

  const layOut = (state, tutorial, frame, words) => {
    const { plan } = stufenweise.hour;
    const mine = state.works.findIndex(({ slug }) => slug === tutorial.slug);
    const work = state.works[mine];
    work.part ??= tutorial.meeting;
    const steps = tutorial.steps.filter(({ part }) => !work.part || part === work.part);
    const short = frame.way === "short" && tutorial.steps.some((step) => step.short);
    const taken = (step) => (short && step.short) || step.minutes;
    const minutes = steps.map((step) => (state.out.includes(step.id) ? 0 : taken(step)));
    work.minutes = minutes.reduce((sum, one) => sum + one, 0);
    const works = state.works.map((one, index) => (index === mine ? minutes : [one.minutes]));
    const whole = plan(state.length, frame, works).rows.map((row) => {
      const step = row.work === mine ? steps[row.step] : undefined;
      const key = [state.works[row.work].slug, row.part, ...(step ? [step.id] : [])].join("/");
      return { ...row, step, key, name: step?.title ?? words[row.part === "next" ? "agree" : row.part] };
    });
    const from = indexOf(whole, state.from ?? "");
    const index = indexOf(whole, state.at);
    const rest = plan(state.length, frame, works, from).rows;
    const been = Object.keys(state.spent);
    const rows = whole.map((row, at) => {
      const { key } = row;
      const { minutes: n, least } = at < from ? row : rest[at];
      const done = at < from || been.some((one) => `${one}/`.startsWith(`${key}/`));
      const mark = !n ? "out" : at === index ? "now" : done ? "done" : "open";
      return { ...row, least, mark, minutes: n + (state.extra[key] ?? 0) };
    });
    return { rows, mine, index };
  };

  const change = (
    state,
    { name, value, checked, dataset: { step, follow, title, minutes } },
    now,
    { slug, steps },
    frames
  ) => {
    const { way } = frames[state.length];
    if (name === "start") {
      if (value) state.start = new Date(now).setHours(...value.split(":"), 0, 0);
    } else if (name === "meeting") state.works.find((work) => work.slug === slug).part = Number(value);
    else if (name) state[name] = Number(value);
    if (step) state.out = checked ? state.out.filter((id) => id !== step) : [...state.out, step];
    const after = frames[state.length].way;
    if (after !== way && steps.some(({ short }) => short)) {
      state.out = after === "short" ? steps.filter(({ short }) => !short).map(({ id }) => id) : [];
    }
    if (follow) {
      state.works = state.works.filter((work) => work.slug !== follow);
      if (checked) state.works.push({ slug: follow, title, minutes: Number(minutes) });
    }
  };

  const onward = (rows, index, way) => {
    do index += way;
    while (rows[index]?.minutes === 0);
    return index;
  };

  const pick = (list, slug, inside) =>
    list.find(({ at }) => at.startsWith(`${slug}/`)) ??
    list.find(({ works }) => works[0].slug === slug || (inside && works.some((work) => work.slug === slug)));

  const drop = (list, state) => list.filter(({ works }) => works[0].slug !== state.works[0].slug);
  const put = (list, state) => [state, ...drop(list, state)].slice(0, MOST);

  globalThis.stufenweise = Object.freeze({
    ...globalThis.stufenweise,
    sessionState: Object.freeze({ begin, isOver, renew, nextStart, layOut, change, onward, pick, put, drop })
  });
})();
