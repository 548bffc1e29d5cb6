/* The handout that is open beside a page stays open when a save shows the page anew.
 *
 * Reads: [data-handouts] with <details data-copy>, a handout each, and in these iframe[data-src].
 */
for (const panel of document.querySelectorAll("[data-handouts] details")) {
  panel.open = sessionStorage.getItem("handout") === panel.dataset.copy;
  panel.addEventListener("toggle", () => {
    const frame = panel.querySelector("iframe");
    if (panel.open && !frame.src) frame.src = frame.dataset.src;
    if (panel.open) sessionStorage.setItem("handout", panel.dataset.copy);
    else if (sessionStorage.getItem("handout") === panel.dataset.copy) sessionStorage.removeItem("handout");
  });
}
