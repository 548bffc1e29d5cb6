/* The planner: from a programme or own tutorials to dates, in a table, on paper, for the calendar, in the address.
 *
 * Reads: form[data-planner] with the fields programme, from, at, every, minutes (data-min), out, add, and rows of breaks,
 *   made of template[data-break]; land, whose holidays data-holidays of the form has; place; [data-own], the own selection;
 *   .planned with button[data-do]; [data-plans], what stands here without a script.
 */
(() => {
  const DAY = 86_400_000;
  const WHEN = "10:00";
  const {
    dom, store, plan, calendar, saveFile, keptProgramme, kindName, meetingEntry, plannerAddress, plannerOffer, plannerTable, plannerSelection,
  } = globalThis.stufenweise;
  const { all, fill, make, onAction } = dom;
  const { fits, frames, over, parts, programmes, requires, shown, title } = plannerOffer;
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
  const ids = [];
  const known = {
    programmes: Object.keys(programmes),
    tutorials: Object.keys(requires),
    every: [...every.options].map(({ value }) => value),
    minutes: Object.keys(frames),
    lands: [...land.options].map(({ value }) => value).filter(Boolean),
  };
  let chosen = [];
  let made = [];
  let unknown = 0;

  // The form

  const rows = () => all("p", breakRows);
  const breaks = () =>
    rows()
      .map((row) => all("input", row).map(({ value }) => value))
      .filter((days) => days.every(plannerAddress.isDay) && days[0] <= days[1]);

  const choices = () => ({
    programme: programme.value, tutorials: chosen, from: from.value, at: at.value, every: every.value,
    minutes: minutes.value, land: land.value, out: all("[name=out]:checked", form).map(({ value }) => +value), breaks: breaks(),
  });

  const breakRow = (days = []) => {
    const row = breakTemplate.content.firstElementChild.cloneNode(true);
    all("input", row).forEach((field, index) => (field.value = days[index] ?? ""));
    return row;
  };
  /* One empty row stands ready, always. */
  const addSpareRow = () => {
    const last = rows().at(-1);
    if (!last || all("input", last).some(({ value }) => value)) breakRows.append(breakRow());
  };

  const setUsualMinutes = () => {
    const usual = programme.selectedOptions[0]?.dataset.minutes;
    minutes.value = frames[usual] ? usual : "60";
  };

  // The plan

  /* The sessions: { kind, works }, the agreement first. */
  const sessions = () => {
    const each = parts(minutes.value);
    if (programme.value) {
      const given = programmes[programme.value];
      const works = plan.pieces(given.map(({ slugs }) => slugs), each);
      return given.map(({ kind }, index) => ({ kind, works: works[index] }));
    }
    if (!chosen.length) return [];
    const works = plan.pack(chosen, each, (some) => over(minutes.value, some));
    const inside = works.map((some) => ({ kind: "tutorials", works: some }));
    return [{ kind: "agreement", works: [] }, ...inside, { kind: "close", works: [] }];
  };

  const free = (code) => (code ? [...holidays.all, ...holidays[code]] : []);

  const isWork = (day) => ![0, 6].includes(new Date(day).getUTCDay()) && !(holidays.all ?? []).includes(day);
  const nextWorkday = () => {
    let time = Date.parse(keptProgramme.today());
    const day = () => new Date(time).toISOString().slice(0, 10);
    do time += DAY;
    while (!isWork(day()));
    return day();
  };

  const draw = () => {
    const found = sessions();
    const now = choices();
    const rhythm = { ...now, every: now.every === "month" ? "month" : +now.every, free: free(now.land) };
    const days = plannerAddress.isDay(now.from) && now.at ? plan.dates(rhythm, found.length) : undefined;
    made = plannerTable.draw(found, days, now, unknown);
    for (const option of add.options) option.disabled = option.value && !fits(option.value, now.minutes);
    own.hidden = now.programme !== "";
    adapt.hidden = !now.programme;
    address.value = location.href;
  };

  const changed = () => {
    unknown = 0;
    history.replaceState(null, "", `#${plannerAddress.write(choices())}`);
    plannerSelection.draw(chosen, changed);
    draw();
  };

  const recall = () => {
    const read = plannerAddress.read(location.hash.slice(1) || keptProgramme.plan().choices || "", known);
    const said = read.choices;
    unknown = read.unknown;
    chosen = said.tutorials;
    programme.value = said.programme ?? (read.own ? "" : programme.options[0].value);
    setUsualMinutes();
    from.value = said.from ?? nextWorkday();
    at.value = said.at ?? WHEN;
    every.value = said.every ?? "2";
    minutes.value = said.minutes ?? minutes.value;
    land.value = said.land ?? "";
    place.value = keptProgramme.plan().place ?? "";
    for (const box of all("[name=out]", form)) box.checked = said.out.includes(box.value);
    rows().forEach((row) => row.remove());
    breakRows.append(...said.breaks.map(breakRow));
    addSpareRow();
    plannerSelection.draw(chosen, changed);
    draw();
  };

  // What can be done with it

  /* The sessions as they are or would be kept; those that are keep their ids. */
  const asKept = () => made.map((one) => ({ ...one, at: at.value, minutes: +minutes.value }));

  const entries = () => {
    const line = keptProgramme.preview(asKept(), ids);
    const first = line[0]?.kind === "agreement" ? 0 : 1;
    return line
      .map((one, index) => ({ ...one, n: index + first, kindName: kindName(one.kind) }))
      .filter(({ day, done }) => day && !done);
  };

  const saveCalendar = ({ dataset }) => {
    const saved = keptProgramme.saving(ids);
    const page = location.protocol === "file:" ? "" : `${new URL(dataset.href, location.href).href}#meeting`;
    const events = entries().map((one) => meetingEntry(one, saved, place.value.trim(), page));
    saveFile(dataset.file, calendar(events, new Date()), "text/calendar");
  };

  onAction(planned, {
    calendar: saveCalendar,
    take({ dataset }) {
      keptProgramme.take(asKept(), `${plannerAddress.write(choices())}`, ids);
      keptProgramme.note({ place: place.value.trim() });
      store.persist();
      location.href = dataset.href;
    },
    adapt() {
      chosen = [...new Set(made.flatMap(({ works }) => works.map(({ slug }) => slug)))];
      programme.value = "";
      changed();
      add.focus();
    },
  });
  address.addEventListener("focus", () => address.select());
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", ({ target }) => {
    if (target === add) {
      if (add.value && !chosen.includes(add.value)) chosen.push(add.value);
      if (add.value) plannerSelection.tell("added", { title: title(add.value) });
      add.value = "";
    }
    if (target === programme) setUsualMinutes();
    addSpareRow();
    changed();
  });
  addEventListener("hashchange", recall);

  for (const length of Object.keys(frames)) minutes.append(new Option(fill(minutes.dataset.min, { n: length }), length));
  for (const day of [1, 2, 3, 4, 5, 6, 0]) {
    const box = make("input");
    Object.assign(box, { type: "checkbox", name: "out", value: day });
    // 1 November 2026 is a Sunday.
    const name = shown(`2026-11-0${day + 1}`, { weekday: "long" });
    all(".planner__days", form)[0].append(make("label", box, ` ${name}`));
  }
  all("[data-plans]")[0].hidden = true;
  form.hidden = planned.hidden = false;
  recall();
})();
