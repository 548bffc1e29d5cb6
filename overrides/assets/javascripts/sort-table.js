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

  const sort = (table, heading, index) => {
    const ascending = heading.getAttribute("aria-sort") !== "ascending";
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    heading.setAttribute("aria-sort", ascending ? "ascending" : "descending");
    const body = table.tBodies[0];
    const rows = [...body.rows].sort((a, b) => compare(key(a, index), key(b, index)));
    body.append(...(ascending ? rows : rows.reverse()));
  };

  const prepare = (table) => {
    [...table.tHead.rows[0].cells].forEach((heading, index) => {
      const button = make("button", ...heading.childNodes);
      button.type = "button";
      button.className = "sort";
      button.addEventListener("click", () => sort(table, heading, index));
      heading.append(button);
    });
  };

  all("table[data-sortable]").forEach(prepare);
})();
