/* Places to write in, kept in this browser: fields, and the empty cells of grids.
 *
 * Reads: .place[data-place][data-lines], with data-name where it has no words of its own; [data-grid] before a table with
 *   empty cells; .place-words, shown where there are such places and moved before the steps, with data-row, what
 *   a row without a name is called; its box prints what was written, else paper has empty lines.
 * Kept as "words": { SLUG: { PLACE: text } }.
 */
(() => {
  const LONGEST = 2000;
  const { dom, store, tutorial: { slug } } = stufenweise;
  const { all, fill, make } = dom;
  const [panel] = all(".place-words");
  const box = panel.querySelector("input");
  const fields = [];

  const field = (id, rows, ariaLabel) => {
    const node = Object.assign(make("textarea"), { rows, maxLength: LONGEST, autocomplete: "off" });
    if (ariaLabel) Object.assign(node, { ariaLabel });
    node.dataset.words = id;
    fields.push(node);
    return node;
  };

  for (const place of all("[data-place]")) {
    const { place: id, lines, name } = place.dataset;
    place.append(make("label", make("span", ...place.childNodes), field(id, lines, name)));
  }
  for (const { dataset: { grid }, nextElementSibling: next } of all("[data-grid]")) {
    const { tHead, tBodies: [body] } = next.tHead ? next : next.querySelector("table");
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

  // What was written while the tutorial had another name.
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
