/* The planner: turns a programme or chosen tutorials into dates, shown in a table, printed, saved for the calendar and
 * kept in the address. Scripts that the plan of a programme does not need, with the list of all tutorials, are loaded
 * when first needed.
 *
 * Reads: form[data-planner][data-scripts] with the fields programme, from, at, every, minutes, out, add, and rows
 *   of breaks made of template[data-break]; land, a state whose holidays are in the form's data-holidays; [data-own],
 *   the chosen tutorials; .planned with button[data-do] and the field place; [data-plans], shown only without scripts.
 */
(() => {
  /* Proposed start of a session. */
  const WHEN = "10:00";
  const {
    dom,
    days: { workday },
    store,
    plan,
    plannerAddress,
    plannerOffer,
    plannerTable
  } = stufenweise;
  const { all, load, onAction } = dom;
  const { fits, frames, over, parts, programmes, requires, title } = plannerOffer;
  const [form] = all("[data-planner]");
  const [planned] = all(".planned");
  const [own] = all("[data-own]");
  const [adapt] = all("[data-do=adapt]", planned);
  const [address] = all("[name=address]", planned);
  const [breakRows] = all(".planner__breaks", form);
  const [breakTemplate] = all("template[data-break]");
  const { programme, from, at, every, minutes, land, add } = form.elements;
  const [place] = all("[name=place]", planned);
  const holidays = JSON.parse(form.dataset.holidays);
  const [status] = all("[aria-live]", planned);
  const kept = () => store.get("plan") ?? {};
  const known = () => ({
    programmes: Object.keys(programmes),
    tutorials: Object.keys(requires),
    every: [...every.options].map(({ value }) => value),
    minutes: Object.keys(frames),
    lands: [...land.options].map(({ value }) => value).filter(Boolean)
  });
  let chosen = [];
  let made = [];
  let unknown = 0;

  /* Loads the other scripts and the list of all tutorials, then calls act(). */
  const withAll = async (act) => {
    if (!(await load(form.dataset.scripts, status))) return;
    plannerOffer.read();
    act();
  };

  // The form

  const rows = () => all("p", breakRows);
  const breaks = () =>
    rows()
      .map((row) => all("input", row).map(({ value }) => value))
      .filter((days) => days.every(plannerAddress.isDay) && days[0] <= days[1]);

  const choices = () => ({
    programme: programme.value,
    tutorials: chosen,
    from: from.value,
    at: at.value,
    every: every.value,
    minutes: minutes.value,
    land: land.value,
    out: all("[name=out]:checked", form).map(({ value }) => +value),
    breaks: breaks()
  });

  const breakRow = (days = []) => {
    const row = breakTemplate.content.firstElementChild.cloneNode(true);
    for (const [index, field] of all("input", row).entries()) field.value = days[index] ?? "";
    return row;
  };
  /* There is always one empty row. */
  const addSpareRow = () => {
    const last = rows().at(-1);
    if (!last || all("input", last).some(({ value }) => value)) breakRows.append(breakRow());
  };

  const setUsualMinutes = () => {
    const usual = programme.selectedOptions[0]?.dataset.minutes;
    minutes.value = frames[usual] ? usual : "60";
  };

  // The plan

  /* The sessions of the plan, [{ kind, works }]; chosen tutorials get an agreement before and a closing session
   * after. */
  const sessions = () => {
    const lengths = parts(minutes.value);
    if (programme.value) {
      const given = programmes[programme.value];
      const works = plan.pieces(
        given.map(({ slugs }) => slugs),
        lengths
      );
      return given.map(({ kind }, index) => ({ kind, works: works[index] }));
    }
    if (!chosen.length) return [];
    const works = plan.pack(chosen, lengths, (fitting) => over(minutes.value, fitting));
    const inside = works.map((fitting) => ({ kind: "tutorials", works: fitting }));
    return [{ kind: "agreement", works: [] }, ...inside, { kind: "close", works: [] }];
  };

  const free = (code) =>
    Object.entries(holidays).flatMap(([lands, days]) => (!lands || lands.includes(code) ? days : []));

  const draw = () => {
    const meetings = sessions();
    const now = choices();
    const rhythm = {
      ...now,
      every: now.every === "month" ? "month" : +now.every,
      free: now.land ? free(now.land) : []
    };
    const days = plannerAddress.isDay(now.from) && now.at ? plan.dates(rhythm, meetings.length) : undefined;
    made = plannerTable.draw(meetings, days, now, unknown);
    for (const option of add.options) option.disabled = option.value && !fits(option.value, now.minutes);
    own.hidden = now.programme !== "";
    adapt.hidden = !now.programme;
    address.value = location.href;
  };

  const drawAll = () => {
    stufenweise.plannerSelection?.draw(chosen, changed);
    draw();
  };

  const changed = () => {
    unknown = 0;
    history.replaceState(null, "", `#${plannerAddress.write(choices())}`);
    drawAll();
  };

  const show = (text) => {
    const read = plannerAddress.read(text, known());
    const said = read.choices;
    unknown = read.unknown;
    chosen = said.tutorials;
    programme.value = said.programme ?? (read.own ? "" : programme.options[0].value);
    setUsualMinutes();
    from.value = said.from ?? workday(1, free());
    at.value = said.at ?? WHEN;
    every.value = said.every ?? "2";
    minutes.value = said.minutes ?? minutes.value;
    land.value = said.land ?? "";
    place.value = kept().place ?? "";
    for (const box of all("[name=out]", form)) box.checked = said.out.includes(box.value);
    for (const row of rows()) row.remove();
    breakRows.append(...said.breaks.map(breakRow));
    addSpareRow();
    drawAll();
  };

  const recall = () => {
    const text = location.hash.slice(1) || kept().choices || "";
    if (new URLSearchParams(text).has("tutorials")) withAll(() => show(text));
    else show(text);
  };

  // Buttons and fields

  const keep = ({ dataset }) =>
    withAll(() => {
      const sessions = made.map((session) => ({ ...session, at: at.value, minutes: +minutes.value }));
      const { calendar, take } = stufenweise.plannerKeep;
      ({ calendar, take })[dataset.do]({
        ...dataset,
        sessions,
        place: place.value.trim(),
        choices: `${plannerAddress.write(choices())}`
      });
    });

  onAction(planned, {
    calendar: keep,
    take: keep,
    adapt() {
      chosen = [...new Set(made.flatMap(({ works }) => works.map(({ slug }) => slug)))];
      programme.value = "";
      withAll(() => {
        changed();
        add.focus();
      });
    }
  });
  address.addEventListener("focus", () => address.select());
  form.onsubmit = () => false;
  form.addEventListener("change", ({ target }) => {
    if (target === add) {
      if (add.value && !chosen.includes(add.value)) chosen.push(add.value);
      if (add.value) stufenweise.plannerSelection.announce("added", { title: title(add.value) });
      add.value = "";
    }
    if (target === programme) setUsualMinutes();
    addSpareRow();
    if (programme.value) changed();
    else withAll(changed);
  });
  addEventListener("hashchange", recall);

  all("[data-plans]")[0].hidden = true;
  form.hidden = planned.hidden = false;
  recall();
})();
