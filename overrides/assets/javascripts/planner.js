/* The planner: from a programme or own tutorials to dates, in a table, on paper, for the calendar, in the address.
 *
 * Contract: form[data-planner][data-hours]; its select "add" lists all tutorials with data-minutes (of each meeting),
 * -requires and -href; [data-own] is for the own selection. .planned shows the plan, with its words as data- attributes and
 * [data-do] as buttons. ol.plan[data-programme] > [data-kind] > [data-slug] are the programmes' sessions.
 * The address holds slugs and dates behind the "#": whatever it says that there is not is left out, and counted.
 */
(() => {
  const WEEK = 7 * 86_400_000;
  const WHEN = "10:00";
  const MANY = 40;
  const DATE = /^\d{4}-\d\d-\d\d$/;
  const { plan, hour, calendar, saveFile } = globalThis.stufenweise;
  const language = document.documentElement.lang;
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const [form] = all("[data-planner]");
  const [planned] = all(".planned");
  const [plans] = all("[data-plans]");
  const [own] = all("[data-own]");
  const [status] = all("[role=status]", planned);
  const [done] = all("[role=status]", own);
  const [body] = all("tbody", planned);
  const [address] = all("[name=address]", planned);
  const [list] = all("ol", own);
  const { programme, from, at, every, minutes: lasting, add } = form.elements;
  const frames = JSON.parse(form.dataset.hours);
  const options = Object.fromEntries(all("option[data-minutes]", add).map((one) => [one.value, one]));
  const words = (of, as) => Object.fromEntries(Object.entries(options).map(([slug, { dataset }]) => [slug, (dataset[of].match(/\S+/g) ?? []).map(as)]));
  const parts = words("minutes", Number);
  const requires = words("requires", String);
  const programmes = Object.fromEntries(
    all("[data-programme]").map((one) => [
      one.dataset.programme,
      [...one.children].map((item) => ({ kind: item.dataset.kind, slugs: all("[data-slug]", item).map(({ dataset }) => dataset.slug) })),
    ]),
  );
  let chosen = [];

  const put = (text, values) => text.replace(/{(\w+)}/g, (_, name) => values[name]);
  const make = (tag, ...inside) => {
    const node = document.createElement(tag);
    node.append(...inside);
    return node;
  };
  const title = (slug) => options[slug].textContent;
  const named = (tag, slug) => {
    const node = make(tag, title(slug));
    node.lang = options[slug].lang || language;
    return node;
  };
  const over = (minutes) => hour.plan(+lasting.value, frames[lasting.value], minutes.map((one) => [one])).over;
  const valid = (day) => DATE.test(day) && !Number.isNaN(Date.parse(`${day}T00:00Z`)) && new Date(`${day}T00:00Z`).toISOString().startsWith(day);
  const shown = (day, style) => new Date(`${day}T12:00`).toLocaleDateString(language, style);

  const breaks = () =>
    all(".planner__breaks p", form)
      .map((row) => all("input", row).map(({ value }) => value))
      .filter((days) => days.every(valid) && days[0] <= days[1]);
  const out = () => all("[name=out]:checked", form).map(({ value }) => +value);

  /* The sessions: { kind, works }, the agreement first. */
  const sessions = () => {
    if (programme.value) {
      const given = programmes[programme.value];
      const works = plan.pieces(given.map(({ slugs }) => slugs), parts);
      return given.map(({ kind }, index) => ({ kind, works: works[index] }));
    }
    if (!chosen.length) return [];
    const works = plan.pack(chosen, parts, over);
    return [{ kind: "agreement", works: [] }, ...works.map((some) => ({ kind: "tutorials", works: some })), { kind: "close", works: [] }];
  };

  // What is shown

  const kind = (name) => planned.getAttribute(`data-kind-${name}`);
  const hint = (text) => {
    const node = make("p", text);
    node.className = "planned__hint";
    return node;
  };

  const what = ({ kind: name, works }) => {
    const cell = make("td", ...(name === "tutorials" ? [] : [make("strong", kind(name))]));
    for (const { slug, part, minutes } of works) {
      const link = named("a", slug);
      link.href = options[slug].dataset.href;
      const which = part ? put(planned.dataset.part, { n: part }) : parts[slug].length > 1 ? planned.dataset.whole : "";
      cell.append(make("div", link, ` (${[which, put(planned.dataset.min, { n: minutes })].filter(Boolean).join(", ")})`));
    }
    return cell;
  };

  const hints = (some, days) => {
    const wanting = plan.faults(some.map(({ works }) => works), requires);
    return some.map(({ works }, index) => {
      const much = works.length ? over(works.map(({ minutes }) => minutes)) : 0;
      return [
        ...(days[index].shifted ? [planned.dataset.shifted] : []),
        ...(days[index].skipped ? [planned.dataset.skipped] : []),
        ...(much ? [put(planned.dataset.over, { n: much, length: lasting.value })] : []),
        ...wanting
          .filter(({ session }) => session === index)
          .map(({ slug, other, late }) => put(planned.dataset[late ? "late" : "missing"], { title: title(slug), other: title(other) })),
      ];
    });
  };

  let made = [];
  let unknown = 0;

  const draw = () => {
    const some = sessions();
    const days = valid(from.value) && at.value ? plan.dates({ from: from.value, every: every.value === "month" ? "month" : +every.value, out: out(), breaks: breaks() }, some.length) : [];
    const fault = !some.length ? "empty" : !days.length && !(valid(from.value) && at.value) ? "noDate" : days.length < some.length ? "noDays" : "";
    const first = some[0]?.kind === "agreement" ? 0 : 1;
    made = fault ? [] : some.map((one, index) => ({ ...one, ...days[index], n: first + index }));
    const said = made.length ? hints(some, days) : [];
    body.replaceChildren(
      ...made.map((one, index) => {
        const cell = what(one);
        cell.append(...said[index].map(hint));
        const day = make("th", shown(one.day, { weekday: "short", day: "numeric", month: "short", year: "numeric" }), make("span", at.value));
        day.scope = "row";
        return make("tr", make("td", one.n), day, cell);
      }),
    );
    const { dataset } = status;
    const date = (index) => shown(made.at(index).day, { dateStyle: "long" });
    const count = said.flat().length;
    status.textContent = [
      fault ? dataset[fault] : put(dataset.status, { n: made.length, first: date(0), last: date(-1) }),
      count ? put(dataset.hints, { n: count }) : "",
      unknown ? put(dataset.unknown, { n: unknown }) : "",
    ].filter(Boolean).join(" · ");
    for (const node of [body.closest("div"), all(".planned__actions", planned)[0]]) node.hidden = Boolean(fault);
    own.hidden = programme.value !== "";
    all("[data-do=adapt]", planned)[0].hidden = !programme.value;
    address.value = location.href;
  };

  // The own selection

  const button = (name, slug, sign, act, able = true) => {
    const node = make("button", sign);
    Object.assign(node, { type: "button", className: "control", disabled: !able, onclick: act, ariaLabel: put(own.dataset[name], { title: title(slug) }) });
    return node;
  };

  const drawChosen = () => {
    list.replaceChildren(
      ...chosen.map((slug, index) => {
        const move = (step) => () => {
          chosen.splice(index + step, 0, ...chosen.splice(index, 1));
          changed();
          const [up, down] = all("button", list.children[index + step]);
          (up.disabled || (step > 0 && !down.disabled) ? down : up).focus();
          done.textContent = put(own.dataset.moved, { title: title(slug), n: index + step + 1 });
        };
        const remove = () => {
          chosen.splice(index, 1);
          changed();
          add.focus();
          done.textContent = put(own.dataset.removed, { title: title(slug) });
        };
        return make("li", named("span", slug), button("up", slug, "↑", move(-1), index > 0), button("down", slug, "↓", move(1), index < chosen.length - 1), button("remove", slug, "×", remove));
      }),
    );
  };

  // The address

  const said = () => {
    const found = {
      ...(programme.value ? { programme: programme.value } : { tutorials: chosen.join("_") }),
      from: from.value, at: at.value.replace(":", "."), every: every.value, minutes: lasting.value,
      out: out().join("."), breaks: breaks().map((days) => days.join("_")).join("."),
    };
    return new URLSearchParams(Object.entries(found).filter(([, value]) => value));
  };

  const remember = () => history.replaceState(null, "", `#${said()}`);

  const changed = () => {
    unknown = 0;
    remember();
    drawChosen();
    draw();
  };

  const soon = () => new Date(Date.now() + WEEK).toISOString().slice(0, 10);
  const usual = () => (lasting.value = frames[programme.selectedOptions[0]?.dataset.minutes] ? programme.selectedOptions[0].dataset.minutes : "60");

  const breakRow = (days = []) => {
    const row = all("template[data-break]")[0].content.firstElementChild.cloneNode(true);
    all("input", row).forEach((field, index) => (field.value = days[index] ?? ""));
    return row;
  };
  /* One empty row stands ready, always. */
  const spare = () => {
    const rows = all(".planner__breaks p", form);
    if (!rows.length || all("input", rows.at(-1)).some(({ value }) => value)) all(".planner__breaks", form)[0].append(breakRow());
  };

  const recall = () => {
    const hash = new URLSearchParams(location.hash.slice(1));
    const strange = (given, right) => {
      const good = given.filter(right);
      unknown += given.length - good.length;
      return good;
    };
    const some = (name, separator, right) => strange((hash.get(name) ?? "").split(separator).filter(Boolean), right);
    unknown = 0;
    strange([...hash.keys()], (name) => ["programme", "tutorials", "from", "at", "every", "minutes", "out", "breaks"].includes(name));
    const [known] = some("programme", " ", (slug) => Object.hasOwn(programmes, slug));
    chosen = [...new Set(some("tutorials", "_", (slug) => Object.hasOwn(options, slug)))].slice(0, MANY);
    programme.value = known ?? (hash.has("tutorials") ? "" : programme.options[0].value);
    usual();
    from.value = some("from", " ", valid)[0] ?? soon();
    at.value = some("at", " ", (time) => /^([01]\d|2[0-3])\.[0-5]\d$/.test(time))[0]?.replace(".", ":") ?? WHEN;
    every.value = some("every", " ", (value) => [...every.options].some((one) => one.value === value))[0] ?? "2";
    lasting.value = some("minutes", " ", (value) => Object.hasOwn(frames, value))[0] ?? lasting.value;
    const days = some("out", ".", (day) => /^[0-6]$/.test(day));
    for (const box of all("[name=out]", form)) box.checked = days.includes(box.value);
    all(".planner__breaks p", form).forEach((row) => row.remove());
    const times = some("breaks", ".", (pair) => pair.split("_").length === 2 && pair.split("_").every(valid));
    all(".planner__breaks", form)[0].append(...times.map((pair) => breakRow(pair.split("_"))));
    spare();
    drawChosen();
    draw();
  };

  // What can be done with it

  const entry = ({ n, day, kind: name, works }) => {
    const titles = works.map(({ slug }) => title(slug));
    const topic = [...(name === "tutorials" ? [] : [kind(name)]), ...titles].join(", ");
    const lines = works.flatMap(({ slug }) => [title(slug), ...(location.protocol === "file:" ? [] : [new URL(options[slug].dataset.href, location.href).href])]);
    return {
      uid: `${from.value}-${programme.value || "own"}-${n}@stufenweise`,
      day, at: at.value, minutes: +lasting.value, alarm: "P1D",
      summary: put(planned.dataset[n ? "summary" : "summary-0"] ?? planned.dataset.summary, { n, what: topic }),
      description: lines.join("\n"),
    };
  };

  const actions = {
    print: () => print(),
    calendar: ({ dataset }) => saveFile(dataset.file, calendar(made.map(entry), new Date()), "text/calendar"),
    adapt() {
      chosen = [...new Set(made.flatMap(({ works }) => works.map(({ slug }) => slug)))];
      programme.value = "";
      changed();
      add.focus();
    },
  };

  planned.addEventListener("click", ({ target }) => actions[target.dataset.do]?.(target));
  address.addEventListener("focus", () => address.select());
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", ({ target }) => {
    if (target === add) {
      if (add.value && !chosen.includes(add.value)) chosen.push(add.value);
      if (add.value) done.textContent = put(own.dataset.added, { title: title(add.value) });
      add.value = "";
    }
    if (target === programme) usual();
    spare();
    changed();
  });
  addEventListener("hashchange", recall);

  for (const minutes of Object.keys(frames)) lasting.append(new Option(put(lasting.dataset.min, { n: minutes }), minutes));
  for (const day of [1, 2, 3, 4, 5, 6, 0]) {
    const box = make("input");
    Object.assign(box, { type: "checkbox", name: "out", value: day });
    // 1 November 2026 is a Sunday.
    all(".planner__days", form)[0].append(make("label", box, ` ${shown(`2026-11-0${day + 1}`, { weekday: "long" })}`));
  }
  plans.hidden = true;
  form.hidden = planned.hidden = false;
  recall();
})();
