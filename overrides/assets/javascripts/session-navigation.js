/* The session view: a tutorial one step at a time, with its minutes, from the plan to the agreement. Opens and closes
 * it, and leads from screen to screen.
 *
 * Reads: dialog.session, opened at its plan by the address #session, at a step by #session/PART/STEP; button[data-do]
 *   and button[data-turn] in it; [data-notes], the box that shows the mentor's notes, which .session-ask confirms; the
 *   button of .session-start, which gets the focus back; [data-trouble], moved into the dialog while that is open;
 *   [data-first] and [data-again], the introductions to a first meeting and to later ones.
 */
(() => {
  /* Minutes that the button "five more minutes" adds. */
  const MORE = 5;
  /* In milliseconds: if the timer has not run for this long, the device was asleep, for example a closed laptop. */
  const ASLEEP = 300_000;
  const HASH = "#session";

  const { dom, store, keptProgramme, sessionCurrent, sessionEnd, sessionPlan, sessionState, sessionView, shareLink } =
    stufenweise;
  const { all } = dom;
  const { begin, finish, goTo, hold, isOverdue, resume, save, session, tutorial, update } = sessionCurrent;
  const { changePlan, nextIndex } = sessionState;
  const { slug } = tutorial;
  const [view] = all("dialog.session");
  const find = dom.finder(view);
  const [starter] = all(".session-start button");
  const [trouble] = all("[data-trouble]");
  const notes = find("[data-notes]");
  const question = find(".session-ask");
  let awake = Date.now();

  // Addresses

  const isSession = (hash) => hash === HASH || hash.startsWith(`${HASH}/`);
  const addressOf = (row) => [HASH, ...row.key.split("/").slice(1)].join("/");
  const address = () => (session.planning ? HASH : addressOf(session.rows[session.index]));
  /* Adds the screen to the history, so the browser's "back" goes back one screen. */
  const addToHistory = () => location.hash === address() || history.pushState(null, "", address());
  /* The index of the row with this address; -1 if the session has none. */
  const indexOf = (hash) => session.rows.findIndex((row) => row.work === session.own && addressOf(row) === hash);

  // Drawing

  const drawTimer = () => sessionView.drawTimer(session, Date.now());
  const drawNotes = () => (notes.checked = store.get("mentor"));

  const draw = () => {
    update();
    const { rows, index, own } = session;
    session.planning ||= rows[index]?.work !== own;
    for (const row of rows) row.address = row.work === own ? addressOf(row) : "";
    drawNotes();
    sessionView.draw(session, Date.now(), store.get("mentor"));
    sessionEnd.draw();
  };

  // Screens

  const showPlan = () => {
    session.planning = true;
    draw();
    addToHistory();
  };

  const show = (index) => {
    const { work } = session.rows[index];
    goTo(index);
    // The address of another tutorial differs only in its slug.
    const name = new RegExp(`${slug}(?=(/|/index\\.html|\\.html)$)`);
    if (work === session.own) {
      draw();
      addToHistory();
    } else location.href = location.pathname.replace(name, session.state.works[work].slug) + HASH;
  };

  const actions = {
    plan: showPlan,
    leave: () => view.close(),
    back() {
      const before = nextIndex(session.rows, session.index, -1);
      if (session.planning || before < 0) showPlan();
      else show(before);
    },
    next() {
      const { rows, index, planning } = session;
      const next = planning ? Math.max(index, 0) : nextIndex(rows, index, 1);
      if (rows[next]) {
        if (rows[next].part === "next" && !planning) hold();
        return show(next);
      }
      // Not left to the "close" event: on a busy machine, the page is gone before it.
      const home = finish();
      view.close();
      // Opened from a folder, some browsers store data per page: the pair's page could not show it.
      if (home && location.protocol !== "file:") location.href = home;
    },
    again() {
      begin();
      showPlan();
    },
    pause() {
      const { state } = session;
      save();
      if (state.paused && isOverdue()) {
        resume();
        return showPlan();
      }
      state.paused = !state.paused;
      session.since = undefined;
      save();
      drawTimer();
    },
    addFiveMinutes() {
      const { extra, at } = session.state;
      extra[at] = (extra[at] ?? 0) + MORE;
      update();
      save();
      drawTimer();
    },
    share: ({ dataset }) => shareLink(dataset, location.href)
  };

  const changeField = (field) => {
    changePlan(session.state, field, Date.now(), tutorial, sessionPlan.frames);
    update();
    save();
    drawNotes();
    sessionPlan.draw(session, Date.now());
  };

  const askForNotes = async () => {
    const shown = notes.checked && (await dom.ask(question));
    if (shown) store.set("mentor", true);
    else store.remove("mentor");
    draw();
    notes.focus();
  };

  // Opening and closing

  const open = () => {
    sessionCurrent.open(location.hash !== HASH);
    const { state, rows } = session;
    const asked = rows[indexOf(location.hash)]?.key;
    session.planning &&= !asked || asked === state.at;
    if (asked && !session.planning) Object.assign(state, { at: asked, fresh: false });
    const first = !Object.keys(store.get("next-steps") ?? {}).length && !keptProgramme.line().some(({ done }) => done);
    find("[data-first]").hidden = !first;
    find("[data-again]").hidden = first;
    find(".session__foot").prepend(trouble);
    draw();
    view.showModal();
    session.runs = true;
    save();
    drawTimer();
    sessionView.focus();
    history.replaceState(null, "", address());
  };

  const turnTo = (index) => {
    save();
    session.planning = index < 0;
    if (index >= 0 && session.rows[index].key !== session.state.at) goTo(index);
    draw();
  };

  const followAddress = () => {
    if (!isSession(location.hash)) view.close();
    else if (!view.open) open();
    else if (location.hash !== address()) turnTo(indexOf(location.hash));
  };

  const isAtEnd = () => {
    const { state, planning, rows, index } = session;
    return state.at && state.held && !planning && rows[index]?.part === "next";
  };

  view.addEventListener("close", ({ target }) => {
    if (target !== view) return;
    session.runs = false;
    save();
    session.since = undefined;
    if (isAtEnd()) finish();
    tutorial.moveBack();
    view.before(trouble);
    if (isSession(location.hash)) history.replaceState(null, "", location.href.split("#")[0]);
    starter.focus();
  });
  view.addEventListener("click", ({ target }) => actions[target.dataset.turn ?? target.dataset.do]?.(target));
  view.addEventListener("change", ({ target }) => {
    if (target === notes) askForNotes();
    else if (target.closest("[data-part=plan]")) changeField(target);
  });
  addEventListener("hashchange", followAddress);
  addEventListener("pagehide", () => {
    if (view.open) save();
    session.since = undefined;
  });
  addEventListener("pageshow", () => view.open && save());
  setInterval(() => {
    const slept = Date.now() - awake > ASLEEP;
    awake = Date.now();
    if (slept && view.open && session.state.at && isOverdue()) {
      resume();
      showPlan();
    }
    drawTimer();
  }, 1000);

  sessionPlan.offer(tutorial.steps.at(-1).part, tutorial.meeting);
  if (isSession(location.hash)) open();
})();
