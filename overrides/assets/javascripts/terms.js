/* Explains a term where it stands; without scripts its link leads to the glossary.
 *
 * Reads: a.term with data-term, the term, and its title, the explanation; within it [lang], if it is said in another language.
 * Writes: aria-expanded, and .term-note at the end of the paragraph, item or cell.
 */
(() => {
  const { all, make } = globalThis.stufenweise.dom;
  for (const link of all("a.term")) {
    const { dataset: { term }, title } = link;
    const name = make("strong", term);
    if (link.children.length) name.lang = link.children[0].lang;
    const note = make("span", name, ` ${title}`);
    note.className = "term-note";
    link.ariaExpanded = "false";
    link.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      link.ariaExpanded = String(!note.isConnected);
      if (note.isConnected) return note.remove();
      link.closest("p, li, dd, td, th, blockquote").append(note);
      note.scrollIntoView({ block: "nearest" });
    });
  }
})();
