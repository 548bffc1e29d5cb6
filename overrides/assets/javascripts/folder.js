/* For a site opened from a folder (file://): finds out whether this browser shares one storage between all pages or
 * gives each page its own, and tells the reader. The first page stores its path and adds a mark to the links that are
 * followed from it. If the next page finds that path, the storage is shared; if it has the mark but no path, it is not.
 *
 * Reads: [data-folder] with [data-unknown], [data-shared], [data-apart], of which it shows one; a[data-take], whose
 *   link gets the pair's data
 * Stores "folder": { page, apart }, the path of the first page, or "" once the storage is known to be shared.
 * Contract: stufenweise.folder
 *   together()    whether all pages are known to share one storage; true outside of a folder
 */
(() => {
  /* Added to the address of a followed link. */
  const MARK = "#opened";
  const { dom, store, keptState } = stufenweise;
  const here = location.pathname;
  const marked = location.hash === MARK;
  const tries = location.protocol === "file:";
  let known = "unknown";

  const note = () => {
    if (store.keeps())
      store.set("folder", known === "shared" ? { page: "" } : { page: here, apart: known === "apart" });
  };

  const learn = () => {
    if (marked) history.replaceState(null, "", location.href.slice(0, -MARK.length));
    if (store.forgets()) return;
    const { page, apart } = store.get("folder") ?? {};
    if (page !== undefined && page !== here) known = "shared";
    else if (apart || marked) known = "apart";
    note();
  };

  const mark = (event) => {
    const link = event.target.closest?.("a[href]");
    if (known !== "unknown" || !link || link.hash || link.protocol !== "file:" || !link.pathname.endsWith(".html"))
      return;
    if (!store.keeps()) return;
    // Someone may have wiped the storage since, in another tab too.
    if (!store.get("folder")) note();
    if (link.pathname !== here) link.hash = MARK;
  };

  const show = () => {
    for (const box of dom.all("[data-folder]")) {
      box.hidden = !tries;
      for (const text of box.children) text.hidden = !(known in text.dataset);
    }
  };

  const take = async (event) => {
    const link = event.target.closest?.("a[data-take]");
    if (!link) return;
    event.preventDefault();
    const [address] = await keptState.toLinks(link.href, store.state());
    location.assign(address);
  };

  if (tries) {
    learn();
    // Added last, so that it runs after the language link has copied the "#" part.
    for (const kind of ["click", "auxclick"]) addEventListener(kind, mark);
    addEventListener("click", take);
  }
  show();
  globalThis.stufenweise = Object.freeze({
    ...globalThis.stufenweise,
    folder: Object.freeze({ together: () => !tries || known === "shared" })
  });
})();
