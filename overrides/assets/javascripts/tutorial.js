/* The parts of a tutorial's page, read off it, and lent to another place.
 *
 * Reads: .meeting with data-part, .step-minutes with data-minutes behind a step's heading, the ids of the sections'
 *   headings, the first data-item of the checklist.
 * Contract: stufenweise.tutorial
 *   slug, title
 *   steps           { id, part, minutes, title, nodes }
 *   sections        { why, talk, … }: { heading, title, nodes }, by the ids of the headings
 *   lend(nodes, place), giveBack()    moves nodes, and all that is lent back to where it was
 */
(() => {
  const { all } = globalThis.stufenweise.dom;
  const SECTIONS = ["why", "learning-goals", "prepare", "local", "talk", "pitfalls", "checklist", "next"];
  const title = (heading) =>
    [...heading.childNodes].map((node) => (node.className === "headerlink" ? "" : node.textContent)).join("");

  const below = (node, end) => {
    const nodes = [];
    while ((node = node.nextElementSibling) && !node.matches(end)) nodes.push(node);
    return nodes;
  };

  const steps = [];
  let part = 1;
  for (const node of all(".meeting, .step-minutes")) {
    const heading = node.previousElementSibling;
    if (node.dataset.part) part = Number(node.dataset.part);
    else {
      const nodes = below(node, "h2, h3, .meeting");
      steps.push({ id: heading.id, part, minutes: Number(node.dataset.minutes), title: title(heading), nodes });
    }
  }

  const sections = {};
  for (const id of SECTIONS) {
    const heading = document.getElementById(id);
    if (heading) sections[id] = { heading, title: title(heading), nodes: below(heading, "h2") };
  }

  const lent = [];
  const lend = (nodes, place) => {
    for (const node of nodes) {
      const mark = document.createComment("");
      node.replaceWith(mark);
      place.append(node);
      lent.push([mark, node]);
    }
  };
  const giveBack = () => {
    for (const [mark, node] of lent.splice(0)) mark.replaceWith(node);
  };

  const tutorial = {
    slug: document.querySelector("[data-item^='tutorials/']").dataset.item.split("/")[1],
    title: title(document.querySelector("h1")),
    steps, sections, lend, giveBack,
  };
  globalThis.stufenweise = Object.freeze({ ...globalThis.stufenweise, tutorial: Object.freeze(tutorial) });
})();
