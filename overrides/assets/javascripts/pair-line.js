/* The pair's page: the next meeting, and the list of its sessions, each of which can be changed in place.
 *
 * Reads: [data-next] with [data-when], [data-what], a[data-start], [data-do=held], [data-place]; [data-count],
 *   ol[data-line]; [data-paper] for the handouts of the next meeting, with those of template[data-first-handouts] for a
 *   first one; template[data-words]; the select "add" of the tutorials; stufenweise.tutorials, see tutorial_choice.py.
 * Contract: stufenweise.pairLine
 *   draw()                 draws all of it
 *   say(word, values)      shows the sentence `word` of template[data-words] in [data-said]; returns that element
 */
(() => {
  const {
    dom,
    days: { shown, today },
    store,
    keptProgramme,
    programme,
    plannerOffer,
    tutorials
  } = stufenweise;
  const { all, fill, make, makeButton, onAction, write } = dom;
  const { href, kindName, link, named, requires, title } = plannerOffer;
  const find = dom.finder();
  const words = find("template[data-words]").dataset;
  const list = find("[data-line]");
  const next = find("section[data-next]");
  const add = find("[name=add]");
  const place = find("input[data-place]");
  const SIGNS = { done: "✓", now: "▶", open: "○" };

  const say = (word, values = {}) => write(find("p[data-said]"), words[word], values);
  const when = ({ day, at }) => (day ? [shown(day), at].filter(Boolean).join(" ") : words.noDay);
  const known = ({ slug }) => slug in requires;
  const tutorial = (slug) => tutorials.find((tutorial) => tutorial.slug === slug);

  const topics = (session) => {
    const kind = kindName(session.kind);
    const pieces = session.pieces.flatMap((piece, index) => {
      const comma = index ? [", "] : [];
      if (!known(piece)) return [...comma, piece.slug];
      return [...comma, link(piece.slug), piece.part ? ` (${fill(words.part, { n: piece.part })})` : ""];
    });
    return [...(kind ? [make("strong", kind), " "] : []), ...pieces];
  };

  const name = (session) => make("span", ...topics(session)).textContent.trim();

  const ticksOf = (session) => {
    const items = session.pieces.flatMap(({ slug }) =>
      (tutorial(slug)?.items ?? []).map((id) => `tutorials/${slug}/${id}`)
    );
    const ticks = new Set(store.list("ticks"));
    return items.length
      ? fill(words.ticks, { n: items.filter((item) => ticks.has(item)).length, m: items.length })
      : "";
  };

  // The fields to change a session

  const ariaLabel = (key, session) => `${words[key]}: ${name(session)}`;

  const field = (type, key, session) => {
    const value = { [type === "checkbox" ? "checked" : "value"]: session[key] ?? "" };
    const fields = { type, ...value, className: "control", autocomplete: "off", ariaLabel: ariaLabel(key, session) };
    const input = Object.assign(make("input"), fields);
    input.dataset.field = key;
    return make("label", make("span", words[key]), input);
  };

  const button = (act, session) => {
    const node = makeButton(words[act], { className: "control", ariaLabel: ariaLabel(act, session) });
    node.dataset.do = act;
    return node;
  };

  const panel = (session, index, count) => {
    const summary = make("summary", words.change);
    summary.ariaLabel = fill(words.changeOf, { title: name(session) });
    const row = make(
      "div",
      field("date", "day", session),
      field("time", "at", session),
      field("checkbox", "done", session),
      button("up", session),
      button("down", session),
      button("remove", session)
    );
    const [up, down] = all("button", row);
    up.disabled = !index;
    down.disabled = index === count - 1;
    const node = make("details", summary, row);
    node.className = "our__change";
    return node;
  };

  const span = (className, ...inside) => Object.assign(make("span", ...inside), { className });

  const entry = (session, index, lines, upcoming) => {
    const state = session.done ? "done" : session === upcoming ? "now" : "open";
    const mark = make("span", SIGNS[state]);
    mark.ariaHidden = "true";
    const body = make(
      "div",
      span("visually-hidden", `${words[`state${state[0].toUpperCase()}${state.slice(1)}`]}: `),
      span("our__what", ...topics(session)),
      span("our__when", when(session.done ? { day: session.done } : session))
    );
    const ticks = ticksOf(session);
    if (ticks) body.append(span("our__ticks", ticks));
    body.append(panel(session, index, lines.length));
    const item = make("li", mark, body);
    Object.assign(item.dataset, { state, id: session.id });
    if (state === "now") item.ariaCurrent = "step";
    return item;
  };

  /* Redraws the list; open panels stay open and the focus stays where it was. */
  const drawLine = (lines, upcoming) => {
    const open = new Set(all("details[open]", list).map((node) => node.closest("li").dataset.id));
    const active = document.activeElement;
    const id = active.closest("[data-line] > li")?.dataset.id;
    const { field: key, do: act } = active.dataset;
    const selector = key ? `[data-field=${key}]` : act ? `[data-do=${act}]` : "summary";
    list.replaceChildren(...lines.map((session, index) => entry(session, index, lines, upcoming)));
    for (const item of list.children) all("details", item)[0].open = open.has(item.dataset.id);
    const item = id && [...list.children].find(({ dataset }) => dataset.id === id);
    if (!item) return;
    const again = item.querySelector(selector);
    (again.disabled ? item.querySelector("summary") : again).focus();
  };

  // The next meeting

  const drawNext = (meeting, lines) => {
    const under = store
      .list("session")
      .map(({ at }) => at.split("/")[0])
      .filter((slug) => slug in requires);
    const underWay = fill(words.underWay, { title: under.map(title).join(", ") });
    next.hidden = !(lines.length || under[0]);
    for (const part of all("[data-with-line]", next)) part.hidden = !meeting;
    const late = meeting?.day && meeting.day < today();
    write(
      find("p[data-when]"),
      meeting
        ? late
          ? fill(words.over, { day: when(meeting) })
          : when(meeting)
        : under[0]
          ? underWay
          : words.nothingLeft
    );
    const what = find("[data-what]");
    what.replaceChildren(...(meeting ? [make("p", ...topics(meeting))] : []));
    if (under[0] && meeting) what.append(make("p", underWay));
    const start = find("a[data-start]");
    const slug = under[0] ?? meeting?.pieces.find(known)?.slug;
    const goals = !slug && meeting?.kind === "agreement" && find("[data-goal-link]").href;
    start.hidden = !(slug || goals);
    start.href = goals || (slug ? `${href(slug)}#session` : "");
    write(start, words[under[0] ? "resume" : goals ? "goalWrite" : "start"]);
    find("[data-do=held]").hidden = !meeting || !(late || !meeting.pieces.length);
    if (document.activeElement !== place) place.value = keptProgramme.plan().place ?? "";
  };

  const drawPaper = (meeting) => {
    const first =
      meeting?.kind === "agreement" ? find("template[data-first-handouts]").content.cloneNode(true).children : [];
    const handoutItem = ({ href: path, text }) =>
      make("li", Object.assign(make("a", text), { href: `${add.dataset.tutorials}/${path}`, type: "application/pdf" }));
    const nodes = first.length ? [make("ul", ...first)] : [];
    for (const { slug } of meeting?.pieces ?? []) {
      const links = (tutorial(slug)?.handouts ?? []).map(handoutItem);
      if (links.length) nodes.push(make("h3", named("span", slug)), make("ul", ...links));
    }
    find("div[data-paper]").replaceChildren(...(nodes.length ? nodes : [make("p", words.paperNone)]));
  };

  const draw = () => {
    const lines = keptProgramme.line();
    const upcoming = programme.next(lines);
    drawNext(upcoming, lines);
    drawLine(lines, upcoming);
    drawPaper(upcoming);
    const done = lines.filter((session) => session.done).length;
    write(find("p[data-count]"), lines.length ? words.lineCount : "", { n: done, m: lines.length });
  };

  onAction(list, {
    up: (node) => keptProgramme.move(node.closest("li").dataset.id, -1),
    down: (node) => keptProgramme.move(node.closest("li").dataset.id, 1),
    remove(node) {
      const { id } = node.closest("li").dataset;
      const session = keptProgramme.line().find((other) => other.id === id);
      keptProgramme.drop(id);
      say("removed", { title: name(session) });
      add.focus();
    }
  });
  list.addEventListener("change", ({ target }) => {
    const {
      dataset: { field: key },
      value,
      checked
    } = target;
    const fields = key === "done" ? { done: checked ? today() : undefined } : { [key]: value };
    keptProgramme.change(target.closest("li").dataset.id, fields);
  });
  onAction(next, { held: () => keptProgramme.change(programme.next(keptProgramme.line()).id, { done: today() }) });
  place.addEventListener("change", () => keptProgramme.note({ place: place.value.trim() }));
  add.addEventListener("change", () => {
    const slug = add.value;
    add.value = "";
    if (!slug) return;
    keptProgramme.add([slug]);
    say("added", { title: title(slug) });
  });

  globalThis.stufenweise = Object.freeze({ ...globalThis.stufenweise, pairLine: Object.freeze({ draw, say }) });
})();
