/* The pair's page: draws its parts, switches between pairs, saves the calendar, says what is missing, deletes. Loaded
 * by our-programme-open.js.
 *
 * Reads: [data-our] with its [data-do] buttons; [data-behind], which it shows; [data-empty], [data-when-kept],
 *   [data-missing], ul[data-pairs][data-show]; form[data-rename] with the field "name"; [data-pair-name];
 *   dialog[data-ask]; #meeting in the address, the link in calendar entries.
 */
(() => {
  const { dom, store, keptProgramme, meetings, pairAgreed, pairCarry, pairLine, saveMeetings } = stufenweise;
  const { all, fill, make, makeButton, onAction, write } = dom;
  const find = dom.finder();
  const words = find("template[data-words]").dataset;
  const our = find("[data-our]");
  const ask = find("dialog[data-ask]");
  const rename = find("form[data-rename]");

  const drawPairs = () => {
    const names = store.pairs();
    const ids = [...new Set(["", ...Object.keys(names), store.pair])];
    const list = find("[data-pairs]");
    list.hidden = ids.length < 2;
    list.replaceChildren(
      ...ids.map((id) => {
        const name = names[id] || words.unnamed;
        if (id === store.pair) {
          const current = make("strong", name);
          current.ariaCurrent = "true";
          return make("li", current);
        }
        const button = makeButton(name, { className: "control", ariaLabel: `${list.dataset.show}: ${name}` });
        Object.assign(button.dataset, { do: "show-pair", id });
        return make("li", button);
      })
    );
    const { name } = rename.elements;
    if (document.activeElement !== name) name.value = names[store.pair] ?? "";
    write(find("[data-pair-name]"), names[store.pair]);
  };

  const drawMissing = (nothing) => {
    const gone = store.missing();
    const called = location.hash.startsWith("#meeting") && nothing;
    const box = find("section[data-missing]");
    box.hidden = !(gone.length || called);
    const list = new Intl.ListFormat(document.documentElement.lang).format(
      gone.map((kind) => find("template[data-words]").getAttribute(`data-kind-${kind}`))
    );
    write(box.firstElementChild, gone.length ? fill(words.missing, { kinds: list }) : words.missingMeeting);
  };

  const draw = () => {
    const nothing = !keptProgramme.line().length;
    const none = !Object.keys(store.all()).length;
    pairLine.draw();
    pairAgreed.draw();
    drawPairs();
    drawMissing(none);
    for (const part of all("[data-when-kept]")) part.hidden = none;
    find("[data-empty]").hidden = !nothing || store.list("session").length > 0;
  };

  const sure = (question) => {
    write(ask.firstElementChild, words[question]);
    return dom.ask(ask);
  };

  const show = (id, name) => {
    store.choose(id, name);
    location.reload();
  };

  onAction(our, {
    ...pairCarry.actions,
    calendar({ dataset }) {
      const sessions = meetings(keptProgramme.line());
      if (!sessions.length) return pairLine.say("calendarNone");
      saveMeetings(dataset.file, sessions, keptProgramme.saving(), keptProgramme.plan().place, location.href);
      store.persist();
    },
    "show-pair": ({ dataset }) => show(dataset.id),
    "new-pair"() {
      // A changed name in the field is meant for the new pair.
      const { value } = rename.elements.name;
      show(keptProgramme.newId(), value === (store.pairs()[store.pair] ?? "") ? "" : value.trim());
    },
    async "wipe-pair"() {
      if (!(await sure("askWipePair"))) return;
      store.wipePair();
      location.reload();
    },
    async wipe() {
      if (!(await sure((stufenweise.folder?.together() ?? true) ? "askWipe" : "askWipePage"))) return;
      store.wipe();
      location.reload();
    }
  });
  rename.addEventListener("submit", (event) => {
    event.preventDefault();
    store.choose(store.pair, rename.elements.name.value.trim());
  });
  addEventListener("hashchange", pairCarry.readAddress);

  store.subscribe(draw);
  for (const part of all("[data-behind]")) part.hidden = false;
  draw();
  pairCarry.readAddress();
  if (location.hash.length > 1 && !location.hash.includes("="))
    document.getElementById(location.hash.slice(1))?.scrollIntoView();
})();
