/* Buttons that open and close the drawer and the search, which the theme keeps as check boxes.
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
      const inside = { __search: ".md-search__input", __drawer: ".md-sidebar--primary a[href]" }[box.id];
      requestAnimationFrame(() => document.querySelector(inside)?.focus());
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
