/* Opens the search, by its button or the key "/", and loads what searches when that is first needed.
 *
 * Reads: button[data-search] with data-index, the script that holds the index, and data-scripts, which search in it; the
 *   dialog behind it. The key can be switched off (WCAG 2.1.4), and means nothing else while one types.
 * Contract: stufenweise.search.load() promises an engine, see search-engine.js; .root is the folder that its addresses
 *   are below.
 */
(() => {
  const KEY = "/";
  const KIND = "search-key";
  const { dom, store } = globalThis.stufenweise;
  const [button] = dom.all("[data-search]");
  if (!button) return;
  const dialog = button.nextElementSibling;
  const [field] = dom.all(".search__field", dialog);
  const [count] = dom.all(".search__count", dialog);
  const [byKey] = dom.all(".search__key input", dialog);
  const root = new URL("../../", new URL(button.dataset.index, location.href)).href;
  const itself = (word) => word;

  const script = (address) =>
    new Promise((done, failed) => {
      const node = dom.make("script");
      // In the order in which they stand.
      Object.assign(node, { src: address, async: false, onload: done, onerror: failed });
      document.head.append(node);
    });

  let engine;
  const load = () => {
    const { scripts, index } = button.dataset;
    engine ??= Promise.all([...scripts.trim().split(/\s+/), index].map(script)).then(
      () => globalThis.stufenweise.searchEngine(globalThis.stufenweise.searchData, globalThis.stufenweise.stem ?? itself),
      (error) => {
        engine = undefined;
        throw error;
      },
    );
    return engine;
  };

  let show;
  const open = async () => {
    if (!dialog.open) dialog.showModal();
    field.focus();
    field.select();
    if (show) return;
    dom.write(count, dialog.dataset.loading);
    try {
      const found = await load();
      show ??= globalThis.stufenweise.searchDialog(dialog, found, root);
      show();
    } catch {
      dom.write(count, dialog.dataset.failed);
    }
  };

  const isTyping = ({ target, isComposing }) => isComposing || target.isContentEditable || target.matches?.("input:not([type=checkbox], [type=radio]), select, textarea");

  document.addEventListener("keydown", (event) => {
    if (event.key !== KEY || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (isTyping(event) || store.get(KIND) === "off" || dom.all("dialog[open]").length) return;
    event.preventDefault();
    open();
  });
  const showKey = () => {
    byKey.checked = store.get(KIND) !== "off";
    button.toggleAttribute("data-no-key", !byKey.checked);
  };
  byKey.addEventListener("change", () => (byKey.checked ? store.remove(KIND) : store.set(KIND, "off")));
  store.subscribe(showKey);
  showKey();
  button.addEventListener("click", open);
  dom.onAction(dialog, { close: () => dialog.close() });
  // Beside the dialog it is the dialog itself that is clicked.
  dialog.addEventListener("click", ({ target }) => target === dialog && dialog.close());

  globalThis.stufenweise = Object.freeze({ ...globalThis.stufenweise, search: Object.freeze({ load, root }) });
})();
