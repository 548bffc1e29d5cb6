/* Sorts a table by the column whose heading is clicked.
 *
 * Reads: <table data-sortable> with one heading row. Cells are compared by data-value, a number, or else by their text.
 */
(() => {
  const { all, make } = stufenweise.dom;
  const language = document.documentElement.lang || "en";
  const collator = new Intl.Collator(language, { numeric: true, sensitivity: "base" });

  const key = (row, index) => {
    const cell = row.cells[index];
    const value = cell.dataset.value;
    return value === undefined ? cell.textContent.trim() : Number(value);
  };

  const compare = (a, b) => (typeof a === "number" ? a - b : collator.compare(a, b));

  const sort = (table, heading) => {
    const index = heading.cellIndex;
    const ascending = heading.ariaSort !== "ascending";
    for (const other of table.tHead.rows[0].cells) other.ariaSort = null;
    heading.ariaSort = ascending ? "ascending" : "descending";
    const body = table.tBodies[0];
    const rows = [...body.rows].sort((a, b) => compare(key(a, index), key(b, index)));
    body.append(...(ascending ? rows : rows.reverse()));
  };

  const prepare = (table) => {
    for (const heading of table.tHead.rows[0].cells) {
      const button = make("button", ...heading.childNodes);
      heading.append(Object.assign(button, { type: "button", className: "sort", onclick: () => sort(table, heading) }));
    }
  };

  for (const table of all("table[data-sortable]")) prepare(table);
})();
