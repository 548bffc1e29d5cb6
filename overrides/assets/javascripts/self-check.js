/* "Where do we begin?": shows what is recommended for the answers. No answer is stored, not even in
 * the address; the tutorials are, when they are added to the pair's programme.
 *
 * Reads: #self-check[data-goals]: a fieldset a question; an answer has data-points, data-because, data-lang; its
 *   [aria-live] has data-few, -one, -cleared. #recommendation with [data-result], a[data-start], [data-do] and data-goal, -before, -level,
 *   -none, -open as its sentences. template[data-levels] and template[data-tutorials] hold what can be recommended, with
 *   data-level, -requires, -goals, -least, and the minutes that it takes in half an hour as data-short.
 */
(() => {
  const COUNT = 3;
  const { dom, keptProgramme, recommend, store } = globalThis.stufenweise;
  const { all, fill, onAction } = dom;
  const [form, result] = ["self-check", "recommendation"].map((id) => document.getElementById(id));
  const [status] = all("[aria-live]", form);
  const place = (name) => result.querySelector(`[data-result=${name}]`);
  const [levels, tutorials] = all("template[data-levels], template[data-tutorials]").map(({ content }) => [...content.children]);
  const goals = JSON.parse(form.dataset.goals);
  const language = document.documentElement.lang;

  let slugs = [];

  const show = (list, id, { answer, goal, before }, otherwise) => {
    const title = (slug) => list.find((one) => one.id === slug).querySelector("a").textContent;
    const node = list.find((one) => one.id === id).cloneNode(true);
    const text = node.querySelector("p > span:last-child");
    node.removeAttribute("id");
    text.lang = answer?.lang || language;
    text.textContent = answer?.because
      ?? (goal && fill(result.dataset.goal, { goal: goals[goal].title }))
      ?? (before && fill(result.dataset.before, { tutorial: title(before) }))
      ?? result.dataset[otherwise];
    return node;
  };

  const draw = (list) => {
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

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const questions = all("fieldset", form);
    const open = questions.flatMap((one, index) => (one.querySelector(":checked") ? [] : `${index + 1}`));
    const missing = COUNT - questions.length + open.length;
    result.hidden = missing > 0;
    const list = new Intl.ListFormat(language).format(open);
    status.textContent = missing > 0 ? fill(status.dataset[missing > 1 ? "few" : "one"], { n: missing, list }) : "";
    if (missing > 0) return;
    draw(list);
    result.focus();
  });
  // What is shown belongs to the answers above it.
  form.addEventListener("change", () => {
    result.hidden = true;
    status.textContent = "";
  });
  onAction(result, {
    add({ dataset }) {
      keptProgramme.add(slugs);
      store.persist();
      location.href = dataset.href;
    },
    again() {
      form.reset();
      result.hidden = true;
      status.textContent = status.dataset.cleared;
      form.elements[1].focus();
    },
  });
  form.hidden = false;
})();
