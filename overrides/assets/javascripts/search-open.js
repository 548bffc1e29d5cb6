/* Opens the search by its button or the key "/", and loads the search scripts when first needed.
 *
 * Reads: button[data-search] with data-index, the script with the index, and data-scripts, the search scripts; the
 *   dialog behind it. The key can be switched off (WCAG 2.1.4) and is ignored while one types.
 * Stores "search-key": true if the key is switched off.
 * Contract: stufenweise.search
 *   load(said)   resolves to an engine, see search-engine.js; to undefined if loading failed, and `said` shows its
 *                data-failed
 *   root         the site's root folder, to which result addresses are relative
 */
(() => {
  const KEY = "/";
  const KIND = "search-key";
  const FIELDS = "input:not([type=checkbox], [type=radio]), select, textarea, [contenteditable]";
  const { dom, store } = stufenweise;
  const [button] = dom.all("[data-search]");
  const dialog = button.nextElementSibling;
  const [field, byKey] = dom.all("input", dialog);
  const { scripts, index } = button.dataset;

  const isOff = () => store.get(KIND) ?? false;
  const draw = () => {
    byKey.checked = !isOff();
    button.toggleAttribute("data-no-key", isOff());
  };

  let engine;
  const load = async (said) => {
    if (!(await dom.load(`${scripts} ${index}`, said))) return undefined;
    const { searchEngine, searchData, stem } = stufenweise;
    engine ??= searchEngine(searchData, stem ?? String);
    return engine;
  };

  let shown = false;
  const open = async () => {
    if (!dialog.open) dialog.showModal();
    field.select();
    if (shown) return;
    const [count] = dom.all("[aria-live]", dialog);
    dom.write(count, dialog.dataset.loading);
    const ready = await load(count);
    if (!ready) return;
    shown = true;
    stufenweise.showResults(ready);
  };

  document.addEventListener("keydown", (event) => {
    if (event.key !== KEY || event.ctrlKey || event.metaKey || event.altKey || event.target.closest(FIELDS)) return;
    if (isOff() || dom.all("dialog[open]").length) return;
    event.preventDefault();
    open();
  });
  button.addEventListener("click", open);
  dom.onAction(dialog, { close: () => dialog.close() });
  // A click beside the dialog has the dialog itself as its target.
  dialog.addEventListener("click", ({ target }) => target === dialog && dialog.close());
  byKey.addEventListener("change", () => {
    store.set(KIND, !byKey.checked);
    draw();
  });
  draw();

  const root = new URL("../../", new URL(index, location.href)).href;
  globalThis.stufenweise = Object.freeze({ ...globalThis.stufenweise, search: Object.freeze({ load, root }) });
})();
