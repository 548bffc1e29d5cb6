/* Fills a choice of all tutorials from the script that holds them, for pages that are not made anew when one of them is.
 *
 * Reads: select[data-tutorials], with the folder of the site's language in it; stufenweise.tutorials, see tutorial_offer.py.
 * Writes: its options, as planner-offer.js reads them.
 */
(() => {
  const { dom: { all }, tutorials } = globalThis.stufenweise;
  const [select] = all("select[data-tutorials]");
  for (const { title, slug, lang, href, ...data } of tutorials) {
    const option = Object.assign(new Option(title, slug), { lang });
    Object.assign(option.dataset, data, { href: `${select.dataset.tutorials}/${href}` });
    select.append(option);
  }
})();
