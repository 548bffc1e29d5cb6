/* The button that begins or resumes a tutorial's session; loads the session's scripts when first needed.
 *
 * Reads: .session-start, which replaces .form-here, with its button's data-begin, data-resume and data-scripts, the
 *   scripts to load; [data-failed], the message if loading fails; the addresses #session and #session/…, which open a
 *   session as the button does.
 */
(() => {
  const HASH = "#session";
  const {
    dom: { all, load, write },
    store,
    tutorial: { slug }
  } = stufenweise;
  const [start] = all(".session-start");
  const [starter, failed] = start.children;
  const { scripts, begin, resume } = starter.dataset;

  const draw = () => {
    const begun = store.list("session").some(({ at, works }) => works[0].slug === slug || at.startsWith(`${slug}/`));
    write(starter, begun ? resume : begin);
  };

  const openSession = async () => {
    if (!location.hash.startsWith(HASH) || (await load(scripts, failed))) return;
    history.replaceState(null, "", location.href.split("#")[0]);
  };

  all(".form-here")[0]?.replaceWith(start);
  start.hidden = false;
  starter.addEventListener("click", () => {
    write(failed);
    location.hash = HASH;
  });
  addEventListener("hashchange", openSession);
  store.subscribe(draw);
  draw();
  openSession();
})();
