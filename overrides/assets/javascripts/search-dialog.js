/* Shows search results while the reader types: a combobox with a list of results
 * (https://www.w3.org/WAI/ARIA/apg/patterns/combobox/). What is typed is not stored and never leaves the page.
 *
 * Reads: the dialog of site-search.html, with its sentences as data- attributes.
 * Contract: stufenweise.showResults(engine)   shows the results for the field's text, and again at each change of it;
 *   engine: see search-engine.js
 */
(() => {
  /* Pages shown at most; more would not be read. */
  const MOST = 12;
  /* Pages drawn right after a key, so that the next key does not wait, and in each frame after that. */
  const FIRST = 1;
  const AT_ONCE = 2;
  /* Milliseconds of one frame at 60 Hz. */
  const FRAME = 17;
  /* Longest excerpt, in characters. */
  const LINE = 170;
  /* Milliseconds after the last key before the count is announced: a screen reader should not announce every key. */
  const PAUSE = 500;
  const { dom, search } = stufenweise;
  const { all, fill, make, makeButton, write } = dom;

  const [dialog] = all("dialog.search");
  const words = dialog.dataset;
  const [field, count, list, none, near] = ["field", "count", "results", "none", "near"].map(
    (name) => all(`.search__${name}`, dialog)[0]
  );
  const nearWords = near.textContent;
  let engine;
  let chosen = -1;
  let pending;
  /* Results not drawn yet: functions that return their elements. */
  let waiting = [];

  const options = () => all("[role=option]", list);

  const choose = (index) => {
    const last = options()[chosen];
    if (last) last.ariaSelected = false;
    chosen = index;
    const option = options()[index];
    if (!option) return field.removeAttribute("aria-activedescendant");
    option.ariaSelected = true;
    option.scrollIntoView({ block: "nearest" });
    return field.setAttribute("aria-activedescendant", option.id);
  };

  /* Announces the text when typing pauses. */
  const say = (text) => {
    clearTimeout(pending);
    pending = setTimeout(() => write(count, text), count.textContent ? PAUSE : 0);
  };

  const marked = (page, text) => page.marked(text).map(([piece, isFound]) => (isFound ? make("mark", piece) : piece));

  const part = (tag, name, ...inside) => Object.assign(make(tag, ...inside), { className: `search__${name}` });

  /* An excerpt around the first found word, cut between words. */
  const cut = (page, line) => {
    if (line.length <= LINE) return line;
    let before = 0;
    for (const [piece, isFound] of page.marked(line)) {
      if (isFound) break;
      before += piece.length;
    }
    const start = Math.min(Math.max(0, before - LINE / 3), line.length - LINE);
    const from = start > 0 ? line.indexOf(" ", start) + 1 : 0;
    const to = from + LINE < line.length ? line.lastIndexOf(" ", from + LINE) : line.length;
    return `${from ? "… " : ""}${line.slice(from, to)}${to < line.length ? " …" : ""}`;
  };

  const option = (name, address, id, language, ...inside) => {
    const link = Object.assign(part("a", name, ...inside), { id, href: search.root + address, tabIndex: -1 });
    if (language) link.lang = language;
    return Object.assign(link, { role: "option", ariaSelected: false });
  };

  const facts = ({ level, minutes }) => {
    if (minutes) return fill(words.facts, { level, minutes });
    return level ? fill(words.level_only, { level }) : "";
  };

  const result = (page, number) => {
    const id = `__search-${number}`;
    const title = part("span", "title", ...marked(page, page.title));
    const said = [facts(page), page.without.length && fill(words.without, { words: page.without.join(", ") })].filter(
      Boolean
    );
    const about = said.length ? [" ", part("span", "facts", said.join(" · "))] : [];
    const sections = page.sections().map(({ anchor, heading, line }, index) =>
      option(
        "section",
        `${page.address}#${anchor}`,
        `${id}-${index}`,
        page.language,
        // For screen readers; in the list one sees to which page the section belongs.
        part("span", "of", `${page.title}: `),
        part("span", "heading", ...marked(page, heading)),
        part("span", "line", ...marked(page, cut(page, line)))
      )
    );
    const summary = part("span", "line", ...marked(page, page.summary));
    return [option("page", page.address, id, page.language, title, ...about, summary), ...sections];
  };

  const suggestion = (word) =>
    makeButton(word, {
      className: "search__suggestion",
      onclick() {
        field.value = word;
        field.focus();
        show();
      }
    });

  const drawSome = (count = AT_ONCE) => {
    list.append(...waiting.splice(0, count).flatMap((draw) => draw()));
    // The list keeps its height until all results are drawn.
    if (!waiting.length) list.style.minHeight = "";
    return waiting.length;
  };

  /* Draws the other results after the best one is on the screen, unless another key was pressed. */
  const drawLater = (mine) => setTimeout(() => mine === waiting && drawSome() && drawLater(mine), FRAME);

  const show = () => {
    // Do this before the list changes: afterwards the browser would have to lay out the whole list.
    list.scrollTop = 0;
    list.style.minHeight = `${list.clientHeight}px`;
    const query = field.value.trim();
    const { pages, total, without } = engine.find(field.value.trimStart(), MOST);
    waiting = pages.map((page, number) => () => result(page, number));
    list.replaceChildren();
    drawSome(FIRST);
    drawLater(waiting);
    list.hidden = !pages.length;
    none.hidden = !query || total > 0;
    field.ariaExpanded = !list.hidden;
    choose(-1);
    if (!query) return say("");
    if (!total) {
      const similar = engine.near(query);
      near.hidden = !similar.length;
      near.replaceChildren(nearWords, ...similar.flatMap((word) => [" ", suggestion(word)]));
      return say(fill(words.none, { query }));
    }
    const values = { n: total, shown: pages.length, words: without.join(", ") };
    const text = without.length
      ? words.most
      : total > pages.length
        ? words.best
        : total === 1
          ? words.one
          : words.other;
    return say(fill(text, values));
  };

  const step = (by) => {
    while (drawSome());
    const n = options().length;
    // Going up from the first or down from the last result leads to the field.
    if (n) choose(((chosen + 1 + by + n + 1) % (n + 1)) - 1);
  };

  const keys = {
    ArrowDown: () => step(1),
    ArrowUp: () => step(-1),
    Enter: () => options()[Math.max(chosen, 0)]?.click()
  };
  field.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || !keys[event.key]) return;
    event.preventDefault();
    keys[event.key]();
  });
  field.addEventListener("input", () => engine && show());
  // A link into this page loads no new page, so close the dialog.
  list.addEventListener("click", ({ target }) => target.closest("a") && dialog.close());

  const showResults = (ready) => {
    engine = ready;
    show();
    // Warm up: the first search is slow, so run one before the user types.
    setTimeout(() => engine.find(words.name, FIRST).pages.map(result), FRAME);
  };

  globalThis.stufenweise = Object.freeze({ ...globalThis.stufenweise, showResults });
})();
