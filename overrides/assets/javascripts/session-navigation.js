/* The session view: a tutorial one step at a time, with its minutes, from the plan to the agreement. Opens and closes
 * it, changes its screens, stores where it is.
 *
 * Reads: dialog.session, opened at its plan by the address #session, at a step by #session/PART/STEP; button[data-do]
 *   and button[data-turn] in it; [data-notes], the box that shows the mentor's notes, which .session-ask confirms; the
 *   button of .session-start, which gets the focus back; [data-trouble], moved into the dialog while that is open;
 *   [data-first] and [data-again], the introductions to a first meeting and to later ones.
 * Stores "session": a list of states of session-state.js, the newest first; the following tutorials of a session use
 *   the same state on their own pages. Stores "mentor": true while the notes are shown; a new session begins without
 *   them.
 */
(() => {
  /* In milliseconds. */
  const MINUTE = 60_000;
  /* Minutes that the button "five more minutes" adds. */
  const MORE = 5;
  /* If the timer has not run for this long, the device was asleep, for example a closed laptop. */
  const ASLEEP = 5 * MINUTE;
  const HASH = "#session";

  const { dom, store, keptProgramme, sessionState, sessionClock, sessionEnd, sessionPlan, sessionView, shareLink } =
    stufenweise;
  const { all } = dom;
  const { onward } = sessionState;
  const { slug, steps } = stufenweise.tutorial;
  const meetingPart = () => (steps.at(-1).part > 1 ? keptProgramme.part(slug) : 0);
  const tutorial = { ...stufenweise.tutorial, meeting: meetingPart() };
  const [view] = all("dialog.session");
  const find = dom.finder(view);
  const words = find("[data-words]").dataset;
  const [starter] = all(".session-start button");
  const [trouble] = all("[data-trouble]");
  const notes = find("[data-notes]");
  const ask = find(".session-ask");
  const session = { planning: undefined, since: undefined };
  let awake = Date.now();

  const layOut = () => {
    const { state } = session;
    Object.assign(session, sessionState.layOut(state, tutorial, sessionPlan.frames[state.length], words));
  };

  /* Adds the time up to now, and stores the session. */
  const keep = () => {
    const { state } = session;
    if (!state?.at) return;
    sessionClock.count(session, Date.now(), view.open && !state.paused && !state.fresh);
    store.set("session", sessionState.put(store.list("session"), state));
  };

  const forget = () => {
    const left = sessionState.drop(store.list("session"), session.state);
    if (left.length) store.set("session", left);
    else store.remove("session");
  };

  const drawTimer = () => sessionView.drawTimer(session, Date.now());
  const drawNotes = () => (notes.checked = store.get("mentor"));

  const isOurs = (hash) => hash === HASH || hash.startsWith(`${HASH}/`);
  const address = (row) => [HASH, ...row.key.split("/").slice(1)].join("/");
  const here = () => (session.planning ? HASH : address(session.rows[session.index]));
  /* Adds the screen to the history, so the browser's "back" goes back one screen. */
  const visit = () => location.hash === here() || history.pushState(null, "", here());

  const draw = () => {
    layOut();
    const { rows, index, mine } = session;
    session.planning ||= rows[index]?.work !== mine;
    for (const row of rows) row.address = row.work === mine ? address(row) : "";
    drawNotes();
    sessionView.draw(session, Date.now(), store.get("mentor"));
    sessionEnd.draw();
  };

  const change = (field) => {
    sessionState.change(session.state, field, Date.now(), tutorial, sessionPlan.frames);
    layOut();
    keep();
    drawNotes();
    sessionPlan.draw(session, Date.now());
  };

  const move = (index) => {
    keep();
    Object.assign(session.state, { at: session.rows[index].key, paused: false, fresh: false });
    session.since = Date.now();
    session.planning = false;
    keep();
  };

  const go = (index) => {
    const { work } = session.rows[index];
    move(index);
    // The address of another tutorial differs only in its slug.
    const name = new RegExp(`${slug}(?=(/|/index\\.html|\\.html)$)`);
    if (work === session.mine) {
      draw();
      visit();
    } else location.href = location.pathname.replace(name, session.state.works[work].slug) + HASH;
  };

  /* Marks the session as held in the programme, however the last screen is left afterwards. */
  const noteHeld = () => {
    const { state } = session;
    if (!state.held) keptProgramme.finish(state.works.map(({ slug: one, part }) => (part ? `${one}/${part}` : one)));
    state.held = true;
  };

  const finish = () => {
    noteHeld();
    const home = sessionEnd.keep();
    forget();
    session.state.at = "";
    store.remove("mentor");
    store.persist();
    return home;
  };

  const isAtEnd = () => session.state.held && !session.planning && session.rows[session.index]?.part === "next";

  /* Resumes a session on another day, starting with its plan. */
  const renew = () => {
    sessionState.renew(session.state, Date.now());
    session.since = undefined;
    session.planning = true;
    store.remove("mentor");
  };

  const actions = {
    plan() {
      session.planning = true;
      draw();
      visit();
    },
    leave: () => view.close(),
    back() {
      const before = onward(session.rows, session.index, -1);
      if (session.planning || before < 0) actions.plan();
      else go(before);
    },
    next() {
      const { rows, index, planning } = session;
      const to = planning ? Math.max(index, 0) : onward(rows, index, 1);
      if (rows[to]) {
        if (rows[to].part === "next" && !planning) noteHeld();
        return go(to);
      }
      // Not left to the "close" event: on a busy machine, the page is gone before it.
      const home = finish();
      view.close();
      // Opened from a folder, some browsers store data per page: the pair's page could not show it.
      if (home && location.protocol !== "file:") location.href = home;
    },
    again() {
      forget();
      Object.assign(session, { state: sessionState.begin(tutorial, Date.now()), since: undefined });
      store.remove("mentor");
      actions.plan();
    },
    pause() {
      const { state } = session;
      keep();
      if (state.paused && sessionState.isOver(state, Date.now())) {
        renew();
        return actions.plan();
      }
      state.paused = !state.paused;
      session.since = undefined;
      keep();
      drawTimer();
    },
    addFiveMinutes() {
      const { extra, at } = session.state;
      extra[at] = (extra[at] ?? 0) + MORE;
      layOut();
      keep();
      drawTimer();
    },
    share: ({ dataset }) => shareLink(dataset, location.href)
  };

  /* The index of the row with this address; -1 if the session has none. */
  const rowOf = (hash) => session.rows.findIndex((row) => row.work === session.mine && address(row) === hash);

  const turnTo = (index) => {
    keep();
    session.planning = index < 0;
    if (index >= 0 && session.rows[index].key !== session.state.at) move(index);
    draw();
  };

  const open = () => {
    const now = Date.now();
    tutorial.meeting = meetingPart();
    const kept = sessionState.pick(store.list("session"), slug, location.hash !== HASH);
    session.state = kept && sessionPlan.frames[kept.length] ? kept : sessionState.begin(tutorial, now);
    const { state } = session;
    // A session that should have ended long ago is resumed from its plan.
    session.planning = state.fresh || sessionState.isOver(state, now);
    if (session.planning) renew();
    // Hide the mentor's notes: someone else may be looking now.
    if (!state.at) store.remove("mentor");
    layOut();
    const asked = session.rows[rowOf(location.hash)]?.key;
    session.planning &&= !asked || asked === state.at;
    if (asked && !session.planning) Object.assign(state, { at: asked, fresh: false });
    const first = !Object.keys(store.get("next-steps") ?? {}).length && !keptProgramme.line().some(({ done }) => done);
    find("[data-first]").hidden = !first;
    find("[data-again]").hidden = first;
    find(".session__foot").prepend(trouble);
    draw();
    view.showModal();
    keep();
    drawTimer();
    sessionView.focus();
    history.replaceState(null, "", here());
  };

  const follow = () => {
    if (!isOurs(location.hash)) view.close();
    else if (!view.open) open();
    else if (location.hash !== here()) turnTo(rowOf(location.hash));
  };

  view.addEventListener("close", ({ target }) => {
    if (target !== view) return;
    keep();
    session.since = undefined;
    if (isAtEnd()) finish();
    tutorial.giveBack();
    view.before(trouble);
    if (isOurs(location.hash)) history.replaceState(null, "", location.href.split("#")[0]);
    starter.focus();
  });
  view.addEventListener("click", ({ target }) => actions[target.dataset.turn ?? target.dataset.do]?.(target));
  const askNotes = async () => {
    const shown = notes.checked && (await dom.ask(ask));
    if (shown) store.set("mentor", true);
    else store.remove("mentor");
    draw();
    notes.focus();
  };
  view.addEventListener("change", ({ target }) => {
    if (target !== notes) return target.closest("[data-part=plan]") && change(target);
    return askNotes();
  });
  addEventListener("hashchange", follow);
  addEventListener("pagehide", () => {
    if (view.open) keep();
    session.since = undefined;
  });
  addEventListener("pageshow", () => view.open && keep());
  setInterval(() => {
    const slept = Date.now() - awake > ASLEEP;
    awake = Date.now();
    if (slept && view.open && session.state.at && sessionState.isOver(session.state, awake)) {
      renew();
      actions.plan();
    }
    drawTimer();
  }, 1000);

  sessionPlan.offer(steps.at(-1).part, tutorial.meeting);
  if (isOurs(location.hash)) open();
})();
