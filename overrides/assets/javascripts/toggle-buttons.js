/* The button that opens and closes the drawer, which the theme keeps as a check box.
 *
 * Reads: <button data-toggle="ID of the check box" aria-expanded>. Escape closes, and gives the focus back.
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
})();
