/* Shows a plan: a table of its sessions with their dates, a sentence that sums it up, and hints on what to check.
 *
 * Reads: .planned with its words as data- attributes: data-part, -whole, -min, -shifted, -skipped, -over, -no-short,
 *   -late, -missing; its [aria-live] with data-status, -hints, -unknown, -empty, -no-days, -no-date.
 * Contract: stufenweise.plannerTable
 *   draw(sessions, days, choices, unknown)   draws the plan; returns the sessions with { day, n }, [] if the plan is
 *                                            not complete
 *     sessions   [{ kind, works: [{ slug, part, minutes }] }], works as from stufenweise.plan
 *     days       the result of plan.dates; undefined if the form has no valid date
 *     unknown    how many values of the address were ignored
 */
(() => {
  const {
    dom,
    days: { shown },
    plan,
    plannerOffer
  } = stufenweise;
  const { all, fill, make } = dom;
  const { fits, kindName, link, numbered, over, parts, requires, title } = plannerOffer;
  const [planned] = all(".planned");
  const [status] = all("[aria-live]", planned);
  const [body] = all("tbody", planned);
  const [actions] = all(".planned__actions", planned);
  const words = planned.dataset;

  const hintLine = (text) => {
    const node = make("p", text);
    node.className = "planned__hint";
    return node;
  };

  const topics = ({ kind, works }, length) => {
    const lengths = parts(length);
    const name = kindName(kind);
    const cell = make("td", ...(name ? [make("strong", name)] : []));
    for (const { slug, part, minutes } of works) {
      const which = part ? fill(words.part, { n: part }) : lengths[slug].length > 1 ? words.whole : "";
      cell.append(make("div", link(slug), ` (${[which, fill(words.min, { n: minutes })].filter(Boolean).join(", ")})`));
    }
    return cell;
  };

  /* Hints on what to check: a list of sentences for each session. */
  const hints = (sessions, days, length) => {
    const wanting = plan.faults(
      sessions.map(({ works }) => works),
      requires
    );
    return sessions.map(({ works }, index) => {
      const much = over(
        length,
        works.map(({ minutes }) => minutes)
      );
      return [
        ...(days[index].shifted ? [words.shifted] : []),
        ...(days[index].skipped ? [words.skipped] : []),
        ...(much ? [fill(words.over, { n: much, length })] : []),
        ...works
          .filter(({ slug }) => !fits(slug, length))
          .map(({ slug }) => fill(words.noShort, { title: title(slug), length })),
        ...wanting
          .filter(({ session }) => session === index)
          .map(({ slug, other, late }) =>
            fill(words[late ? "late" : "missing"], { title: title(slug), other: title(other) })
          )
      ];
    });
  };

  const row = (session, at, length, hinted) => {
    const cell = topics(session, length);
    cell.append(...hinted.map(hintLine));
    const day = make("th", shown(session.day), make("span", at));
    day.scope = "row";
    return make("tr", make("td", session.n), day, cell);
  };

  const draw = (sessions, days, { at, minutes }, unknown) => {
    const fault = !sessions.length ? "empty" : !days ? "noDate" : days.length < sessions.length ? "noDays" : "";
    const made = fault ? [] : numbered(sessions).map((session, index) => ({ ...session, ...days[index] }));
    const hinted = made.length ? hints(sessions, days, minutes) : [];
    body.replaceChildren(...made.map((session, index) => row(session, at, minutes, hinted[index])));
    const { dataset } = status;
    const date = (index) => shown(made.at(index).day, { dateStyle: "long" });
    const count = hinted.flat().length;
    status.textContent = fault
      ? dataset[fault]
      : fill(dataset.status, { n: made.length, first: date(0), last: date(-1) });
    const more = [count && fill(dataset.hints, { n: count }), unknown && fill(dataset.unknown, { n: unknown })];
    // Not printed: a style hides this element on paper.
    status.append(make("span", ...more.filter(Boolean).map((text) => ` · ${text}`)));
    for (const node of [body.closest("div"), actions]) node.hidden = Boolean(fault);
    return made;
  };

  globalThis.stufenweise = Object.freeze({ ...globalThis.stufenweise, plannerTable: Object.freeze({ draw }) });
})();
