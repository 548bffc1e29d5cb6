/* Shows the recommendation of the self-check; loaded when first needed. The tutorials are stored only when the reader
 * adds them to the pair's programme.
 *
 * Reads: #self-check[data-goals] and its answers' data-points, data-because, data-lang; #recommendation with
 *   [data-result], a[data-start], [data-do=add], and data-goal, -before, -level, -none, -open as its sentences;
 *   template[data-levels] with one element per data-level; template[data-tutorial] with the element for a tutorial, and
 *   the folder of the tutorials as its value; stufenweise.tutorials, see tutorial_choice.py.
 * Contract: stufenweise.showRecommendation(list)   shows it; list: the unanswered questions in words, or ""
 */
(() => {
  const { dom, keptProgramme, recommend, store, tutorials } = stufenweise;
  const { all, fill } = dom;
  const [form, result] = ["self-check", "recommendation"].map((id) => document.getElementById(id));
  const place = (name) => result.querySelector(`[data-result=${name}]`);
  const levels = [...all("template[data-levels]")[0].content.children];
  const [entry] = all("template[data-tutorial]");
  const { lang: own } = document.documentElement;
  const goals = JSON.parse(form.dataset.goals);

  let slugs = [];

  const tutorial = (slug) => tutorials.find((tutorial) => tutorial.slug === slug);

  const reasoned = (node, { answer, goal, before }, otherwise) => {
    const text = node.querySelector("p > span:last-child");
    text.lang = answer?.lang || own;
    text.textContent =
      answer?.because ??
      (goal && fill(result.dataset.goal, { goal: goals[goal].title })) ??
      (before && fill(result.dataset.before, { tutorial: tutorial(before).title })) ??
      result.dataset[otherwise];
    return node;
  };

  const tutorialOf = ({ title, href, lang, time, shortTime }, short) => {
    const node = entry.content.firstElementChild.cloneNode(true);
    const [link, minutes] = node.children;
    Object.assign(link, { textContent: title, href: `${entry.dataset.tutorial}/${href}`, lang: lang || own });
    minutes.textContent = `(${(short && shortTime) || time})`;
    return node;
  };

  const showRecommendation = (list) => {
    const advice = recommend(
      all(":checked", form).map(({ dataset }) => ({ ...dataset, ...JSON.parse(dataset.points) })),
      levels.map((level) => +level.dataset.level),
      tutorials,
      goals
    );
    const level = levels.find(({ dataset }) => +dataset.level === advice.level).cloneNode(true);
    place("level").replaceChildren(reasoned(level, advice.reason, "none"));
    place("tutorials").replaceChildren(
      ...advice.tutorials.map(({ slug, reason }) => reasoned(tutorialOf(tutorial(slug), advice.short), reason, "level"))
    );
    slugs = advice.tutorials.map(({ slug }) => slug);
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
