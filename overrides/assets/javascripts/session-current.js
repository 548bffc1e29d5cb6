/* The session of this page: begins or resumes it, computes its screens, counts its time, stores it. No drawing.
 *
 * Stores "session": a list of states of session-state.js, the newest first; the following tutorials of a session use
 *   the same state on their own pages. Stores "mentor": true while the mentor's notes are shown; a session that begins
 *   or is resumed has them hidden, because someone else may be looking.
 * Contract: stufenweise.sessionCurrent
 *   session           { state, rows, own, index } of session-state.js, with { since } of session-clock.js; planning: whether
 *                     its plan is shown; runs: whether its view is open, so that time counts
 *   tutorial          the tutorial of tutorial.js with { meeting }, the part to be held, or 0
 *   open(inside)      begins a session, or resumes the stored one; inside: also one that began with another tutorial
 *   begin()           begins another session and forgets this one
 *   resume()          continues a session on another day, from its plan
 *   isOverdue()       whether it should have ended long ago
 *   update()          computes its screens again, after a change of its state
 *   save()            adds the time up to now, and stores the session
 *   goTo(index)       makes this screen the current one
 *   hold()            marks the session as held in the programme, however its last screen is left afterwards
 *   finish()          ends it; returns the address of the pair's page, if this page has a link to it
 */
(() => {
  const { store, keptProgramme, sessionClock, sessionEnd, sessionPlan, sessionState, tutorial: page } = stufenweise;
  const meeting = () => (page.steps.at(-1).part > 1 ? keptProgramme.part(page.slug) : 0);
  const tutorial = { ...page, meeting: meeting() };
  const session = {};

  const hideNotes = () => store.remove("mentor");

  const update = () => {
    const { state } = session;
    Object.assign(session, sessionState.screens(state, tutorial, sessionPlan.frames[state.length], sessionPlan.words));
  };

  const save = () => {
    const { state, runs } = session;
    if (!state?.at) return;
    sessionClock.count(session, Date.now(), runs && !state.paused && !state.fresh);
    store.set("session", sessionState.add(store.list("session"), state));
  };

  const forget = () => {
    const others = sessionState.remove(store.list("session"), session.state);
    if (others.length) store.set("session", others);
    else store.remove("session");
  };

  const resume = () => {
    sessionState.resume(session.state, Date.now());
    Object.assign(session, { since: undefined, planning: true });
    hideNotes();
  };

  const isOverdue = () => sessionState.isOverdue(session.state, Date.now());

  const open = (inside) => {
    tutorial.meeting = meeting();
    const kept = sessionState.find(store.list("session"), page.slug, inside);
    session.state = kept && sessionPlan.frames[kept.length] ? kept : sessionState.begin(tutorial, Date.now());
    session.planning = session.state.fresh || isOverdue();
    if (session.planning) resume();
    if (!session.state.at) hideNotes();
    update();
  };

  const begin = () => {
    forget();
    Object.assign(session, { state: sessionState.begin(tutorial, Date.now()), since: undefined });
    hideNotes();
  };

  const goTo = (index) => {
    save();
    Object.assign(session.state, { at: session.rows[index].key, paused: false, fresh: false });
    Object.assign(session, { since: Date.now(), planning: false });
    save();
  };

  const hold = () => {
    const { state } = session;
    if (!state.held) keptProgramme.finish(state.works.map(({ slug, part }) => (part ? `${slug}/${part}` : slug)));
    state.held = true;
  };

  const finish = () => {
    hold();
    const address = sessionEnd.keep();
    forget();
    session.state.at = "";
    hideNotes();
    store.persist();
    return address;
  };

  globalThis.stufenweise = Object.freeze({
    ...globalThis.stufenweise,
    sessionCurrent: Object.freeze({
      session,
      tutorial,
      open,
      begin,
      resume,
      isOverdue,
      update,
      save,
      goTo,
      hold,
      finish
    })
  });
})();
