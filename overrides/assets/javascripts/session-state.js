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
 *   begin(tutorial, now)     returns a new state, which starts at the next full five minutes
 *   isOverdue(state, now)    whether it should have ended long ago: twice its length has passed
 *   resume(state, now)       changes the state to continue now, with a new start and nothing spent
 *   screens(state, tutorial, frame, words)   returns { rows, own, index }
 *     tutorial  { slug, title, steps } of tutorial.js, with { meeting }, the part to be held, or 0
 *     rows      the screens: rows of stufenweise.hour with { step, key, name, mark }; minutes include the extra ones;
 *               mark: "done", "now", "open", or "out" for what is left out
 *     own       the index of the page's tutorial in state.works; its minutes are stored there
 *     index     the index of the current row, -1 before the session begins
 *   changePlan(state, field, now, tutorial, frames)   applies a changed field of the plan: its name, value, checked, and
 *                            data-step or data-follow, data-title, data-minutes. A short length leaves out the steps
 *                            that are not part of the short version
 *   nextIndex(rows, index, way)   the index of the next row that has minutes, forward (1) or backward (-1); beyond the
 *                            rows at either end
 *   find(list, slug, inside)   the session in the list that a tutorial's page resumes, or undefined; inside: also one
 *                            that began with another tutorial and goes on with this one
 *   add(list, state)         the list with this session first, one per first tutorial
 *   remove(list, state)      the list without this session
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

  const isOverdue = ({ start, length }, now) => now > start + 2 * length * MINUTE;

  const resume = (state, now) =>
    Object.assign(state, { start: nextStart(now), from: state.at, fresh: true, paused: false, spent: {}, extra: {} });

  const indexOf = (rows, at) => {
    const exact = rows.findIndex(({ key }) => key === at);
    // Another page's step is here part of the one row of its tutorial.
    return exact < 0 && at ? rows.findIndex(({ key }) => at.startsWith(key) || key.startsWith(at)) : exact;
  };

  /* The steps of the page's tutorial in this session, and the minutes of each, 0 if it is left out. */
  const stepsOf = ({ out }, { part }, { steps }, { way }) => {
    const isShort = way === "short" && steps.some(({ short }) => short);
    const taken = steps.filter((step) => !part || step.part === part);
    return [taken, taken.map(({ id, short, minutes }) => (out.includes(id) ? 0 : (isShort && short) || minutes))];
  };

  /* Marks the rows, and gives those from the current one on the time that is left. */
  const marked = ({ spent, extra }, rows, rest, from, index) =>
    rows.map((row, at) => {
      const { key } = row;
      const { minutes, least } = at < from ? row : rest[at];
      const done = at < from || Object.keys(spent).some((screen) => `${screen}/`.startsWith(`${key}/`));
      const mark = !minutes ? "out" : at === index ? "now" : done ? "done" : "open";
      return { ...row, least, mark, minutes: minutes + (extra[key] ?? 0) };
    });

  const screens = (state, tutorial, frame, words) => {
    const { plan } = stufenweise.hour;
    const own = state.works.findIndex(({ slug }) => slug === tutorial.slug);
    const work = state.works[own];
    work.part ??= tutorial.meeting;
    const [steps, minutes] = stepsOf(state, work, tutorial, frame);
    work.minutes = minutes.reduce((sum, step) => sum + step, 0);
    const works = state.works.map((other) => (other === work ? minutes : [other.minutes]));
    const rows = plan(state.length, frame, works).rows.map((row) => {
      const step = row.work === own ? steps[row.step] : undefined;
      const key = [state.works[row.work].slug, row.part, ...(step ? [step.id] : [])].join("/");
      return { ...row, step, key, name: step?.title ?? words[row.part === "next" ? "agree" : row.part] };
    });
    const from = indexOf(rows, state.from ?? "");
    const index = indexOf(rows, state.at);
    const rest = plan(state.length, frame, works, from).rows;
    return { rows: marked(state, rows, rest, from, index), own, index };
  };

  const setField = (state, { name, value }, now, slug) => {
    if (name === "start") {
      if (value) state.start = new Date(now).setHours(...value.split(":"), 0, 0);
    } else if (name === "meeting") state.works.find((work) => work.slug === slug).part = Number(value);
    else if (name) state[name] = Number(value);
  };

  const changePlan = (state, field, now, { slug, steps }, frames) => {
    const { step, follow, title, minutes } = field.dataset;
    const { way } = frames[state.length];
    setField(state, field, now, slug);
    if (step) state.out = field.checked ? state.out.filter((id) => id !== step) : [...state.out, step];
    const after = frames[state.length].way;
    if (after !== way && steps.some(({ short }) => short)) {
      state.out = after === "short" ? steps.filter(({ short }) => !short).map(({ id }) => id) : [];
    }
    if (follow) {
      state.works = state.works.filter((work) => work.slug !== follow);
      if (field.checked) state.works.push({ slug: follow, title, minutes: Number(minutes) });
    }
  };

  const nextIndex = (rows, index, way) => {
    const next = index + way;
    return rows[next]?.minutes === 0 ? nextIndex(rows, next, way) : next;
  };

  const find = (list, slug, inside) =>
    list.find(({ at }) => at.startsWith(`${slug}/`)) ??
    list.find(({ works }) => works[0].slug === slug || (inside && works.some((work) => work.slug === slug)));

  const remove = (list, state) => list.filter(({ works }) => works[0].slug !== state.works[0].slug);
  const add = (list, state) => [state, ...remove(list, state)].slice(0, MOST);

  globalThis.stufenweise = Object.freeze({
    ...globalThis.stufenweise,
    sessionState: Object.freeze({ begin, isOverdue, resume, screens, changePlan, nextIndex, find, add, remove })
  });
})();
