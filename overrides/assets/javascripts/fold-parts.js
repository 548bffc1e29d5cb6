/* Opens a part of a tutorial that is folded when a link of the page leads to it.
 *
 * Reads: details.mentor, details.look-up, each behind its heading.
 */
(() => {
  const { all } = globalThis.stufenweise.dom;
  for (const part of all("details.mentor, details.look-up")) {
    const open = () => (part.open = true);
    for (const link of all(`a[href="#${part.previousElementSibling.id}"]`)) link.addEventListener("click", open);
  }
})();
