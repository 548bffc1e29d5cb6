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

  /* By facet: wanted value -> function that tests a tutorial. */
  const facets = {
    level(wanted) {
      const levels = wanted.split(",");
      return ({ level }) => levels.includes(level);
    },
    orientation:
      (wanted) =>
      ({ orientation }) =>
        [wanted, "both"].includes(orientation),
    effort:
      (wanted) =>
      ({ effort }) =>
        Number(effort) <= wanted,
    minutes:
      (wanted) =>
      ({ minutes }) =>
        Number(minutes) <= wanted,
    goal:
      (wanted) =>
      ({ goals }) =>
        goals.split(" ").includes(wanted),
    state: (wanted, ticks) => (tutorial) => states(tutorial, ticks).includes(wanted),
    q:
      (_wanted, _ticks, slugs) =>
      ({ tutorial }) =>
        !slugs || slugs.has(tutorial)
  };

  const matcher = (choice, ticks, slugs) => {
    const questions = choice.map(([facet, wanted]) => facets[facet](wanted, ticks, slugs));
    return (tutorial) => questions.every((has) => has(tutorial));
  };

  globalThis.stufenweise = Object.freeze({
    ...globalThis.stufenweise,
    tutorialFilter: Object.freeze({ facets: Object.keys(facets), matcher })
  });
})();
