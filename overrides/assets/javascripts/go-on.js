/* The home page's card for those who were here before: the session under way or the next meeting, and what was agreed.
 *
 * Reads: section[data-go-on], which moves behind the title when anything is kept, with its words as data- attributes and
 *   [data-others] > ul for other sessions under way,
 *   [data-when], [data-what], a[data-start-link], a[data-programme-link], [data-agreed], [data-count]; template[data-tutorials] > a[data-slug].
 */
(() => {
  const { dom, store, keptProgramme, programme } = stufenweise;
  const { all, fill, make, shown, today, write } = dom;
  const [card] = all("[data-go-on]");
  const words = card.dataset;
  const find = dom.finder(card);
  const links = [...document.querySelector("template[data-tutorials]").content.children];
  const linkOf = (slug) => links.find(({ dataset }) => dataset.slug === slug);

  const draw = () => {
    const line = keptProgramme.line();
    const next = programme.next(line);
    const begun = store.list("session").map(({ at }) => at.split("/")[0]).filter(linkOf);
    const under = begun.length && begun.slice(0, 1);
    const [step] = Object.values(store.get("next-steps") ?? {}).filter(({ done }) => !done).sort((a, b) => (a.by < b.by ? -1 : 1));
    const name = store.pairs()[store.pair];
    const slugs = under || (next?.pieces ?? []).map(({ slug }) => slug).filter(linkOf);
    card.hidden = !(under || line.length || step || store.list("ticks").length);
    write(find("h2"), name ? words.pair : words.title, { name });
    const day = next?.day ? [shown(next.day, { weekday: "short", day: "numeric", month: "long" }), next.at].filter(Boolean).join(" ") : "";
    write(find("[data-when]"), under || !next ? "" : day ? fill(words[next.day < today() ? "over" : "next"], { day }) : words.nextNoDay);
    const kind = under || !next || next.kind === "tutorials" ? [] : [card.getAttribute(`data-kind-of-${next.kind}`)];
    write(find("[data-what]"), [...kind, ...slugs.map((slug) => linkOf(slug).textContent)].join(", "));
    const start = find("[data-start-link]");
    start.hidden = !slugs.length;
    find("[data-programme-link]").classList.toggle("control--main", start.hidden);
    if (slugs.length) start.href = `${linkOf(slugs[0]).getAttribute("href")}#session`;
    write(start, words[under ? "resume" : "start"]);
    const others = begun.slice(1).map((slug) => Object.assign(linkOf(slug).cloneNode(true), { href: `${linkOf(slug).getAttribute("href")}#session` }));
    find("[data-others]").hidden = !others.length;
    find("[data-others] ul").replaceChildren(...others.map((link) => make("li", link)));
    write(find("[data-agreed]"), step ? words.agreed : "", step && { day: step.by ? shown(step.by, { dateStyle: "long" }) : "–", text: step.text });
    write(find("[data-count]"), line.length ? words.count : "", { n: line.filter(({ done }) => done).length, m: line.length });
  };

  document.querySelector("h1").after(card);
  store.subscribe(draw);
  draw();
})();
