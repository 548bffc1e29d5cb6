/* Filters the tutorials in the table and in the matrix, and keeps the filters in the address.
 *
 * Reads: form[data-find] with fields named like the facets of tutorial-filter.js, and [aria-live] with data-count and
 *   data-none; [data-choices=FACET] lists the options of a facet, each with data-value; tr[data-tutorial] with
 *   data-level, -orientation, -effort, -minutes, -goals, -items. Other [data-tutorial] are hidden and shown with their
 *   row.
 * Writes: the filters behind the "#" of the address: no server sees them, and it works from file:// too.
 */
(() => {
  /* Milliseconds after the last key before the count is announced: a screen reader should not announce every key. */
  const PAUSE = 400;
  const { dom, search, store, tutorialFilter } = stufenweise;
  const { all, fill, make } = dom;
  const [form] = all("[data-find]");
  const [status] = all("[aria-live]", form);
  const [clear] = all("[type=reset]", form);
  const [more] = all("details", form);
  const rows = all("tr[data-tutorial]");
  const followers = all("li:has(> [data-tutorial])");

  /* The slugs found for the words typed last; undefined until the search has loaded. */
  const words = { asked: "", slugs: undefined };

  const lookUp = async (asked) => {
    words.asked = asked;
    if (!asked) words.slugs = undefined;
    const engine = asked && (await search.load());
    if (words.asked !== asked || !engine) return;
    const { pages } = engine.find(asked);
    const least = Math.min(...pages.map(({ without }) => without.length));
    const best = pages.filter(({ without }) => without.length === least);
    words.slugs = new Set(best.map(({ address }) => /^tutorials\/([^/.]+)/.exec(address)?.[1]));
    draw(PAUSE);
  };

  const chosen = () => {
    const data = new FormData(form);
    const choices = tutorialFilter.facets.map((name) => [name, data.getAll(name).join(",").trim()]);
    return choices.filter(([, value]) => value);
  };

  let pending;
  const announce = (text, pause) => {
    clearTimeout(pending);
    pending = setTimeout(() => (status.textContent = text), pause);
  };

  const draw = (pause = 0) => {
    const choice = chosen();
    const asked = form.elements.q.value.trim();
    if (asked !== words.asked) lookUp(asked);
    const isLeft = tutorialFilter.matcher(choice, new Set(store.list("ticks")), words.slugs);
    for (const row of rows) row.hidden = !isLeft(row.dataset);
    const left = new Set(rows.filter((row) => !row.hidden).map((row) => row.dataset.tutorial));
    for (const item of followers) item.hidden = !left.has(item.firstElementChild.dataset.tutorial);
    clear.hidden = !choice.length;
    const { count, none } = status.dataset;
    announce(left.size ? fill(count, { n: left.size, m: rows.length }) : none, pause);
  };

  const remember = (typing) => {
    const address = `#${new URLSearchParams(chosen())}`;
    if (address === location.hash || (address === "#" && !location.hash)) return;
    history[typing ? "replaceState" : "pushState"](null, "", address);
  };

  /* Ignore unknown values in the address. */
  const recall = () => {
    const said = new URLSearchParams(location.hash.slice(1));
    for (const field of form.elements) {
      const value = said.get(field.name) ?? "";
      if (field.type === "checkbox") field.checked = value.split(",").includes(field.value);
      else if (field.matches("select, [type=search]")) field.value = value;
      if (field.selectedIndex < 0) field.value = "";
    }
    // Open "more" if one of its filters is set.
    more.open ||= all("select", more).some(({ value }) => value);
    draw();
  };

  for (const { dataset, children } of all("[data-choices]")) {
    for (const { dataset: choice, textContent } of children) {
      if (dataset.choices === "level") {
        const box = Object.assign(make("input"), { type: "checkbox", name: "level", value: choice.value });
        all(".find__levels", form)[0].append(make("label", box, ` ${textContent}`));
      } else {
        form.elements[dataset.choices].append(new Option(textContent, choice.value));
      }
    }
  }

  form.addEventListener("input", ({ target: { type } }) => {
    remember(type === "search");
    draw(type === "search" ? PAUSE : 0);
  });
  form.onsubmit = () => false;
  form.addEventListener("reset", () =>
    // The browser resets the fields only after this event.
    setTimeout(() => {
      for (const box of all("[type=checkbox]", form)) box.checked = false;
      remember();
      draw();
      form.elements.q.focus();
    })
  );
  addEventListener("popstate", recall);
  addEventListener("hashchange", recall);
  store.subscribe(() => draw());
  all(".find-choices")[0].after(form);
  form.hidden = false;
  recall();
})();
