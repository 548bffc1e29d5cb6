/* Draws a session: one screen at a time, made of the tutorial's own texts, and its minutes.
 *
 * Reads: dialog.session; [data-part], shown on the screen of that name, and [data-running], shown on all but the plan;
 *   [data-words], the names of the parts; .session__title with data-title, [data-count] with data-count,
 *   button[data-turn=next] with data-next, -begin, -resume, -finish; [data-do=pause] with data-on, -off; [role=timer]
 *   with data-left, -up, -past; [data-ends] with data-ends, -spare, -late.
 * Writes: data-screen of the dialog; [data-tutorial], [data-phase]; the tutorial's texts into [data-text], its
 *   checklist into [data-paper], the mentor's notes into [data-aside], a link to each screen into [data-rail], the
 *   steps into ul[data-done], and what to prepare into [data-before] until the session begins.
 * Contract: stufenweise.sessionView; a session is as in session-plan.js, with { planning }, whether the plan is shown,
 *   and an address in each row
 *   draw(session, now, notes)    draws the screen; notes: whether the mentor's notes are shown
 *   focus()                      focuses the title once the dialog is on the screen; earlier, no screen reader reads it
 *   drawTimer(session, now)      draws only the minutes
 */
(() => {
  /* By part: the section shown on its screen, and sections shown after it. */
  const HEADS = { why: "why", own: "talk", check: "checklist", next: "next" };
  const BESIDE = { why: ["learning-goals", "local"], doing: ["material"], own: ["pitfalls"] };

  const { dom, tutorial, sessionState, sessionClock, sessionPlan } = stufenweise;
  /* Milliseconds after which an opened dialog is on the screen. */
  const SHOWN = 100;
  const { all, make, write } = dom;
  const { sections, move, moveBack } = tutorial;
  const { begins, buffer, clock, left } = sessionClock;
  const view = document.querySelector("dialog.session");
  const find = dom.finder(view);
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

  const link = ({ name, mark, address }) => {
    const item = make("li");
    item.dataset.mark = mark;
    const node = make(address && mark !== "out" ? "a" : "span", name);
    if (address) node.href = address;
    if (mark === "now") node.ariaCurrent = "step";
    const said = words[`mark${mark}`];
    if (said) node.append(Object.assign(make("small"), { textContent: ` (${said})` }));
    item.append(node);
    return item;
  };

  /* The screens of this page, and one row with the title for each other tutorial. */
  const named = ({ state, rows, own }) =>
    rows
      .filter(({ work, part }) => work === own || part === "doing")
      .map((row) => (row.work === own ? row : { ...row, name: state.works[row.work].title }));

  /* Moves the row's texts onto the screen and returns their title. */
  const show = (session, { part, step }) => {
    const own = step ?? sections[HEADS[part]];
    if (own) move(own.nodes, find("div[data-text]"));
    const beside = (BESIDE[part] ?? []).map((id) => sections[id]).filter(Boolean);
    for (const { heading, nodes } of beside) move([heading, ...nodes], find("div[data-text]"));
    const { heading, nodes } = sections.checklist;
    if (part === "next") {
      move([heading, ...nodes], find("[data-paper]"));
      find("[data-done]").replaceChildren(
        ...named(session)
          .filter((row) => row.part === "doing")
          .map(link)
      );
    }
    return own?.title;
  };

  const drawCount = ({ rows, own, planning }, row) => {
    const pages = rows.filter(({ work, minutes }) => work === own && minutes);
    const count = find("[data-count]");
    const n = planning ? 0 : pages.indexOf(row) + 1;
    write(count, n ? count.dataset.count : "", { n, m: pages.length });
    Object.assign(find(".session__progress"), { max: pages.length, value: n });
  };

  const drawForward = ({ state, rows, index, own, planning }, row) => {
    const after = rows[sessionState.nextIndex(rows, index, 1)];
    const texts = forward.dataset;
    const on = after?.work === own ? texts.next : `${texts.next}: ${state.works[after?.work]?.title}`;
    write(forward, planning ? texts[row ? "resume" : "begin"] : after ? on : texts.finish);
  };

  const draw = (session, now, notes) => {
    const { rows, index, planning } = session;
    const row = rows[index];
    moveBack();
    const screen = planning ? "plan" : row.part;
    view.dataset.screen = screen;
    for (const part of all("[data-part]", view)) part.hidden = part.dataset.part !== screen;
    for (const part of all("[data-running]", view)) part.hidden = planning;
    const name = planning ? title.dataset.title : (show(session, row) ?? row.name);
    write(title, name);
    write(find("[data-phase]"), planning || name === words[row.phase] ? "" : words[row.phase]);
    drawCount(session, row);
    drawForward(session, row);
    if (mentor && notes) {
      mentor.open = false;
      if (!planning) move(row.step?.notes ?? [], find("[data-aside]"));
      move([mentor], find("[data-aside]"));
    }
    if (planning) {
      sessionPlan.draw(session, now);
      const { heading, nodes } = sections.prepare ?? {};
      if (heading && !row) move([heading, ...nodes], find("[data-before]"));
      find("[data-do=again]").hidden = !row;
    } else find("[data-rail]").replaceChildren(...named(session).map(link));
    drawTimer(session, now);
    find("[data-rail] [aria-current]")?.scrollIntoView({ block: "nearest" });
    view.scrollTop = 0;
    title.focus();
  };

  const focus = () => setTimeout(() => title.focus(), SHOWN);

  // Otherwise the dialog would focus its first button, and screen readers would read that.
  title.autofocus = true;
  write(find("[data-tutorial]"), tutorial.title);
  globalThis.stufenweise = Object.freeze({
    ...globalThis.stufenweise,
    sessionView: Object.freeze({ draw, drawTimer, focus })
  });
})();
