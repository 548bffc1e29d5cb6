/* What is recommended for the answers of the self-check; loaded when it is asked for. The tutorials are kept when they are added
 * to the pair's programme.
 *
 * Reads: #self-check[data-goals] and its answers' data-points, data-because, data-lang; #recommendation with [data-result],
 *   a[data-start], [data-do=add] and data-goal, -before, -level, -none, -open as its sentences. template[data-levels] and
 *   template[data-tutorials] hold what can be recommended, with data-level, -requires, -goals, -least, and the minutes that it
 *   takes in half an hour as data-short.
 * Contract: stufenweise.showRecommendation(list)   puts it on the page; list: the questions without an answer, in words
 */
(() => {
  const { dom, keptProgramme, recommend, store } = stufenweise;
  const { all, fill } = dom;
  const [form, result] = ["self-check", "recommendation"].map((id) => document.getElementById(id));
  const place = (name) => result.querySelector(`[data-result=${name}]`);
  const [levels, tutorials] = all("template[data-levels], template[data-tutorials]").map(({ content }) => [...content.children]);
  const goals = JSON.parse(form.dataset.goals);

  let slugs = [];

  const show = (list, id, { answer, goal, before }, otherwise) => {
    const title = (slug) => list.find((one) => one.id === slug).querySelector("a").textContent;
    const node = list.find((one) => one.id === id).cloneNode(true);
    const text = node.querySelector("p > span:last-child");
    node.removeAttribute("id");
    text.lang = answer?.lang || document.documentElement.lang;
    text.textContent = answer?.because
      ?? (goal && fill(result.dataset.goal, { goal: goals[goal].title }))
      ?? (before && fill(result.dataset.before, { tutorial: title(before) }))
      ?? result.dataset[otherwise];
    return node;
  };

  const showRecommendation = (list) => {
    const found = recommend(
      all(":checked", form).map(({ dataset }) => ({ ...dataset, ...JSON.parse(dataset.points) })),
      levels.map((one) => +one.dataset.level),
      tutorials.map(({ id, dataset: { level, requires, goals: codes, least } }) => ({
        slug: id, level: +level, least: +least, requires: requires.match(/\S+/g) ?? [], goals: codes.split(" "),
      })),
      goals,
    );
    place("level").replaceChildren(show(levels, `${found.level}`, found.reason, "none"));
    place("tutorials").replaceChildren(...found.tutorials.map(({ slug, reason }) => show(tutorials, slug, reason, "level")));
    for (const node of found.short ? all("[data-short]", place("tutorials")) : []) node.textContent = node.dataset.short;
    slugs = found.tutorials.map(({ slug }) => slug);
    result.querySelector("[data-start]").href = `${place("tutorials").querySelector("a").getAttribute("href")}#session`;
    place("open").textContent = list && fill(result.dataset.open, { list });
  };

  result.querySelector("[data-do=add]").onclick = ({ target }) => {
    keptProgramme.add(slugs);
    store.persist();
    location.href = target.dataset.href;
  };
  globalThis.stufenweise = Object.freeze({ ...globalThis.stufenweise, showRecommendation });
})();
