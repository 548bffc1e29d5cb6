/* The panel of what is kept: to a file, from a file, wipe, "don't save on this device".
 *
 * Reads: #kept-ticks, which moves behind .checklist-pages: [data-do], [data-forget], [role=status] with its sentences
 * as data- attributes, [data-ask] with the answers as its buttons' values.
 */
(() => {
  const FORMAT = "stufenweise";
  const VERSION = 1;
  const SHEETS = ["goals", "next-steps", "words"];
  const LONGEST = 2000;
  const ITEM = /^(levels|tutorials)(\/[a-z0-9-]+){2}$/;
  const LARGEST = 1e6;
  const { dom, store, saveFile } = globalThis.stufenweise;
  const panel = document.getElementById("kept-ticks");
  const find = (selector) => panel.querySelector(selector);
  const status = find("[role=status]");
  const file = find("[type=file]");
  const box = find("[data-forget]");

  const ticks = () => store.list("ticks");
  const known = (list) => list.filter((item) => document.querySelector(`[data-item="${item}"]`)).length;
  const write = (node, text, values) => (node.textContent = dom.fill(text, { n: known(ticks()), ...values }));
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
    const sheets = Object.fromEntries(SHEETS.map((kind) => [kind, store.get(kind)]));
    const all = { format: FORMAT, version: VERSION, ticks: ticks(), ...sheets };
    saveFile(dataset.file, JSON.stringify(all, null, 1), "application/json");
    say("saved", dataset);
  };

  /* Texts by name, or such things by name: what a pair has written. */
  const written = (value, deep = 1) =>
    value?.constructor === Object &&
    Object.values(value).every((one) => (typeof one === "string" ? one.length <= LONGEST : deep && written(one, deep - 1)));

  const joined = (theirs, ours) => {
    const result = { ...theirs, ...ours };
    for (const name of Object.keys(result)) {
      if (result[name].constructor === Object) result[name] = { ...theirs[name], ...ours?.[name] };
    }
    return result;
  };

  /* Returns what a file holds, or the word for what is wrong. */
  const read = (text) => {
    try {
      const { format, version, ticks: found, ...others } = JSON.parse(text);
      if (format === FORMAT && version > VERSION) return "newer";
      const right = found.every((item) => item.match?.(ITEM)) && SHEETS.every((kind) => !others[kind] || written(others[kind]));
      if (format === FORMAT && right) return { ids: found, others };
    } catch {
      // Not ours.
    }
    return "wrong";
  };

  const load = async () => {
    const [chosen] = file.files;
    const { name } = chosen;
    const content = read(chosen.size < LARGEST ? await chosen.text() : "");
    file.value = "";
    if (!content.ids) return say(content, { name });
    const { ids, others: sheets } = content;
    const found = known(ids);
    const others = ids.length - found;
    const how = !["ticks", ...SHEETS].some((kind) => store.get(kind)) || (await ask("load", { name, found }));
    if (!how) return;
    const merges = how === "merge";
    store.set("ticks", [...new Set(merges ? ticks().concat(ids) : ids)]);
    // What was written here stays where both say something.
    for (const kind of SHEETS.filter((one) => sheets[one])) store.set(kind, joined(sheets[kind], merges && store.get(kind)));
    say(others ? "others" : "loaded", { others });
  };

  const wipe = async () => {
    if (!(await ask("wipe"))) return;
    for (const kind of new Set([...store.kinds(), "ticks", ...SHEETS])) store.remove(kind);
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

  dom.onAction(panel, { save, wipe, load: () => file.click() });
  box.addEventListener("change", forget);
  file.addEventListener("change", load);
  box.autocomplete = "off";
  box.checked = store.forgets;
  document.querySelector(".checklist-pages").after(panel);
  panel.hidden = false;
  if (location.hash === "#kept-ticks") panel.scrollIntoView();
})();
