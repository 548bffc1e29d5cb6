/* The data of the planner, read off its page: tutorials, the programmes' sessions, the frames of a session.
 *
 * Reads: form[data-planner][data-hours]; its select "add" lists all tutorials with data-minutes (of each meeting),
 *   data-short (for half an hour), data-requires, data-href, data-prepare. Until that list has been filled, the
 *   tutorials of the programmes come from ol[data-programme] > [data-kind] > [data-slug], with the same data except
 *   what to prepare. template[data-entry] names the kinds of sessions as data-kind-….
 * Contract: stufenweise.plannerOffer
 *   frames                   by length in minutes: the frame for stufenweise.hour
 *   parts(length)            by slug: the minutes of a tutorial's meetings in sessions of this length
 *   requires                 by slug: the slugs of the tutorials it requires
 *   fits(slug, length)       whether the tutorial can be done in sessions of this length; for half an hour it needs a
 *                            short version
 *   programmes               by slug: [{ kind, slugs }], the sessions of a programme
 *   kindName(kind)           the name of a kind of session; "" for "tutorials": their titles say it
 *   read()                   reads the tutorials again, after the list has been filled
 *   title(slug), href(slug), prepare(slug)   the tutorial's title, address, and what to prepare, as a text
 *   named(tag, slug)         a new element with the tutorial's title, in the title's language
 *   link(slug)               a link to the tutorial
 *   numbered(sessions)       the sessions with their number n; an agreement at the beginning has number 0
 *   over(length, minutes)    by how many minutes tutorials of these minutes are too long for a session of this length
 */
(() => {
  const { dom, hour } = stufenweise;
  const { all, make } = dom;
  const [form] = all("[data-planner]");
  const frames = JSON.parse(form.dataset.hours);
  const [entries, whole, short, requires] = [{}, {}, {}, {}];
  const list = (text, as) => (text.match(/\S+/g) ?? []).map(as);
  const read = () => {
    for (const entry of [
      ...all("[data-programme] [data-minutes]"),
      ...all("option[data-minutes]", form.elements.add)
    ]) {
      const { value, dataset } = entry;
      const slug = value ?? dataset.slug;
      entries[slug] = entry;
      whole[slug] = list(dataset.minutes, Number);
      short[slug] = list(dataset.short, Number);
      requires[slug] = list(dataset.requires, String);
    }
  };
  const session = (item) => ({
    kind: item.dataset.kind,
    slugs: all("[data-slug]", item).map(({ dataset }) => dataset.slug)
  });
  const programmes = Object.fromEntries(
    all("[data-programme]").map((programme) => [programme.dataset.programme, [...programme.children].map(session)])
  );

  const isShort = (length) => frames[length].way === "short";
  const parts = (length) => ({
    ...whole,
    ...(isShort(length) && Object.fromEntries(Object.entries(short).filter(([, lengths]) => lengths[0])))
  });
  const fits = (slug, length) => !isShort(length) || short[slug].length > 0;

  const title = (slug) => entries[slug].textContent;

  const named = (tag, slug) => {
    const node = make(tag, title(slug));
    node.lang = entries[slug].lang || document.documentElement.lang;
    return node;
  };
  const href = (slug) => entries[slug].dataset.href ?? entries[slug].getAttribute("href");

  const plannerOffer = Object.freeze({
    frames,
    programmes,
    title,
    named,
    parts,
    fits,
    requires,
    read,
    href,
    link: (slug) => Object.assign(named("a", slug), { href: href(slug) }),
    prepare: (slug) => entries[slug].dataset.prepare,
    kindName: (kind) => (kind === "tutorials" ? "" : all("[data-entry]")[0].getAttribute(`data-kind-${kind}`)),
    numbered: (sessions) =>
      sessions.map((session, index) => ({ ...session, n: index + (sessions[0].kind !== "agreement") })),
    over: (length, minutes) =>
      hour.plan(
        +length,
        frames[length],
        minutes.map((taken) => [taken])
      ).over
  });
  read();
  globalThis.stufenweise = Object.freeze({ ...globalThis.stufenweise, plannerOffer });
})();
