/* Keeps each step on one sheet of paper. Between neighbours a browser ends a page although a style forbids it; inside of
 * one block it does not.
 *
 * Reads: .step-minutes behind a step's heading.
 * Writes: data-step-on-paper, the frame of a step while the page is printed; print.css knows it.
 */
(() => {
  const { all, make } = globalThis.stufenweise.dom;
  const together = (heading) => {
    const step = make("div");
    step.dataset.stepOnPaper = "";
    heading.before(step);
    do step.append(step.nextSibling);
    while (step.nextSibling && !step.nextSibling.matches?.("h2, h3, .meeting"));
  };

  addEventListener("beforeprint", () => {
    for (const minutes of all("h3 + .step-minutes")) together(minutes.previousElementSibling);
  });
  addEventListener("afterprint", () => {
    for (const step of all("[data-step-on-paper]")) step.replaceWith(...step.childNodes);
  });
})();
