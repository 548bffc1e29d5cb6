/* Shows where the page's ticks and texts are stored; if they are not stored, says so and why.
 *
 * Reads: [data-not-kept], the text to show instead while nothing is stored; [data-trouble] with one sentence for each
 *   value of store.trouble().
 */
(() => {
  const {
    dom: { all, write },
    store
  } = stufenweise;
  const notes = all("[data-not-kept]").map((note) => [note, note.textContent, note.dataset.notKept]);
  const troubles = all("[data-trouble]");

  const show = () => {
    for (const [note, kept, notKept] of notes) write(note, store.keeps() ? kept : notKept);
    for (const node of troubles) {
      node.hidden = !store.trouble();
      write(node, node.dataset[store.trouble()]);
    }
  };

  store.subscribe(show);
  show();
})();
