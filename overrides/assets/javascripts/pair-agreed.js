/* The pair's page: its goals and its agreements.
 *
 * Reads: [data-goals], a[data-goal-link]; ul[data-agreed], [data-agreed-before] for finished agreements;
 *   form[data-agree] with the fields "text", "by"; template[data-words].
 * Stores "next-steps": { SLUG or ID: { by, text, done } }, by and done as days; session-end.js writes it too.
 * Contract: stufenweise.pairAgreed
 *   draw()   draws both
 */
(() => {
  /* Days until a new agreement is due, as proposed. */
  const WEEK = 7;
  const {
    dom,
    days: { long, today, workday },
    store,
    keptProgramme
  } = stufenweise;
  const { all, fill, make, write } = dom;
  const find = dom.finder();
  const words = find("template[data-words]").dataset;
  const [list] = all("ul[data-agreed]");
  const [before] = all("details[data-agreed-before]");
  const [form] = all("form[data-agree]");
  /* Numbers of the goals on the goal sheet, as in its fields. */
  const GOALS = [1, 2, 3];

  const steps = () => store.get("next-steps") ?? {};

  const line = ([id, { by, text, done }]) => {
    const box = Object.assign(make("input"), { type: "checkbox", checked: Boolean(done), autocomplete: "off" });
    box.dataset.step = id;
    box.ariaLabel = fill(words.agreedOf, { text });
    return make(
      "li",
      make("label", box, make("span", words.agreedDone)),
      make("span", fill(words.agreedBy, { day: long(by), text }))
    );
  };

  const fillList = (place, lines) => {
    const focused = document.activeElement.dataset.step;
    place.replaceChildren(...lines);
    if (focused)
      all("[data-step]", place)
        .find(({ dataset }) => dataset.step === focused)
        ?.focus();
  };

  const draw = () => {
    const lines = keptProgramme.agreements();
    const open = lines.filter(([, { done }]) => !done);
    const done = lines.filter((entry) => entry[1].done);
    fillList(list, open.length ? open.map(line) : [make("li", words.agreedNone)]);
    before.hidden = !done.length;
    const [summary, place] = before.children;
    write(summary, words.agreedBefore, { n: done.length });
    fillList(place, done.map(line));

    const goals = store.get("goals") ?? {};
    const reached = GOALS.filter((n) => goals[`reach-${n}`]).map((n) => {
      const [text, day] = [goals[`reach-${n}`], goals[`by-${n}`]];
      return make("p", day ? fill(words.goalBy, { text, day: long(day) }) : text);
    });
    find("[data-goals]").replaceChildren(...(reached.length ? reached : [make("p", words.goalNone)]));
    write(find("[data-goal-link]"), words[reached.length ? "goalChange" : "goalWrite"]);
  };

  addEventListener("change", ({ target: { checked, dataset } }) => {
    const { step } = dataset;
    if (!step) return;
    const { done, ...agreement } = steps()[step];
    store.set("next-steps", { ...steps(), [step]: checked ? { ...agreement, done: today() } : agreement });
  });

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const { text, by } = form.elements;
    const id = keptProgramme.newId();
    store.set("next-steps", { ...steps(), [id]: { by: by.value, text: text.value } });
    text.value = "";
    text.focus();
  });
  form.elements.by.value = workday(WEEK);

  globalThis.stufenweise = Object.freeze({ ...globalThis.stufenweise, pairAgreed: Object.freeze({ draw }) });
})();
