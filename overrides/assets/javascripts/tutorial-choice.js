/* Fills a list of all tutorials, grouped by level, from the script that holds them. For pages that are not rebuilt when
 * a tutorial changes, and for pages that need the list only later.
 *
 * Reads: select[data-tutorials], the folder of the site's language, with data-level, a level's name with {n} in it;
 *   stufenweise.tutorials, see tutorial_choice.py.
 * Writes: its options, as planner-offer.js reads them.
 */
(() => {
  const {
    dom: { all, fill, make },
    tutorials
  } = stufenweise;
  const [select] = all("select[data-tutorials]");
  const { tutorials: folder, level: name } = select.dataset;
  for (const { title, slug, lang, href, level, minutes, short, requires, prepare } of tutorials) {
    const option = Object.assign(new Option(title, slug), { lang: lang || document.documentElement.lang });
    Object.assign(option.dataset, { minutes, short, prepare, requires: requires.join(" "), href: `${folder}/${href}` });
    const label = fill(name, { n: level });
    const last = all("optgroup", select).at(-1);
    const group = last?.label === label ? last : Object.assign(make("optgroup"), { label });
    group.append(option);
    select.append(group);
  }
})();
