/* Stores ticked boxes and shows progress.
 *
 * Reads: <input data-item="KIND/SLUG/ITEM">, a box to tick
 *   [data-was="KIND/ …"]   earlier ids of the box: a stored tick of one of them becomes a tick of the box
 *   template[data-ticks]   a progress display: <progress>, [data-count], [data-done], in this order
 *   [data-of="KIND/ …"]    gets the progress of all boxes on the page whose id begins like this
 *   tr[data-items]         gets the progress of the items that it lists
 * Stores "ticks": the list of the ticked ids. Ids that the page does not know stay in the list but are not counted.
 */
(() => {
  const { dom, store } = stufenweise;
  const { all, write } = dom;
  const boxes = all("[data-item]");
  const [template] = all("[data-ticks]");
  const meters = [];

  const ticked = () => new Set(store.list("ticks"));
  const ids = (among) => among.map((box) => box.dataset.item);

  const meter = (items, place, how = "append") => {
    const node = template.content.firstElementChild.cloneNode(true);
    const [bar, count, done] = all("progress, [data-count], [data-done]", node);
    const m = items.length;
    bar.max = m;
    place[how](node);
    meters.push((ticks) => {
      const n = items.filter((item) => ticks.has(item)).length;
      bar.value = n;
      write(count, count.dataset.count, { n, m });
      write(done, n === m ? done.dataset.done : "");
    });
  };

  const draw = () => {
    const ticks = ticked();
    for (const box of boxes) box.checked = ticks.has(box.dataset.item);
    for (const show of meters) show(ticks);
  };

  // Folded lists show their progress in the summary.
  for (const list of all("ul:has([data-item]):not(.folded ul)")) {
    meter(ids(all("[data-item]", list)), list, "after");
  }
  for (const place of all("[data-of]")) {
    const starts = place.dataset.of.split(" ");
    meter(ids(starts.flatMap((start) => all(`[data-item^="${start}"]`))), place);
  }
  for (const { dataset, cells } of all("tr[data-items]")) {
    meter(dataset.items.split(" "), cells[0]);
  }
  for (const part of all(".ticks-total, .ticks-note")) part.hidden = false;

  document.addEventListener("change", ({ target: { checked, dataset } }) => {
    if (!dataset.item) return;
    const ticks = ticked();
    ticks[checked ? "add" : "delete"](dataset.item);
    store.set("ticks", [...ticks]);
  });
  const carried = ticked();
  const moved = boxes.flatMap(({ dataset: { item, was = "" } }) =>
    was
      .split(" ")
      .filter((old) => carried.delete(old))
      .map(() => carried.add(item))
  );
  if (moved.length) store.set("ticks", [...carried]);
  // Stop the browser from restoring ticks by itself.
  for (const box of boxes) box.autocomplete = "off";
  store.subscribe(draw);
  draw();
})();
