/* Decides which tutorials the filters leave. Pure functions: no page.
 *
 * Contract: stufenweise.tutorialFilter
 *   facets                         the names of the filters
 *   matcher(choice, ticks, found)  returns a function: tutorial -> whether it is left
 *     choice     [[facet, wanted], …]: level "1,3", orientation, effort and minutes (upper limits), goal, state, q
 *     ticks      a Set of the ticked ids
 *     found      a Set of the slugs that the search found for q; undefined until then, and all are left
 *     tutorial   { tutorial, level, orientation, effort, minutes, goals, items }, texts as in its data- attributes;
 *                goals and items are separated by spaces
 */
(() => {
  /* A tutorial that was started counts as open, too. */
  const states = ({ items }, ticks) => {
    const all = items.split(" ");
    const n = all.filter((item) => ticks.has(item)).length;
    return n === all.length ? ["done"] : n ? ["open", "started"] : ["open"];
  };

  /* By facet: whether a tutorial is what is wanted. */
  const facets = {
    level: ({ level }, wanted) => wanted.split(",").includes(level),
    orientation: ({ orientation }, wanted) => [wanted, "both"].includes(orientation),
    effort: ({ effort }, wanted) => Number(effort) <= wanted,
    minutes: ({ minutes }, wanted) => Number(minutes) <= wanted,
    goal: ({ goals }, wanted) => goals.split(" ").includes(wanted),
    state: (tutorial, wanted, ticks) => states(tutorial, ticks).includes(wanted),
    q: ({ tutorial }, _wanted, _ticks, slugs) => !slugs || slugs.has(tutorial)
  };

  const matcher = (choice, ticks, slugs) => (tutorial) =>
    choice.every(([facet, wanted]) => facets[facet](tutorial, wanted, ticks, slugs));

  globalThis.stufenweise = Object.freeze({
    ...globalThis.stufenweise,
    tutorialFilter: Object.freeze({ facets: Object.keys(facets), matcher })
  });
})();
