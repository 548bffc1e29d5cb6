/* The switch to another language leads to the same place of the page, and to the same plan: it takes what stands behind "#".
 *
 * Reads: .languages a.
 */
(() => {
  for (const link of globalThis.stufenweise.dom.all(".languages a")) {
    link.addEventListener("click", () => (link.hash = location.hash));
  }
})();
