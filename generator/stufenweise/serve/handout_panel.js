/* The handout that is open beside a page stays open when a save shows the page anew.
 *
 * Reads: [data-paper] with <details data-sheet>, a handout each, and in these iframe[data-src].
 */
for (const one of document.querySelectorAll("[data-paper] details")) {
  one.open = sessionStorage.getItem("paper") === one.dataset.sheet;
  one.addEventListener("toggle", () => {
    const frame = one.querySelector("iframe");
    if (one.open && !frame.src) frame.src = frame.dataset.src;
    if (one.open) sessionStorage.setItem("paper", one.dataset.sheet);
    else if (sessionStorage.getItem("paper") === one.dataset.sheet) sessionStorage.removeItem("paper");
  });
}
