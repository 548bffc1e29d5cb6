/* The panel of what is kept: to a file, from a file, wipe, "don't save on this device".
 *
 * Contract: #kept-ticks, which moves behind .checklist-pages: [data-do], [data-forget], [role=status] with its sentences
 * as data- attributes, [data-ask] with the answers as its buttons' values.
 */
(() => {
  const FORMAT = "stufenweise";
  const VERSION = 1;
  const ITEM = /^(levels|tutorials)(\/[a-z0-9-]+){2}$/;
  const LARGEST = 1e6;
  const { store, saveFile } = globalThis.stufenweise;
  const panel = document.getElementById("kept-ticks");
  const find = (selector) => panel.querySelector(selector);
  const status = find("[role=status]");
  const file = find("[type=file]");
  const box = find("[data-forget]");

  const ticks = () => store.list("ticks");
  const known = (list) => list.filter((item) => document.querySelector(`[data-item="${item}"]`)).length;
  const write = (node, text, values) => {
    node.textContent = text.replace(/{(\w+)}/g, (_, name) => values?.[name] ?? known(ticks()));
  };
  const say = (word, values) => write(status, status.dataset[word], values);

  const ask = (question, values) =>
    new Promise((resolve) => {
      const dialog = find(`[data-ask=${question}]`);
      const text = dialog.firstElementChild;
      write(text, text.dataset.text, values);
      status.textContent = dialog.returnValue = "";
      dialog.onclick = ({ target }) => target.type && dialog.close(target.value);
      dialog.onclose = () => resolve(dialog.returnValue);
      dialog.showModal();
    });

  const save = ({ dataset }) => {
    saveFile(dataset.file, JSON.stringify({ format: FORMAT, version: VERSION, ticks: ticks() }, null, 1), "application/json");
    say("saved", dataset);
  };

  /* Returns the ids in a file, or the word for what is wrong. */
  const read = (text) => {
    try {
      const { format, version, ticks: found } = JSON.parse(text);
      if (format === FORMAT && version > VERSION) return "newer";
      if (format === FORMAT && found.every((item) => item.match?.(ITEM))) return found;
    } catch {
      // Not ours.
    }
    return "wrong";
  };

  const load = async () => {
    const [chosen] = file.files;
    const ids = read(chosen.size < LARGEST ? await chosen.text() : "");
    file.value = "";
    if (!ids.map) return say(ids, chosen);
    const found = known(ids);
    const others = ids.length - found;
    const how = !ticks().length || (await ask("load", { name: chosen.name, found }));
    if (!how) return;
    store.set("ticks", [...new Set(how === "merge" ? ticks().concat(ids) : ids)]);
    say(others ? "others" : "loaded", { others });
  };

  const wipe = async () => {
    if (!(await ask("wipe"))) return;
    store.remove("ticks");
    say("wiped");
  };

  const forget = async () => {
    const on = box.checked;
    box.checked = store.forgets;
    if (on && store.kinds().length && !(await ask("forget"))) return;
    store.forget(on);
    box.checked = on;
    say(on ? "forgets" : "keeps");
  };

  const actions = { save, wipe, load: () => file.click() };
  panel.addEventListener("click", ({ target }) => actions[target.dataset.do]?.(target));
  box.addEventListener("change", forget);
  file.addEventListener("change", load);
  box.autocomplete = "off";
  box.checked = store.forgets;
  document.querySelector(".checklist-pages").after(panel);
  panel.hidden = false;
  if (location.hash === "#kept-ticks") panel.scrollIntoView();
})();
