/* The panel for the pair's data: save it to a file, load a file, wipe it, or don't store anything on this device.
 *
 * Reads: #kept-ticks with [data-do] buttons; [data-forget], the box "don't save on this device"; [aria-live] with its
 *   sentences as data- attributes; dialogs [data-ask], whose buttons have the answers as values.
 */
(() => {
  const { dom, store, keptState, saveFile } = stufenweise;
  const panel = document.getElementById("kept-ticks");
  const find = dom.finder(panel);
  const status = find("[aria-live]");
  const file = find("[type=file]");
  const box = find("[data-forget]");

  /* Opened from a folder, a page may be unable to see the storage of other pages. */
  const together = () => stufenweise.folder?.together() ?? true;
  const ticks = () => store.list("ticks");
  const known = (list) => list.filter((item) => document.querySelector(`[data-item="${item}"]`)).length;
  const write = (node, text, values) => dom.write(node, text, { n: known(ticks()), ...values });
  const say = (word, values) => write(status, status.dataset[word], values);

  const ask = (question, values) => {
    const dialog = find(`[data-ask=${question}]`);
    const text = dialog.firstElementChild;
    write(text, (!together() && text.dataset.textPage) || text.dataset.text, values);
    status.textContent = "";
    return dom.ask(dialog);
  };

  const save = ({ dataset }) => {
    saveFile(dataset.file, keptState.toFile(store.state()), "application/json");
    say("saved", dataset);
  };

  const load = async () => {
    const [chosen] = file.files;
    const { name } = chosen;
    const { state, fault } = await keptState.fromFile(chosen);
    file.value = "";
    if (fault) return say(fault === "newer" ? fault : "wrong", { name });
    const ids = keptState.ticks(state);
    const here = known(ids);
    const others = ids.length - here;
    const how = !Object.keys(store.all()).length || (await ask("load", { name, found: here }));
    if (!how) return;
    if (how === "replace") store.replace(state.kept);
    else store.join(state.kept);
    say(others ? "others" : "loaded", { others });
  };

  const wipe = async () => {
    if (!(await ask("wipe"))) return;
    store.wipe();
    say(together() ? "wiped" : "wipedPage");
  };

  const forget = async () => {
    const on = box.checked;
    box.checked = store.forgets();
    if (on && store.holds() && !(await ask("forget"))) return;
    store.forget(on);
    box.checked = on;
    say(on ? (together() ? "forgets" : "forgetsPage") : "keeps");
  };

  dom.onAction(panel, { save, wipe, load: () => file.click() });
  box.addEventListener("change", forget);
  file.addEventListener("change", load);
  box.autocomplete = "off";
  box.checked = store.forgets();
  panel.hidden = false;
  if (location.hash === "#kept-ticks") panel.scrollIntoView();
})();
