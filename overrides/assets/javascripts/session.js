/* The session view: a tutorial one step at a time, with its minutes, from the plan to the next step.
 *
 * Contract: dialog.session with [data-hours], the frames for stufenweise.hour by length; address #session opens it.
 *   [data-part] belongs to the screen of that name, [data-do] and [data-turn] are buttons, [data-words] names the parts;
 *   a[data-slug][data-minutes] are tutorials that can follow, unless [data-more] is hidden: their pages go on with this
 *   session.
 * Kept as "session": { works: [{ slug, title, minutes }], length, start, meeting, out: [step], at: SCREEN, paused,
 * spent: { SCREEN: milliseconds }, extra: { SCREEN: minutes } }, and as "mentor", whether the notes are shown.
 */
(() => {
  const MINUTE = 60_000;
  const MORE = 5;
  const USUAL = 60;
  const HASH = "#session";
  const HEADS = { why: "why", own: "talk", check: "checklist", next: "next" };
  const BESIDE = { why: ["learning-goals", "prepare", "local"], own: ["pitfalls"] };

  const { store, hour, tutorial } = globalThis.stufenweise;
  const { slug, sections, lend, giveBack } = tutorial;
  const all = (selector) => [...document.querySelectorAll(selector)];
  const [view] = all("dialog.session");
  const find = (selector) => view.querySelector(selector);
  const field = (name) => find(`[name=${name}]`);
  const say = (node, text = "", values = {}) => {
    const said = text.replace(/{(\w+)}/g, (_, name) => values[name]);
    if (node.textContent !== said) node.textContent = said;
    return node;
  };
  const make = (tag, ...inside) => {
    const node = document.createElement(tag);
    node.append(...inside);
    return node;
  };
  const box = (checked, text, data) => {
    const input = make("input");
    Object.assign(input, { type: "checkbox", checked, autocomplete: "off" });
    Object.assign(input.dataset, data);
    return make("label", input, text);
  };

  const words = find("[data-words]").dataset;
  const frames = JSON.parse(view.dataset.hours);
  const [start] = all(".session-start");
  const starter = start.firstChild;
  const [mentor] = all("details.mentor");
  const [trouble] = all("[data-trouble]");
  const title = find(".session__title");
  const fit = find(".session__fit");
  const skip = find(".session__skip");
  const timer = find("[role=timer]");
  const ends = find("[data-ends]");
  const forward = find("[data-turn=next]");
  const pausing = find("[data-do=pause]");
  const notes = find("[data-notes]");
  const ask = find(".session-ask");
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const meetings = tutorial.steps.at(-1).part;

  // The session

  const soon = () => Math.ceil(Date.now() / (5 * MINUTE)) * 5 * MINUTE;
  const fresh = () => ({
    works: [{ slug, title: tutorial.title }],
    length: USUAL,
    start: soon(),
    meeting: meetings > 1 ? 1 : 0,
    out: [],
    at: "",
    spent: {},
    extra: {},
  });
  let state;
  let hourPlan;
  let rows;
  let mine;
  let now;
  let planning;
  let since;

  /* Lays out the hour: `rows` are its screens, `mine` this tutorial's place in it, `now` where we are. */
  const lay = () => {
    const steps = tutorial.steps.filter(({ part }) => !state.meeting || part === state.meeting);
    const minutes = steps.map((step) => (state.out.includes(step.id) ? 0 : step.minutes));
    mine = state.works.findIndex((work) => work.slug === slug);
    state.works[mine].minutes = minutes.reduce((sum, one) => sum + one, 0);
    const works = state.works.map((work, index) => (index === mine ? minutes : [work.minutes]));
    hourPlan = hour.plan(state.length, frames[state.length], works);
    rows = hourPlan.rows.map((row) => {
      const step = row.work === mine ? steps[row.step] : undefined;
      const key = `${state.works[row.work].slug}/${row.part}${step ? `/${step.id}` : ""}`;
      const name = step?.title ?? words[row.part === "next" ? "agree" : row.part];
      return { ...row, step, key, name, minutes: row.minutes + (state.extra[key] ?? 0) };
    });
    now = rows.findIndex(({ key }) => key === state.at);
    // A step on another page is part of one row here.
    if (now < 0 && state.at) now = rows.findIndex(({ key }) => state.at.startsWith(key) || key.startsWith(state.at));
  };

  /* Counts the time up to this moment in, and stores all. */
  const keep = () => {
    if (!state.at) return;
    if (since) state.spent[state.at] = (state.spent[state.at] ?? 0) + Date.now() - since;
    since = view.open && !state.paused ? Date.now() : undefined;
    store.set("session", state);
  };

  const left = () => {
    const running = since ? Date.now() - since : 0;
    return rows[now].minutes - ((state.spent[rows[now].key] ?? 0) + running) / MINUTE;
  };

  /* When each row begins, and the end; what is over has no time any more. */
  const begins = () => {
    const rest = rows.map((row, index) => ({
      minutes: index < now ? 0 : index === now ? Math.max(0, left()) : row.minutes,
    }));
    const from = (now < 0 ? state.start : Date.now()) / MINUTE;
    return hour.times([...rest, { minutes: 0 }], from).map((at, index) => (index < now ? 0 : at * MINUTE));
  };
  const clock = (time) => (time ? new Date(time).toTimeString().slice(0, 5) : "✓");
  const buffer = (end) => state.length - Math.round((end - state.start) / MINUTE);

  // The plan

  const line = (kind, time, what, minutes, current) => {
    const row = make("tr", make("td", time), make("th", what), make("td", minutes));
    row.className = `session__${kind}`;
    row.cells[1].scope = "row";
    if (current) row.ariaCurrent = "step";
    return row;
  };

  const table = (times, { dataset, tBodies: [body] }) => {
    body.replaceChildren();
    rows.forEach((row, index) => {
      const { step, minutes } = row;
      const inside = rows.filter(({ work, phase }) => work === row.work && phase === row.phase);
      const alone = inside.length < 2;
      if (row.part === "why" && state.works[1]) body.append(line("work", "", state.works[row.work].title, ""));
      if (!alone && row === inside[0]) {
        body.append(line("group", clock(times[index]), words[row.phase], inside.reduce((sum, one) => sum + one.minutes, 0)));
      }
      const name = step ? box(minutes > 0, make("span", row.name), { step: step.id }) : row.name;
      body.append(line(alone ? "group" : "inner", minutes ? clock(times[index]) : "–", name, minutes || "–", index === now));
    });
    const end = times.at(-1);
    const rest = buffer(end);
    if (rest > 0) body.append(line("rest", clock(end), dataset.buffer, rest));
    body.append(line("rest", clock(end + Math.max(0, rest) * MINUTE), dataset.end, ""));
  };

  const drawPlan = () => {
    const { over, buffer: rest, spare } = hourPlan;
    fit.classList.toggle("session__over", over);
    say(fit, fit.dataset[over ? "over" : rest ? "fits" : "exact"], { n: over || rest });
    const parts = spare.map(({ part, minutes }) => `${words[part]} (−${minutes})`).join(", ");
    say(skip, skip.dataset[parts ? "skip" : "none"], { parts });
    for (const name of ["length", "meeting"]) field(name).value = state[name];
    field("start").value = clock(state.start);
    field("start").disabled = state.at;
    notes.checked = store.get("mentor");
    for (const follow of all("[data-follow]")) follow.checked = state.works.some((work) => work.slug === follow.dataset.follow);
    const { step } = document.activeElement.dataset;
    table(begins(), find("table.session__plan"));
    if (step) find(`[data-step="${step}"]`).focus();
  };

  const plan = ({ name, value, checked, dataset: { step, follow, title: called, minutes } }) => {
    if (name === "start") {
      if (value) state.start = new Date().setHours(...value.split(":"), 0, 0);
    } else if (name) state[name] = Number(value);
    if (step) state.out = checked ? state.out.filter((id) => id !== step) : [...state.out, step];
    if (follow) {
      state.works = state.works.filter((work) => work.slug !== follow);
      if (checked) state.works.push({ slug: follow, title: called, minutes: Number(minutes) });
    }
    lay();
    keep();
    drawPlan();
  };

  // The screens

  const onward = (index, way) => {
    do index += way;
    while (rows[index]?.minutes === 0);
    return index;
  };

  const drawTimer = () => {
    say(pausing, pausing.dataset[state?.paused ? "on" : "off"]);
    if (!view.open || planning) return;
    const rest = left();
    const bar = find(".session__left");
    bar.max = rows[now].minutes;
    bar.value = still.matches ? Math.ceil(rest) : rest;
    const which = rest > 0 ? "left" : rest > -1 ? "up" : "past";
    say(timer, timer.dataset[which], { n: Math.abs(Math.ceil(rest)) });
    timer.classList.toggle("session__over", rest <= 0);
    const end = begins().at(-1);
    const n = buffer(end);
    const texts = ends.dataset;
    say(ends, [texts.ends, n && texts[n > 0 ? "spare" : "late"]].filter(Boolean).join(" · "), { time: clock(end), n: Math.abs(n) });
  };

  const show = ({ part, step }) => {
    const own = step ?? sections[HEADS[part]];
    if (own) lend(own.nodes, find("[data-text]"));
    const beside = (BESIDE[part] ?? []).map((id) => sections[id]).filter(Boolean);
    for (const { heading, nodes } of beside) lend([heading, ...nodes], find("[data-text]"));
    const { heading, nodes } = sections.checklist;
    if (part === "next") lend([heading, ...nodes], find("[data-paper]"));
    return own?.title;
  };

  const draw = () => {
    giveBack();
    lay();
    const row = rows[now];
    planning ||= row?.work !== mine;
    const screen = planning ? "plan" : row.part;
    view.dataset.screen = screen;
    for (const part of view.querySelectorAll("[data-part]")) part.hidden = part.dataset.part !== screen;
    for (const part of view.querySelectorAll("[data-running]")) part.hidden = planning;
    const name = planning ? title.dataset.title : show(row) ?? row.name;
    say(title, name);
    say(find("[data-phase]"), planning || name === words[row.phase] ? "" : words[row.phase]);
    say(find("[data-term]"));
    const pages = rows.filter(({ work, minutes }) => work === mine && minutes);
    const count = find("[data-count]");
    const n = planning ? 0 : pages.indexOf(row) + 1;
    say(count, n ? count.dataset.count : "", { n, m: pages.length });
    Object.assign(find(".session__progress"), { max: pages.length, value: n });
    const after = rows[onward(now, 1)];
    const texts = forward.dataset;
    const on = after?.work === mine ? texts.next : `${texts.next}: ${state.works[after?.work]?.title}`;
    say(forward, planning ? texts[row ? "resume" : "begin"] : after ? on : texts.finish);
    if (mentor && store.get("mentor")) {
      mentor.open = false;
      lend([mentor], find("[data-aside]"));
    }
    if (planning) drawPlan();
    drawTimer();
    view.scrollTop = 0;
    title.focus();
  };

  const go = (index) => {
    const { key, work } = rows[index];
    keep();
    Object.assign(state, { at: key, paused: false });
    since = Date.now();
    planning = false;
    keep();
    // Another tutorial's page has the same address but for its name.
    const other = location.pathname.replace(new RegExp(`${slug}(?=(/|/index\\.html|\\.html)$)`), state.works[work].slug);
    if (work === mine) draw();
    else location.href = other + HASH;
  };

  const actions = {
    plan() {
      planning = true;
      draw();
    },
    leave: () => view.close(),
    back() {
      const before = onward(now, -1);
      if (planning || before < 0) actions.plan();
      else go(before);
    },
    next() {
      const to = planning ? Math.max(now, 0) : onward(now, 1);
      if (rows[to]) return go(to);
      state.at = "";
      store.remove("session");
      view.close();
    },
    pause() {
      keep();
      state.paused = !state.paused;
      since = undefined;
      keep();
      drawTimer();
    },
    five() {
      state.extra[state.at] = (state.extra[state.at] ?? 0) + MORE;
      lay();
      keep();
      drawTimer();
    },
  };

  // Coming and going

  const name = () => say(starter, starter.dataset[store.get("session")?.at?.startsWith(`${slug}/`) ? "resume" : "begin"]);

  const open = () => {
    const kept = store.get("session");
    state = kept?.works?.some((work) => work.slug === slug) ? kept : fresh();
    // What should long have ended is gone on with from its plan.
    planning = Date.now() > state.start + 2 * state.length * MINUTE;
    if (planning) state.start = soon();
    view.showModal();
    find(".session__foot").before(trouble);
    keep();
    draw();
  };

  const heed = () => {
    if (location.hash !== HASH) view.close();
    else if (!view.open) open();
  };

  view.addEventListener("close", () => {
    keep();
    since = undefined;
    giveBack();
    view.before(trouble);
    if (location.hash === HASH) history.replaceState(null, "", location.href.split("#")[0]);
    name();
    starter.focus();
  });
  view.addEventListener("click", (event) => {
    const { dataset } = event.target;
    actions[dataset.turn ?? dataset.do]?.();
    if (!event.target.hash?.startsWith("#term-")) return;
    event.preventDefault();
    const word = document.querySelector(event.target.hash);
    say(find("[data-term]"), `${word.textContent}: ${word.nextElementSibling.textContent}`);
  });
  view.addEventListener("change", ({ target }) => {
    if (target !== notes) return target.closest("[data-part=plan]") && plan(target);
    if (notes.checked) return ask.showModal();
    store.remove("mentor");
    draw();
  });
  ask.addEventListener("click", ({ target }) => target.type && ask.close(target.value));
  ask.addEventListener("close", () => {
    if (ask.returnValue) store.set("mentor", true);
    ask.returnValue = "";
    draw();
    notes.focus();
  });
  starter.addEventListener("click", () => (location.hash = HASH));
  addEventListener("hashchange", heed);
  addEventListener("pagehide", () => {
    if (view.open) keep();
    since = undefined;
  });
  addEventListener("pageshow", () => view.open && keep());
  setInterval(drawTimer, 1000);

  for (const length of Object.keys(frames)) field("length").append(say(new Option("", length), field("length").dataset.min, { n: length }));
  find("[data-meetings]").hidden = meetings < 2;
  const more = find("[data-more]");
  for (const { dataset, textContent } of more.hidden ? [] : all("a[data-slug]")) {
    const text = say(make("span"), more.dataset.more, { title: textContent, n: dataset.minutes });
    more.append(box(false, text, { follow: dataset.slug, title: textContent, minutes: dataset.minutes }));
  }
  say(find("[data-tutorial]"), tutorial.title);
  all("dl.facts")[0].after(start);
  start.hidden = false;
  name();
  if (location.hash === HASH) open();
})();
