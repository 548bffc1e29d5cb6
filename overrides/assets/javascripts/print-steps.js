/* Keeps each step on one sheet of paper, and the mentor's part off it while it is folded. Between neighbours a browser ends
 * a page although a style forbids it; inside of one block it does not. The theme unfolds everything to be printed.
 *
 * Reads: .step-minutes behind a step's heading; details.mentor.
 * Writes: data-step-on-paper, the frame of a step while the page is printed, and data-folded; steps.css knows both.
 */
(() => {
  const { all, make } = stufenweise.dom;
  const together = (heading) => {
    const step = make("div");
    step.dataset.stepOnPaper = "";
    heading.before(step);
    do step.append(step.nextSibling);
    while (step.nextSibling && !step.nextSibling.matches?.("h2, h3, .meeting"));
  };

  for (const mentor of all("details.mentor")) {
    const note = () => matchMedia("print").matches || mentor.toggleAttribute("data-folded", !mentor.open);
    mentor.addEventListener("toggle", note);
    note();
  }

  addEventListener("beforeprint", () => {
    for (const minutes of all("h3 + .step-minutes")) together(minutes.previousElementSibling);
  });
  addEventListener("afterprint", () => {
    for (const step of all("[data-step-on-paper]")) step.replaceWith(...step.childNodes);
  });
})();
