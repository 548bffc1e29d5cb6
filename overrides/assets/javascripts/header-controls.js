/* The header: the buttons of the drawer and of the colours, which the theme keeps as boxes, and the switch to the other
 * language.
 *
 * Reads: <button data-toggle="ID of the check box" aria-expanded>. Escape closes, and gives the focus back.
 *   .languages a, which leads to the same place of the page, and to the same plan: it takes what stands behind "#".
 *   [data-colours] with an icon for each of the boxes named __palette, whose titles are its names.
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
      all("span", button).forEach((icon, index) => (icon.hidden = index !== at));
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
