/* Keeps each step on one sheet of paper. Between neighbours a browser ends a page although a style forbids it; inside of
 * one block it does not.
 */
(() => {
  const together = (heading) => {
    const step = document.createElement("div");
    step.dataset.stepOnPaper = "";
    heading.before(step);
    do step.append(step.nextSibling);
    while (step.nextSibling && !step.nextSibling.matches?.("h2, h3, .meeting"));
  };

  addEventListener("beforeprint", () => {
    for (const minutes of document.querySelectorAll("h3 + .step-minutes")) together(minutes.previousElementSibling);
  });
  addEventListener("afterprint", () => {
    for (const step of document.querySelectorAll("[data-step-on-paper]")) step.replaceWith(...step.childNodes);
  });
})();
