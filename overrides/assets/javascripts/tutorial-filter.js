/* Which tutorials a choice leaves, facet by facet. Knows no page.
 *
 * Contract: stufenweise.tutorialFilter
 *   facets                         their names
 *   matcher(choice, ticks, found)  whether a tutorial is left, as a function of it
 *     choice     [[facet, wanted], …]: level "1,3", orientation, effort and minutes at the most, goal, state, q
 *     ticks      a Set of the ids that are ticked
 *     found      a Set of the slugs that the search found for q; none are left out while it is missing
 *     tutorial   { tutorial, level, orientation, effort, minutes, goals, items }, as data- attributes hold them: lists
 *                with spaces, all as texts
 */
(() => {
  /* A tutorial that was begun is open, too. */
  const states = ({ items }, ticks) => {
    const all = items.split(" ");
    const n = all.filter((item) => ticks.has(item)).length;
    return n === all.length ? ["done"] : n ? ["open", "started"] : ["open"];
  };

  /* What is wanted of a facet becomes the question whether a tutorial has it. */
  const facets = {
    level(wanted) {
      const levels = wanted.split(",");
      return ({ level }) => levels.includes(level);
    },
    orientation: (wanted) => ({ orientation }) => [wanted, "both"].includes(orientation),
    effort: (wanted) => ({ effort }) => Number(effort) <= wanted,
    minutes: (wanted) => ({ minutes }) => Number(minutes) <= wanted,
    goal: (wanted) => ({ goals }) => goals.split(" ").includes(wanted),
    state: (wanted, ticks) => (tutorial) => states(tutorial, ticks).includes(wanted),
    q: (_, ticks, found) => ({ tutorial }) => !found || found.has(tutorial),
  };

  const matcher = (choice, ticks, found) => {
    const questions = choice.map(([facet, wanted]) => facets[facet](wanted, ticks, found));
    return (tutorial) => questions.every((has) => has(tutorial));
  };

  globalThis.stufenweise = Object.freeze({ ...globalThis.stufenweise, tutorialFilter: Object.freeze({ facets: Object.keys(facets), matcher }) });
})();
