/* Shows the explanation of a term where it is used; without scripts the link leads to the glossary.
 *
 * Reads: a.term with data-term, the term, and title, the explanation; [lang] inside it, if the term is in another
 *   language.
 * Writes: aria-expanded, and .term-note at the end of the paragraph, item or cell.
 */
(() => {
  const { all, make } = stufenweise.dom;
  for (const link of all("a.term")) {
    const name = make("b", link.dataset.term);
    if (link.children.length) name.lang = link.children[0].lang;
    const note = make("span", name, " ", link.title);
    note.className = "term-note";
    link.ariaExpanded = false;
    link.onclick = () => {
      const open = !note.isConnected;
      link.ariaExpanded = open;
      if (open) link.closest("p,li,dd,td,th").append(note);
      else note.remove();
      note.scrollIntoView({ block: "nearest" });
      return false;
    };
  }
})();
