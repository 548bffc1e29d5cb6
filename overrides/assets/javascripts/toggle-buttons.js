/* Two buttons for what the theme keeps in boxes: one opens and closes the drawer, one changes the colours.
 *
 * Reads: <button data-toggle="ID of the check box" aria-expanded>. Escape closes, and gives the focus back.
 *   [data-colours] with an icon for each of the boxes named __palette, which have the names.
 */
(() => {
  const { all } = globalThis.stufenweise.dom;
  const prepare = (button) => {
    const box = document.getElementById(button.dataset.toggle);
    const show = () => button.setAttribute("aria-expanded", String(box.checked));
    const set = (open) => {
      box.checked = open;
      box.dispatchEvent(new Event("change", { bubbles: true }));
    };
    button.addEventListener("click", () => {
      set(!box.checked);
      if (!box.checked) return;
      requestAnimationFrame(() => document.querySelector(".md-sidebar--primary a[href]")?.focus());
    });
    box.addEventListener("change", show);
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !box.checked) return;
      set(false);
      button.focus();
    });
    show();
  };

  all("button[data-toggle]").forEach(prepare);

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
})();
