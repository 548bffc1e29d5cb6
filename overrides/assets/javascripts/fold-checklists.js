/* Opens one of the folded checklists: the one in the address; else the one begun; else the one after the last finished.
 *
 * Reads: details.folded in groups of details, with the boxes that checklist.js has ticked; a heading before each.
 */
(() => {
  const { all } = stufenweise.dom;
  const lists = all("details details.folded");
  const open = (list) => all("[data-item]:not(:checked)", list).length > 0;
  const begun = (list) => open(list) && all("[data-item]:checked", list).length > 0;
  const done = lists.findLastIndex((list) => !open(list));
  const next = lists.find(begun) ?? lists.slice(done + 1).find(open) ?? lists.find(open);

  const show = () => {
    const named = document.getElementById(location.hash.slice(1));
    const heading = named?.matches("h2, h3") && named.nextElementSibling;
    if (!heading) return;
    for (const part of [named.closest("details"), heading]) if (part) part.open = true;
    named.scrollIntoView();
  };

  for (const part of all("details.folded")) part.open = part.contains(next);
  addEventListener("hashchange", show);
  show();
})();
