/* Says where a page keeps what is ticked and written on it, and while nothing is stored, that and why.
 *
 * Reads: [data-not-kept], what its text becomes while nothing is stored; [data-trouble], with a sentence for each trouble of
 *   the store.
 */
(() => {
  const { dom: { all, write }, store } = stufenweise;
  const notes = all("[data-not-kept]").map((note) => [note, note.textContent, note.dataset.notKept]);
  const troubles = all("[data-trouble]");

  const show = () => {
    // Whether it can be read is known only once it is asked for.
    store.all();
    for (const [note, kept, notKept] of notes) write(note, store.keeps ? kept : notKept);
    for (const node of troubles) {
      node.hidden = !store.trouble;
      write(node, node.dataset[store.trouble]);
    }
  };

  store.subscribe(show);
  show();
})();
