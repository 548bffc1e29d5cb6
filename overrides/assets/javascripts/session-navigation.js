/* The session view: a tutorial one step at a time, with its minutes, from the plan to the next step. Opens and closes it,
 * turns its screens, keeps where it is.
 *
 * Reads: dialog.session, which the address #session opens at its plan, #session/PART/STEP at a step; button[data-do] and button[data-turn] in it; [data-notes],
 *   whether the mentor's notes are shown, which .session-ask confirms; .session-start with its button's data-begin and
 *   data-resume, which moves to .form-here; [data-trouble], which is shown in the dialog while that is open.
 * Kept as "session": the state of session-state.js; tutorials that follow go on with it on their own pages. Kept as
 * "mentor": whether the notes are shown in this session; each begins without them.
 *   .session-share with [data-code-place], [data-code-link], data-code-name shows a step's address.
 */
(() => {
  const MINUTE = 60_000;
  const MORE = 5;
  const HASH = "#session";

  const { dom, store, keptProgramme, showCode, tutorial, sessionState, sessionClock, sessionPlan, sessionView } = globalThis.stufenweise;
  const { all, write } = dom;
  const { slug } = tutorial;
  const { onward } = sessionState;
  const [view] = all("dialog.session");
  const find = (selector) => view.querySelector(selector);
  const words = find("[data-words]").dataset;
  const [start] = all(".session-start");
  const starter = start.firstChild;
  const [trouble] = all("[data-trouble]");
  const notes = find("[data-notes]");
  const ask = find(".session-ask");
  const share = find(".session-share");
  const session = { planning: undefined, since: undefined };

  const lay = () => {
    const { state } = session;
    Object.assign(session, sessionState.layOut(state, tutorial, sessionPlan.frames[state.length], words));
  };

  /* Counts the time up to this moment in, and stores all. */
  const keep = () => {
    const { state } = session;
    if (!state?.at) return;
    sessionClock.count(session, Date.now(), view.open && !state.paused);
    store.set("session", state);
  };

  const drawTimer = () => sessionView.drawTimer(session, Date.now());
  const drawNotes = () => (notes.checked = store.get("mentor"));

  const isOurs = (hash) => hash === HASH || hash.startsWith(`${HASH}/`);
  const address = (row) => [HASH, ...row.key.split("/").slice(1)].join("/");
  const here = () => (session.planning ? HASH : address(session.rows[session.index]));
  /* The browser's own "back" then goes back a step. */
  const visit = () => location.hash === here() || history.pushState(null, "", here());

  const draw = () => {
    lay();
    const { rows, index, mine } = session;
    session.planning ||= rows[index]?.work !== mine;
    drawNotes();
    sessionView.draw(session, Date.now(), store.get("mentor"));
  };

  const change = (field) => {
    sessionState.change(session.state, field, Date.now(), tutorial, sessionPlan.frames);
    lay();
    keep();
    drawNotes();
    sessionPlan.draw(session, Date.now());
  };

  const go = (index) => {
    const { key, work } = session.rows[index];
    keep();
    Object.assign(session.state, { at: key, paused: false });
    session.since = Date.now();
    session.planning = false;
    keep();
    // Another tutorial's page has the same address but for its name.
    const name = new RegExp(`${slug}(?=(/|/index\\.html|\\.html)$)`);
    if (work === session.mine) {
      draw();
      visit();
    } else location.href = location.pathname.replace(name, session.state.works[work].slug) + HASH;
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
      if (rows[to]) return go(to);
      keptProgramme.finish(session.state.works.map((work) => work.slug));
      session.state.at = "";
      store.remove("session");
      store.remove("mentor");
      store.persist();
      view.close();
    },
    pause() {
      keep();
      session.state.paused = !session.state.paused;
      session.since = undefined;
      keep();
      drawTimer();
    },
    five() {
      const { extra, at } = session.state;
      extra[at] = (extra[at] ?? 0) + MORE;
      lay();
      keep();
      drawTimer();
    },
    share() {
      const link = location.href;
      share.querySelector("[data-code-link]").value = link;
      showCode(link, share.querySelector("[data-code-place]"), share.dataset.codeName);
      share.showModal();
    },
  };

  const nameStarter = () => {
    const begun = store.get("session")?.at?.startsWith(`${slug}/`);
    write(starter, starter.dataset[begun ? "resume" : "begin"]);
  };

  /* The row of an address, -1 if it is none of this session. */
  const rowOf = (hash) => session.rows.findIndex((row) => row.work === session.mine && address(row) === hash);

  const turnTo = (index) => {
    keep();
    session.planning = index < 0;
    if (index >= 0 && session.rows[index].key !== session.state.at) {
      Object.assign(session.state, { at: session.rows[index].key, paused: false });
      session.since = Date.now();
      keep();
    }
    draw();
  };

  const open = () => {
    const kept = store.get("session");
    session.state = kept?.works?.some((work) => work.slug === slug) && sessionPlan.frames[kept.length] ? kept : sessionState.begin(tutorial, Date.now());
    const { state } = session;
    // What should long have ended is gone on with from its plan.
    session.planning = Date.now() > state.start + 2 * state.length * MINUTE;
    if (session.planning) state.start = sessionState.nextStart(Date.now());
    // Whoever looks at this screen may have changed.
    if (session.planning || !state.at) store.remove("mentor");
    lay();
    const asked = session.rows[rowOf(location.hash)]?.key;
    session.planning &&= !asked || asked === state.at;
    if (asked) state.at = asked;
    view.showModal();
    find(".session__foot").before(trouble);
    keep();
    draw();
    history.replaceState(null, "", here());
  };

  const heed = () => {
    if (!isOurs(location.hash)) view.close();
    else if (!view.open) open();
    else if (location.hash !== here()) turnTo(rowOf(location.hash));
  };

  view.addEventListener("close", () => {
    keep();
    session.since = undefined;
    tutorial.giveBack();
    view.before(trouble);
    if (isOurs(location.hash)) history.replaceState(null, "", location.href.split("#")[0]);
    nameStarter();
    starter.focus();
  });
  view.addEventListener("click", (event) => {
    const { dataset } = event.target;
    actions[dataset.turn ?? dataset.do]?.();
  });
  view.addEventListener("change", ({ target }) => {
    if (target !== notes) return target.closest("[data-part=plan]") && change(target);
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
  share?.addEventListener("click", ({ target }) => {
    if (target.matches("button")) share.close();
    else if (target.matches("input")) target.select();
  });
  // An address in a folder leads nowhere on another device.
  if (location.protocol === "file:") find("[data-do=share]")?.remove();
  starter.addEventListener("click", () => (location.hash = HASH));
  addEventListener("hashchange", heed);
  addEventListener("pagehide", () => {
    if (view.open) keep();
    session.since = undefined;
  });
  addEventListener("pageshow", () => view.open && keep());
  setInterval(drawTimer, 1000);

  sessionPlan.offer(tutorial.steps.at(-1).part);
  all(".form-here")[0]?.replaceWith(start);
  start.hidden = false;
  nameStarter();
  if (isOurs(location.hash)) open();
})();
