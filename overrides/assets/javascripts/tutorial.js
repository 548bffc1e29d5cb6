/* Reads the parts of a tutorial off its page, and can move them to another place for a while.
 *
 * Reads: .meeting with data-part; .step-minutes with data-minutes and data-short behind a step's heading; .guidance in
 *   the step; the ids of the sections' headings; the first data-item of the checklist; details.mentor and .look-up,
 *   each behind its heading.
 * Contract: stufenweise.tutorial
 *   slug, title
 *   steps               [{ id, part, minutes, short, title, nodes, notes }]; short: minutes in the short version, 0 if
 *                       the step is left out there; notes: the elements for the mentor only
 *   sections            { why, talk, … }: { heading, title, nodes }, by the id of the heading
 *   move(nodes, place)  moves elements into place and shows them
 *   moveBack()          moves all moved elements back, hidden again if they were
 */
(() => {
  const { all } = stufenweise.dom;
  const SECTIONS = ["why", "learning-goals", "prepare", "material", "local", "talk", "pitfalls", "checklist", "next"];
  const title = (heading) =>
    [...heading.childNodes].map((node) => (node.className === "headerlink" ? "" : node.textContent)).join("");

  const below = (node, end) => {
    const next = node.nextElementSibling;
    return !next || next.matches(end) ? [] : [next, ...below(next, end)];
  };

  const steps = [];
  let part = 1;
  for (const node of all(".meeting, .step-minutes")) {
    const heading = node.previousElementSibling;
    if (node.dataset.part) part = Number(node.dataset.part);
    else {
      const [notes, nodes] = [".guidance", ":not(.guidance)"].map((selector) =>
        below(node, "h2, h3, .meeting").filter((sibling) => sibling.matches(selector))
      );
      const { minutes, short = 0 } = node.dataset;
      steps.push({ id: heading.id, part, minutes: +minutes, short: +short, title: title(heading), nodes, notes });
    }
  }

  const sections = {};
  for (const id of SECTIONS) {
    const heading = document.getElementById(id);
    if (heading)
      sections[id] = { heading, title: title(heading), nodes: below(heading, id === "pitfalls" ? "h3" : "h2") };
  }

  // A link to a folded part opens it.
  for (const part of all(".mentor, .look-up")) {
    for (const link of all(`[href="#${part.previousElementSibling.id}"]`)) link.onclick = () => (part.open = true);
  }

  /* A table moves together with its scroll frame, which the theme adds some time after loading. */
  const framed = (node) => node.closest(".md-typeset__scrollwrap") ?? node;

  const moved = [];
  const move = (nodes, place) => {
    for (const node of nodes.map(framed)) {
      const mark = document.createComment("");
      node.replaceWith(mark);
      place.append(node);
      moved.push([mark, node, node.hidden]);
      node.hidden = false;
    }
  };
  const moveBack = () => {
    for (const [mark, node, hidden] of moved.splice(0)) {
      mark.replaceWith(framed(node));
      node.hidden = hidden;
    }
  };

  const tutorial = {
    slug: document.querySelector("[data-item^='tutorials/']").dataset.item.split("/")[1],
    title: title(document.querySelector("h1")),
    steps,
    sections,
    move,
    moveBack
  };
  globalThis.stufenweise = Object.freeze({ ...globalThis.stufenweise, tutorial: Object.freeze(tutorial) });
})();
