/* The pair's page: exports all its data as file, link, QR code and text; imports them and merges them with the data
 * here.
 *
 * Reads: [data-do] save, load, show, join, as-pair, discard; [data-file-in]; [data-code] with [data-code-place], -note,
 *   -link, -text; form[data-read]; [data-found], shown when data were read and there are data here already; an address
 *   with a state behind "#"; template[data-words].
 * Contract: stufenweise.pairCarry
 *   actions         the actions of its buttons, for dom.onAction
 *   readAddress()          imports the state in the address, if there is one
 */
(() => {
  const { dom, store, keptProgramme, keptState, pairLine, saveFile, showCode } = stufenweise;
  const { all, fill, write } = dom;
  const find = dom.finder();
  const words = find("template[data-words]").dataset;
  const [file] = all("[data-file-in]");
  const [code] = all("div[data-code]");
  const [offered] = all("section[data-found]");
  const [reading] = all("form[data-read]");
  const { say } = pairLine;
  let read;

  const counts = ({ kept }) => {
    const n = (kind) => Object.values(kept[kind] ?? {}).filter(([, leaf]) => leaf !== undefined).length;
    return { ticks: n("ticks"), sessions: n("sessions"), agreed: n("next-steps") };
  };

  const nameHere = (name) => {
    if (name && !store.pairs()[store.pair]) store.choose(store.pair, name);
  };

  const take = (given) => {
    store.join(given.kept);
    nameHere(given.name);
    store.persist();
    say("joined", counts(store.state()));
  };

  const close = () => {
    offered.hidden = true;
    read = undefined;
  };

  const offer = ({ state: given, fault }) => {
    close();
    // Scroll up, where the message is shown.
    say("").scrollIntoView();
    if (fault) return say(fault);
    if (!Object.keys(store.all()).length) return take(given);
    read = given;
    const name = given.name ? fill(words.foundName, { name: given.name }) : "";
    write(all("[data-text]", offered)[0], words.found, { ...counts(given), name });
    offered.hidden = false;
    all("button", offered)[0].focus();
  };

  const address = () => location.href.split("#")[0];

  const show = async () => {
    const links = await keptState.toLinks(address(), store.state());
    code.querySelector("[data-code-link]").value = links[0];
    code.querySelector("[data-code-text]").value = keptState.inLink(links[0]);
    await showCode(code.querySelector("[data-code-place]"), words.code, ...links);
    code.hidden = false;
  };

  const actions = {
    save({ dataset }) {
      saveFile(dataset.file, keptState.toFile(store.state()), "application/json");
      store.persist();
      say("saved", dataset);
    },
    load: () => file.click(),
    async show(button) {
      const open = code.hidden;
      if (open) await show();
      else code.hidden = true;
      button.ariaExpanded = String(open);
    },
    join() {
      take(read);
      close();
    },
    "as-pair"() {
      const id = keptProgramme.newId();
      store.copyTo(id, read.name, read.kept);
      location.reload();
    },
    discard() {
      close();
      say("discarded");
    }
  };

  file.addEventListener("change", async () => {
    const [chosen] = file.files;
    const given = await keptState.fromFile(chosen);
    file.value = "";
    offer(given);
  });

  reading.addEventListener("submit", async (event) => {
    event.preventDefault();
    const { value } = reading.elements.read;
    reading.elements.read.value = "";
    offer(await keptState.fromText(keptState.inLink(value)));
  });

  for (const field of all("[readonly]", code)) field.addEventListener("focus", () => field.select());

  const readAddress = async () => {
    if (!location.hash.startsWith("#stand=")) return;
    const text = keptState.inLink(location.hash);
    // Remove the data from the address: not in the history, not imported again on reload.
    history.replaceState(null, "", address());
    offer(await keptState.fromText(text));
  };

  globalThis.stufenweise = Object.freeze({
    ...globalThis.stufenweise,
    pairCarry: Object.freeze({ actions, readAddress })
  });
})();
