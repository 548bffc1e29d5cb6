/* Header controls: buttons for the drawer and the colours, only check boxes in the theme; the language link.
 *
 * Reads: <button data-toggle="ID of the check box" aria-expanded>; Escape closes the drawer and focuses the button
 *   .languages a, the link to the other language; it gets the address's "#" part, and so opens the same place and plan
 *   [data-colours], a button with one icon per box named __palette; the box's title becomes the button's name
 */
(() => {
  const { all } = stufenweise.dom;
  for (const button of all("[data-toggle]")) {
    const box = document.getElementById(button.dataset.toggle);
    const show = () => (button.ariaExpanded = box.checked);
    button.addEventListener("click", () => {
      box.click();
      if (box.checked) all(".md-sidebar--primary a")[0].focus();
    });
    box.addEventListener("change", show);
    document.addEventListener("keydown", ({ key }) => {
      if (key !== "Escape" || !box.checked) return;
      button.click();
      button.focus();
    });
    show();
  }
  for (const button of all("[data-colours]")) {
    const boxes = all("[name=__palette]");
    let at = globalThis.__md_get("__palette")?.index ?? 0;
    const show = () => {
      button.ariaLabel = button.title = boxes[at].title;
      for (const [index, icon] of all("span", button).entries()) icon.hidden = index !== at;
    };
    button.addEventListener("click", () => {
      at = (at + 1) % boxes.length;
      boxes[at].click();
      show();
    });
    show();
    button.hidden = false;
  }
  for (const link of all(".languages a")) link.onclick = () => (link.hash = location.hash);
})();
