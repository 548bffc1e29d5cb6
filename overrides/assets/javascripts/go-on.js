/* The home page's card for returning readers: the session under way or the next meeting, and the next agreement.
 *
 * Reads: section[data-go-on], which is moved behind the title and shown if the pair has data, with its sentences as
 *   data- attributes; [data-others] > ul for other sessions under way; [data-when], [data-what], a[data-start-link],
 *   a[data-programme-link], [data-agreed], [data-count]; template[data-tutorials] > a[data-slug].
 */
(() => {
  const {
    dom,
    days: { shown, long, today },
    store,
    keptProgramme,
    programme
  } = stufenweise;
  const { all, make, write } = dom;
  const [card] = all("[data-go-on]");
  const words = card.dataset;
  const find = dom.finder(card);
  const tutorials = [...document.querySelector("template[data-tutorials]").content.children];
  const linkOf = (slug) => tutorials.find(({ dataset }) => dataset.slug === slug);

  const addressOf = (slug) => `${linkOf(slug).getAttribute("href")}#session`;

  const draw = () => {
    const line = keptProgramme.line();
    const [current, ...others] = store
      .list("session")
      .map(({ at }) => at.split("/")[0])
      .filter(linkOf);
    // A session under way comes before the next meeting.
    const meeting = current ? undefined : programme.next(line);
    // The open agreement that is due first.
    const [, step] = keptProgramme.agreements().find(([, { done }]) => !done) ?? [];
    const name = store.pairs()[store.pair];
    const slugs = current ? [current] : (meeting?.pieces ?? []).map(({ slug }) => slug).filter(linkOf);
    card.hidden = !(current || line.length || step || store.list("ticks").length);
    write(find("h2"), name ? words.pair : words.title, { name });
    const day =
      meeting?.day &&
      [shown(meeting.day, { weekday: "short", day: "numeric", month: "long" }), meeting.at].filter(Boolean).join(" ");
    const when = day ? words[meeting.day < today() ? "over" : "next"] : words.nextNoDay;
    write(find("[data-when]"), meeting && when, { day });
    const kind = meeting && meeting.kind !== "tutorials" ? [card.getAttribute(`data-kind-of-${meeting.kind}`)] : [];
    write(find("[data-what]"), [...kind, ...slugs.map((slug) => linkOf(slug).textContent)].join(", "));
    const start = find("[data-start-link]");
    start.hidden = !slugs.length;
    find("[data-programme-link]").classList.toggle("control--main", start.hidden);
    if (slugs.length) start.href = addressOf(slugs[0]);
    write(start, words[current ? "resume" : "start"]);
    find("[data-others]").hidden = !others.length;
    const links = others.map((slug) => Object.assign(linkOf(slug).cloneNode(true), { href: addressOf(slug) }));
    find("[data-others] ul").replaceChildren(...links.map((link) => make("li", link)));
    write(find("[data-agreed]"), step && words.agreed, step && { day: long(step.by), text: step.text });
    write(find("[data-count]"), line.length ? words.count : "", {
      n: line.filter(({ done }) => done).length,
      m: line.length
    });
  };

  document.querySelector("h1").after(card);
  store.subscribe(draw);
  draw();
})();
