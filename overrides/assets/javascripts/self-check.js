/* "Where do we begin?": the questions, and the button that shows a recommendation once three are answered. No answer is
 * stored, not even in the address.
 *
 * Reads: #self-check[data-scripts] with one fieldset per question; an answer has data-points, data-because, data-lang;
 *   its [aria-live] has data-few, -one, -cleared, -failed; #recommendation with [data-do], and what recommendation.js
 *   reads.
 */
(() => {
  /* Answers needed for a recommendation. */
  const COUNT = 3;
  const { all, fill, load, onAction } = stufenweise.dom;
  const [form, result] = ["self-check", "recommendation"].map((id) => document.getElementById(id));
  const [status] = all("[aria-live]", form);

  const hide = (said = "") => {
    result.hidden = true;
    status.textContent = said;
  };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const questions = all("fieldset", form);
    const open = questions.flatMap((question, index) => (question.querySelector(":checked") ? [] : `${index + 1}`));
    const missing = COUNT - questions.length + open.length;
    const list = new Intl.ListFormat(document.documentElement.lang).format(open);
    hide(missing > 0 ? fill(status.dataset[missing > 1 ? "few" : "one"], { n: missing, list }) : "");
    if (missing > 0) return;
    if (!(await load(form.dataset.scripts, status))) return;
    stufenweise.showRecommendation(list);
    result.hidden = false;
    result.focus();
  });
  // A recommendation on the screen must match the answers above it.
  form.addEventListener("change", () => hide());
  onAction(result, {
    again() {
      form.reset();
      hide(status.dataset.cleared);
      form.elements[1].focus();
    }
  });
  form.hidden = false;
})();
