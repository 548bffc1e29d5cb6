/* Makes tables that are wider than their frame scrollable by keyboard, and gives the frame a name (WCAG 2.1.1).
 *
 * Reads: .table-scroll, and the frame that the theme puts around other tables. The name is the table's caption, or the
 *   heading before it.
 */
(() => {
  const { all } = stufenweise.dom;

  const nameOf = (frame) => {
    const isBefore = (heading) => heading.compareDocumentPosition(frame) & Node.DOCUMENT_POSITION_FOLLOWING;
    const [caption] = all("caption", frame);
    return (caption ?? all("h1, h2, h3, h4").findLast(isBefore)).textContent.replace("¶", "");
  };

  const adapt = (frame) => {
    const isWide = frame.scrollWidth > frame.clientWidth;
    if (isWide) frame.tabIndex = 0;
    else frame.removeAttribute("tabindex");
    frame.role = isWide ? "group" : null;
    frame.ariaLabel = isWide ? nameOf(frame) : null;
  };

  const observer = new ResizeObserver((entries) => {
    for (const { target } of entries) adapt(target);
  });
  addEventListener("load", () => {
    for (const frame of all(".table-scroll, .md-typeset__scrollwrap")) observer.observe(frame);
  });
})();
