/* The handout that is open beside a page stays open when a save shows the page anew.
 *
 * Reads: [data-handouts] with <details data-copy>, a handout each, and in these iframe[data-src].
 */
for (const one of document.querySelectorAll("[data-handouts] details")) {
  one.open = sessionStorage.getItem("handout") === one.dataset.copy;
  one.addEventListener("toggle", () => {
    const frame = one.querySelector("iframe");
    if (one.open && !frame.src) frame.src = frame.dataset.src;
    if (one.open) sessionStorage.setItem("handout", one.dataset.copy);
    else if (sessionStorage.getItem("handout") === one.dataset.copy) sessionStorage.removeItem("handout");
  });
}
