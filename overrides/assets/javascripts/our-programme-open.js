/* The pair's page, first part: shows at once what needs no other script, and loads the rest.
 *
 * Reads: [data-our][data-scripts], which it shows; inside it [data-empty], the ways to begin, shown if the pair has no
 *   data; [data-said], which shows its data-failed if the rest can not be loaded.
 */
(() => {
  const {
    dom: { all, load },
    store
  } = stufenweise;
  const [our] = all("[data-our]");

  all("[data-empty]", our)[0].hidden = Object.keys(store.all()).length + store.list("session").length > 0;
  our.hidden = false;
  load(our.dataset.scripts, all("[data-said]", our)[0]);
})();
