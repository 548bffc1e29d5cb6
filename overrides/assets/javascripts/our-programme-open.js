/* The pair's page: shows at once what needs no more than the page, and loads behind it what shows all that the browser has kept.
 *
 * Reads: [data-our][data-scripts], which it shows; in it [data-empty], the ways in, shown where nothing
 *   is kept, and [data-said], which says by its data-failed when the rest does not come.
 */
(() => {
  const { dom: { all, load }, store } = stufenweise;
  const [our] = all("[data-our]");

  all("[data-empty]", our)[0].hidden = store.kinds().length > 0;
  our.hidden = false;
  load(our.dataset.scripts, all("[data-said]", our)[0]);
})();
