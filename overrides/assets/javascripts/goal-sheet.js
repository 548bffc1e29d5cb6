/* Stores the pair's goal sheet in this browser.
 *
 * Reads: form[data-goal-sheet] with its named fields.
 * Writes: data-text of the element around a text field: a copy of the text, so that all of it is printed.
 * Stores "goals": { FIELD: text }.
 */
(() => {
  const { dom, store } = stufenweise;
  const { all, onAction } = dom;
  const [form] = all("[data-goal-sheet]");
  const fields = [...form.elements].filter(({ name }) => name);

  const repeat = (field) => (field.parentElement.dataset.text = field.value);

  const show = () => {
    const goals = store.get("goals") ?? {};
    for (const field of fields) {
      if (field !== document.activeElement) field.value = goals[field.name] ?? "";
      repeat(field);
    }
  };

  form.addEventListener("input", ({ target }) => {
    repeat(target);
    store.set("goals", Object.fromEntries(fields.filter(({ value }) => value).map(({ name, value }) => [name, value])));
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  onAction(form);
  store.subscribe(show);
  for (const part of all(":scope > [hidden]", form)) part.hidden = false;
  show();
})();
