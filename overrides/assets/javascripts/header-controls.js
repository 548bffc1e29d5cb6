/* The header: the button of the drawer, which the theme keeps as a check box, and the switch to the other language.
 *
 * Reads: <button data-toggle="ID of the check box" aria-expanded>. Escape closes, and gives the focus back.
 *   .languages a, which leads to the same place of the page, and to the same plan: it takes what stands behind "#".
 */
(() => {
  const { all } = globalThis.stufenweise.dom;
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
  for (const link of all(".languages a")) link.onclick = () => (link.hash = location.hash);
})();
