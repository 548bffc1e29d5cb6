/* The parts of a tutorial's page, read off it, and lent to another place.
 *
 * Reads: .meeting with data-part, .step-minutes with data-minutes and data-short behind a step's heading, .guidance in
 *   the step, the ids of the sections' headings, the first data-item of the checklist; details.mentor and .look-up, each
 *   behind its heading.
 * Contract: stufenweise.tutorial
 *   slug, title
 *   steps           { id, part, minutes, short, title, nodes, told }; short: minutes in half an hour, 0 if left out there;
 *                   told: what is said to the mentor alone
 *   sections        { why, talk, … }: { heading, title, nodes }, by the ids of the headings
 *   lend(nodes, place), giveBack()    moves nodes and shows them, and all that is lent back to where and what it was
 */
(() => {
  const { all } = stufenweise.dom;
  const SECTIONS = ["why", "learning-goals", "prepare", "material", "local", "talk", "pitfalls", "checklist", "next"];
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
      const [told, nodes] = [".guidance", ":not(.guidance)"].map((some) =>
        below(node, "h2, h3, .meeting").filter((one) => one.matches(some)),
      );
      const { minutes, short = 0 } = node.dataset;
      steps.push({ id: heading.id, part, minutes: +minutes, short: +short, title: title(heading), nodes, told });
    }
  }

  const sections = {};
  for (const id of SECTIONS) {
    const heading = document.getElementById(id);
    if (heading) sections[id] = { heading, title: title(heading), nodes: below(heading, id === "pitfalls" ? "h3" : "h2") };
  }

  // A part that is folded opens when a link of the page leads to it.
  for (const part of all(".mentor, .look-up")) {
    for (const link of all(`[href="#${part.previousElementSibling.id}"]`)) link.onclick = () => (part.open = true);
  }

  /* A table moves with the frame in which it scrolls; the theme puts it around the table some time after loading. */
  const framed = (node) => node.closest(".md-typeset__scrollwrap") ?? node;

  const lent = [];
  const lend = (nodes, place) => {
    for (const node of nodes.map(framed)) {
      const mark = document.createComment("");
      node.replaceWith(mark);
      place.append(node);
      lent.push([mark, node, node.hidden]);
      node.hidden = false;
    }
  };
  const giveBack = () => {
    for (const [mark, node, hidden] of lent.splice(0)) {
      mark.replaceWith(framed(node));
      node.hidden = hidden;
    }
  };

  const tutorial = {
    slug: document.querySelector("[data-item^='tutorials/']").dataset.item.split("/")[1],
    title: title(document.querySelector("h1")),
    steps, sections, lend, giveBack,
  };
  globalThis.stufenweise = Object.freeze({ ...globalThis.stufenweise, tutorial: Object.freeze(tutorial) });
})();
