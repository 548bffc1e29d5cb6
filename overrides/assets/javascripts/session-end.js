/* The last screen of a session: the next step that the pair agrees on, the next meeting with what to prepare, calendar
 * entries, what to take along. session-view.js draws what was done.
 *
 * Reads: .session__end with form[data-planner], its select "add" of all tutorials and its fields "day" and "at";
 *   [data-planned], ul[data-prepare], [data-said]; its buttons [data-do] calendar (data-summary, data-none), print,
 *   save (data-file) and code; a[data-do=leave], the link to the pair's page; .steps-nav, whose next tutorial is
 *   proposed; form[data-next-step] with the fields "by" and "text"; [data-agreed], which shows the pair's latest open
 *   agreement.
 * Stores "next-steps": { SLUG: { by, text, done } }.
 * Contract: stufenweise.sessionEnd
 *   draw()   draws the screen
 *   keep()   stores the proposed tutorial as the next meeting if none is planned; returns the address of the pair's
 *            page, or undefined if this page has no link to it
 */
(() => {
  /* Days until the next step is due, as proposed. */
  const WEEK = 7;
  const {
    dom,
    days: { long, workday },
    store,
    keptProgramme,
    keptState,
    meetings,
    pageOf,
    plannerOffer,
    programme,
    saveFile,
    saveMeetings,
    shareLink,
    tutorial
  } = stufenweise;
  const { all, fill, make, onAction, write } = dom;
  const { kindName, prepare, requires, title } = plannerOffer;
  const { slug } = tutorial;
  const [screen] = all(".session__end");
  const find = dom.finder(screen);
  const { add, day, at } = find("form").elements;
  const our = find("[data-do=leave]");
  const [form] = all("[data-next-step]");
  const { by, text } = form.elements;
  const [agreed] = all("[data-agreed]");
  const upcoming = () => programme.next(keptProgramme.line());
  const again = () => keptProgramme.part(slug) > 1;

  /* Changes fields of the next session; first adds one to the pair's programme if there is none. */
  const note = (fields) => {
    if (!upcoming()) {
      keptProgramme.add([add.value]);
      if (again() && add.value === slug) fields.works = `${slug}/2`;
    }
    keptProgramme.change(upcoming().id, fields);
  };

  // The next step

  const steps = () => store.get("next-steps") ?? {};

  const drawStep = () => {
    const stored = steps();
    if (document.activeElement !== text) text.value = stored[slug]?.text ?? "";
    if (document.activeElement !== by) by.value = stored[slug]?.by || by.value || workday(WEEK);
    // The latest: the session is about what comes next, not about what is due first.
    const [, last] = keptProgramme.agreements().findLast(([, { done }]) => !done) ?? [];
    agreed.hidden = !last;
    if (last) write(agreed, agreed.dataset.agreed, { date: long(last.by), text: last.text });
  };

  form.addEventListener("input", () => {
    const { [slug]: mine, ...others } = steps();
    store.set("next-steps", text.value ? { ...others, [slug]: { by: by.value, text: text.value } } : others);
  });
  form.onsubmit = () => false;
  store.subscribe(drawStep);
  drawStep();

  // The next meeting

  const draw = () => {
    const next = upcoming();
    if (!next) add.value = again() ? slug : (all(".steps-nav [rel=next]")[0]?.dataset.slug ?? "");
    add.parentNode.hidden = next;
    const slugs = (next?.pieces ?? [{ slug: add.value }]).map((piece) => piece.slug).filter((name) => name in requires);
    const names = next ? [kindName(next.kind), ...slugs.map(title)] : [];
    write(find("[data-planned]"), names.filter(Boolean).join(", "));
    const texts = slugs.map(prepare).filter(Boolean);
    find("ul[data-prepare]").replaceChildren(
      ...texts.map((line) => make("li", fill(screen.dataset.prepare, { text: line })))
    );
    for (const field of [day, at]) {
      field.disabled = !next && !add.value;
      if (document.activeElement !== field) field.value = next?.[field.name] ?? "";
    }
  };

  onAction(screen, {
    calendar({ dataset: { none, summary } }) {
      const saved = keptProgramme.saving();
      const entry = {
        uid: `${saved.id}-${slug}@stufenweise`,
        sequence: saved.sequence,
        day: by.value,
        summary: fill(summary, { text: text.value }),
        description: [text.value, tutorial.title, pageOf(location.href)].filter(Boolean).join("\n")
      };
      const meeting = meetings(keptProgramme.line()).slice(0, 1);
      const agreements = by.value && text.value ? [entry] : [];
      write(
        find("[data-said]"),
        saveMeetings(`${slug}.ics`, meeting, saved, keptProgramme.plan().place, our?.href, agreements) ? "" : none
      );
    },
    save: ({ dataset }) => saveFile(dataset.file, keptState.toFile(store.state()), "application/json"),
    code: async ({ dataset }) => shareLink(dataset, ...(await keptState.toLinks(our.href, store.state())))
  });
  screen.addEventListener("change", ({ target: { name, value } }) => {
    if (name === "add" ? value : add.value || upcoming()) note(name === "add" ? {} : { [name]: value });
    draw();
  });
  const keep = () => {
    if (our && add.value && !upcoming()) note({});
    return our?.href;
  };
  globalThis.stufenweise = Object.freeze({ ...globalThis.stufenweise, sessionEnd: Object.freeze({ draw, keep }) });
})();
