/* Keeps each step on one printed page, and hides the mentor's part on paper while it is folded. Browsers break a page
 * between sibling elements even if a style forbids it, but not inside one block. For printing, the theme unfolds all.
 *
 * Reads: .step-minutes behind a step's heading; details.mentor.
 * Writes: [data-step-on-paper], an element around each step while the page is printed; data-folded of details.mentor.
 *   steps.css styles both.
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
