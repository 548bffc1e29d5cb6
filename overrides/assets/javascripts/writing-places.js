/* Adds fields to write in to a tutorial's page, also in empty cells of tables, and stores the texts in this browser.
 *
 * Reads: .place[data-place][data-lines], with data-name if it has no text of its own; [data-grid] before a table with
 *   empty cells; .place-words, a panel that is moved before the steps and shown if there are fields: its data-row names
 *   a row without a name, its box prints the texts. If it is not ticked, paper has empty lines.
 * Stores "words": { SLUG: { PLACE: text } }. PLACE is the data-place of a field; of a cell its data-grid, row and column,
 *   such as "look.2.1.3": both are counted from 1, rows below the head.
 */
(() => {
  const {
    dom,
    store,
    tutorial: { slug }
  } = stufenweise;
  const { all, fill, make } = dom;
  const [panel] = all(".place-words");
  const box = panel.querySelector("input");
  const fields = [];

  /* kept-shapes.js accepts no longer text. */
  const field = (id, rows, ariaLabel = null) => {
    const node = Object.assign(make("textarea"), { rows, maxLength: 2000, autocomplete: "off", ariaLabel });
    node.dataset.words = id;
    fields.push(node);
    return node;
  };

  for (const place of all("[data-place]")) {
    const { place: id, lines, name } = place.dataset;
    place.append(make("label", make("span", ...place.childNodes), field(id, lines, name)));
  }
  for (const {
    dataset: { grid },
    nextElementSibling: next
  } of all("[data-grid]")) {
    const {
      tHead,
      tBodies: [body]
    } = next.tHead ? next : next.querySelector("table");
    [...body.rows].forEach(({ cells }, row) => {
      const name = cells[0].textContent || fill(panel.dataset.row, { n: row + 1 });
      [...cells].forEach((cell, column) => {
        const heading = tHead.rows[0].cells[column].textContent;
        if (!cell.hasChildNodes()) cell.append(field(`${grid}.${row + 1}.${column + 1}`, 1, `${name}, ${heading}`));
      });
    });
  }
  if (!fields.length) return;

  const read = () => store.get("words") ?? {};

  const show = (whole) => {
    const mine = read()[slug] ?? {};
    for (const node of fields) {
      if (whole || document.activeElement !== node) node.value = mine[node.dataset.words] ?? "";
    }
  };

  const keep = ({ dataset: { words }, value }) => {
    const { [slug]: before, ...others } = read();
    const { [words]: old, ...mine } = before ?? {};
    if (value) mine[words] = value;
    store.set("words", Object.keys(mine).length ? { ...others, [slug]: mine } : others);
  };

  document.addEventListener("input", ({ target }) => target.dataset.words && keep(target));
  addEventListener("beforeprint", () => {
    for (const node of box.checked ? [] : fields) node.value = "";
  });
  addEventListener("afterprint", () => show(true));

  // Move texts written under an earlier slug of the tutorial.
  for (const was of (all("[data-was]")[0]?.dataset.was ?? "").split(" ")) {
    const { [was.split("/")[1]]: moved, ...others } = read();
    if (moved) store.set("words", { ...others, [slug]: { ...moved, ...others[slug] } });
  }
  all(".steps-total")[0].after(panel);
  panel.hidden = false;
  box.autocomplete = "off";
  store.subscribe(show);
  show();
})();
