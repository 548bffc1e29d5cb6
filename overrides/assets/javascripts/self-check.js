/* "Where do we begin?": from answers to a level and three tutorials. Nothing is stored, not even in the address.
 *
 * Contract: #self-check[data-goals]: a fieldset a question; an answer has data-points, data-because, data-lang.
 * #recommendation: [data-result], [data-do], sentences as data- attributes. template[data-levels], [data-tutorials].
 * stufenweise.recommend(answers, levels, tutorials, goals) only reckons: { level, reason, tutorials: [{ slug, reason }] };
 * a reason is { answer }, { goal } (its code), { before } (slug of the tutorial that it prepares) or {}.
 */
(() => {
  const COUNT = 3;
  const OWN_LEVEL = 3;

  const best = (list, of) => [...list].sort((a, b) => of(b) - of(a))[0];

  const recommend = (answers, levels, tutorials, goals) => {
    const sum = (list, of) => list.reduce((all, one) => all + of(one), 0);
    const points = (kind, key) => sum(answers, (answer) => answer[kind]?.[key] ?? 0);
    const wish = (code) => points("goals", code);
    const wanted = Object.keys(goals).filter(wish);
    const serves = (code, level) => wish(code) * (goals[code].levels[level] ?? 0);
    // All goals together weigh as one answer; multiplied, for divided they would break ties.
    const all = sum(wanted, wish) || 1;
    const level = best(levels, (one) => all * points("levels", one) + sum(wanted, (code) => serves(code, one)));

    const said = (kind, key) => {
      const of = (one) => (one.because && one[kind]?.[key]) || 0;
      const answer = best(answers, of);
      return answer && of(answer) > 0 && { answer };
    };
    const goal = best(wanted, (code) => serves(code, level));

    const worth = ({ slug }) => points("tutorials", slug);
    const known = (one) => worth(one) < 0 || (one.level < level && !worth(one));
    const rank = (one) =>
      worth(one) + OWN_LEVEL * (one.level === level) + Math.max(0, ...wanted.map((code) => [2, 1][one.goals.indexOf(code)] ?? 0));
    const find = (slug) => tutorials.find((one) => one.slug === slug);
    const path = (one) => (known(one) ? [] : [...one.requires.map(find).flatMap(path), one]);
    const open = tutorials.filter((one) => !known(one) && (one.level === level || worth(one) > 0)).sort((a, b) => rank(b) - rank(a));
    let chosen = [];
    for (const others of [1, COUNT]) {
      for (const one of open) {
        const next = [...new Set(chosen.concat(path(one)))];
        if (next.length <= COUNT && sum(next, (other) => other.level !== level) <= others) chosen = next;
      }
    }

    const why = (one) => {
      const before = chosen.find(({ requires }) => requires.includes(one.slug))?.slug;
      return said("tutorials", one.slug) || (before ? { before } : { goal: one.goals.find((code) => wanted.includes(code)) });
    };
    return {
      level,
      reason: said("levels", level) || { goal: goal && serves(goal, level) ? goal : undefined },
      tutorials: chosen.map((one) => ({ slug: one.slug, reason: why(one) })),
    };
  };
  globalThis.stufenweise = Object.freeze({ ...globalThis.stufenweise, recommend });

  const [form, result] = ["self-check", "recommendation"].map((id) => document.getElementById(id));
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const [status] = all("[role=status]", form);
  const place = (name) => result.querySelector(`[data-result=${name}]`);
  const [levels, tutorials] = all("template[data-levels], template[data-tutorials]").map(({ content }) => [...content.children]);
  const goals = JSON.parse(form.dataset.goals);
  const language = document.documentElement.lang;

  const show = (list, id, { answer, goal, before }, otherwise) => {
    const title = (slug) => list.find((one) => one.id === slug).querySelector("a").textContent;
    const node = list.find((one) => one.id === id).cloneNode(true);
    const text = node.querySelector("p > span:last-child");
    node.removeAttribute("id");
    text.lang = answer?.lang || language;
    // Functions, for "$" means something in a replacement.
    text.textContent = answer?.because
      ?? (goal && result.dataset.goal.replace("{goal}", () => goals[goal].title))
      ?? (before && result.dataset.before.replace("{tutorial}", () => title(before)))
      ?? result.dataset[otherwise];
    return node;
  };

  const draw = (open) => {
    const found = recommend(
      all(":checked", form).map(({ dataset }) => ({ ...dataset, ...JSON.parse(dataset.points) })),
      levels.map((one) => +one.dataset.level),
      tutorials.map(({ id, dataset }) => ({ slug: id, level: +dataset.level, requires: dataset.requires.match(/\S+/g) ?? [], goals: dataset.goals.split(" ") })),
      goals,
    );
    place("level").replaceChildren(show(levels, `${found.level}`, found.reason, "none"));
    place("tutorials").replaceChildren(...found.tutorials.map(({ slug, reason }) => show(tutorials, slug, reason, "level")));
    place("open").textContent = open.length ? result.dataset.open.replace("{list}", new Intl.ListFormat(language).format(open)) : "";
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const questions = all("fieldset", form);
    const open = questions.flatMap((one, index) => (one.querySelector(":checked") ? [] : `${index + 1}`));
    const missing = COUNT - questions.length + open.length;
    result.hidden = missing > 0;
    status.textContent = missing > 0 ? status.dataset[missing > 1 ? "few" : "one"].replace("{n}", missing) : "";
    if (missing > 0) return;
    draw(open);
    result.focus();
  });
  // What is shown belongs to the answers above it.
  form.addEventListener("change", () => {
    result.hidden = true;
    status.textContent = "";
  });
  result.addEventListener("click", ({ target: { dataset } }) => {
    if (dataset.do === "print") print();
    if (dataset.do !== "again") return;
    form.reset();
    result.hidden = true;
    status.textContent = status.dataset.cleared;
    form.elements[1].focus();
  });
  status.parentElement.hidden = false;
})();
