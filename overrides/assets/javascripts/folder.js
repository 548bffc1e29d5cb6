/* In a folder without a server: finds out by trying whether this browser keeps one storage for all pages or one for each, and
 * says so. A page marks the links that are followed from it. The page that one leads to finds what the first has kept, or
 * knows by the mark that it can't see it.
 *
 * Reads: [data-folder] with [data-unknown], [data-shared], [data-apart], of which it shows one, and a[data-take]
 * Contract: stufenweise.folder
 *   together()    whether all pages are known to share one storage
 */
(() => {
  const MARK = "#opened";
  const { dom, store, keptState } = stufenweise;
  const here = location.pathname;
  const marked = location.hash === MARK;
  const tries = location.protocol === "file:";
  let known = "unknown";

  const note = () => {
    if (store.keeps) store.set("folder", known === "shared" ? { page: "" } : { page: here, apart: known === "apart" });
  };

  const learn = () => {
    if (marked) history.replaceState(null, "", location.href.slice(0, -MARK.length));
    if (store.forgets) return;
    const { page, apart } = store.get("folder") ?? {};
    if (page !== undefined && page !== here) known = "shared";
    else if (apart || marked) known = "apart";
    note();
  };

  const mark = (event) => {
    const link = event.target.closest?.("a[href]");
    if (known !== "unknown" || !link || link.hash || link.protocol !== "file:" || !link.pathname.endsWith(".html")) return;
    if (!store.keeps) return;
    // It may have been wiped since, in another tab too.
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
    // Behind what the page itself does with its links: the switch of languages takes along what stands behind "#".
    for (const kind of ["click", "auxclick"]) addEventListener(kind, mark);
    addEventListener("click", take);
  }
  show();
  globalThis.stufenweise = Object.freeze({
    ...globalThis.stufenweise,
    folder: Object.freeze({ together: () => !tries || known === "shared" }),
  });
})();
