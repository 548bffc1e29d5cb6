/* Draws a session: one screen at a time, from the tutorial's own texts, and its minutes.
 *
 * Reads: dialog.session; [data-part] belongs to the screen of that name, [data-running] to all but the plan; [data-words]
 *   names the parts; .session__title with data-title, [data-count] with data-count, button[data-turn=next] with data-next,
 *   -begin, -resume, -finish; [data-do=pause] with data-on, -off; [role=timer] with data-left, -up, -past; [data-ends]
 *   with data-ends, -spare, -late.
 * Writes: data-screen of the dialog; [data-tutorial], [data-phase]; the tutorial's texts into [data-text], its
 *   checklist into [data-paper], the mentor's notes into [data-aside].
 * Contract: stufenweise.sessionView; a session is what session-plan.js says, with { mine, planning }
 *   draw(session, now, notes)    draws the screen; notes: whether the mentor's are shown
 *   drawTimer(session, now)      draws the minutes alone
 */
(() => {
  const HEADS = { why: "why", own: "talk", check: "checklist", next: "next" };
  const BESIDE = { why: ["learning-goals", "prepare", "local"], doing: ["material"], own: ["pitfalls"] };

  const { dom, tutorial, sessionState, sessionClock, sessionPlan } = globalThis.stufenweise;
  const { all, write } = dom;
  const { sections, lend, giveBack } = tutorial;
  const { begins, buffer, clock, left } = sessionClock;
  const view = document.querySelector("dialog.session");
  const find = (selector) => view.querySelector(selector);
  const words = find("[data-words]").dataset;
  const [mentor] = all("details.mentor");
  const title = find(".session__title");
  const timer = find("[role=timer]");
  const bar = find(".session__left");
  const ends = find("[data-ends]");
  const forward = find("[data-turn=next]");
  const pausing = find("[data-do=pause]");
  const still = matchMedia("(prefers-reduced-motion: reduce)");

  const drawTimer = (session, now) => {
    const { state, rows, index, planning } = session;
    if (!view.open || planning) return;
    write(pausing, pausing.dataset[state.paused ? "on" : "off"]);
    const rest = left(session, now);
    bar.max = rows[index].minutes;
    bar.value = still.matches ? Math.ceil(rest) : rest;
    const which = rest > 0 ? "left" : rest > -1 ? "up" : "past";
    write(timer, timer.dataset[which], { n: Math.abs(Math.ceil(rest)) });
    timer.classList.toggle("session__over", rest <= 0);
    const end = begins(session, now).at(-1);
    const n = buffer(state, end);
    const texts = [ends.dataset.ends, n && ends.dataset[n > 0 ? "spare" : "late"]];
    write(ends, texts.filter(Boolean).join(" · "), { time: clock(end), n: Math.abs(n) });
  };

  /* Lends the row's texts to the screen and returns their heading. */
  const show = ({ part, step }) => {
    const own = step ?? sections[HEADS[part]];
    if (own) lend(own.nodes, find("[data-text]"));
    const beside = (BESIDE[part] ?? []).map((id) => sections[id]).filter(Boolean);
    for (const { heading, nodes } of beside) lend([heading, ...nodes], find("[data-text]"));
    const { heading, nodes } = sections.checklist;
    if (part === "next") lend([heading, ...nodes], find("[data-paper]"));
    return own?.title;
  };

  const drawCount = ({ rows, mine, planning }, row) => {
    const pages = rows.filter(({ work, minutes }) => work === mine && minutes);
    const count = find("[data-count]");
    const n = planning ? 0 : pages.indexOf(row) + 1;
    write(count, n ? count.dataset.count : "", { n, m: pages.length });
    Object.assign(find(".session__progress"), { max: pages.length, value: n });
  };

  const drawForward = ({ state, rows, index, mine, planning }, row) => {
    const after = rows[sessionState.onward(rows, index, 1)];
    const texts = forward.dataset;
    const on = after?.work === mine ? texts.next : `${texts.next}: ${state.works[after?.work]?.title}`;
    write(forward, planning ? texts[row ? "resume" : "begin"] : after ? on : texts.finish);
  };

  const draw = (session, now, notes) => {
    const { rows, index, planning } = session;
    const row = rows[index];
    giveBack();
    const screen = planning ? "plan" : row.part;
    view.dataset.screen = screen;
    for (const part of all("[data-part]", view)) part.hidden = part.dataset.part !== screen;
    for (const part of all("[data-running]", view)) part.hidden = planning;
    const name = planning ? title.dataset.title : show(row) ?? row.name;
    write(title, name);
    write(find("[data-phase]"), planning || name === words[row.phase] ? "" : words[row.phase]);
    drawCount(session, row);
    drawForward(session, row);
    if (mentor && notes) {
      mentor.open = false;
      if (!planning) lend(row.step?.told ?? [], find("[data-aside]"));
      lend([mentor], find("[data-aside]"));
    }
    if (planning) sessionPlan.draw(session, now);
    drawTimer(session, now);
    view.scrollTop = 0;
    title.focus();
  };

  write(find("[data-tutorial]"), tutorial.title);
  const sessionView = Object.freeze({ draw, drawTimer });
  globalThis.stufenweise = Object.freeze({ ...globalThis.stufenweise, sessionView });
})();
