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
 *   kindName(kind)           the name of a kind of session
 *   read()                   reads the tutorials again, after the list has been filled
 *   title(slug), href(slug), prepare(slug)   the tutorial's title, address, and what to prepare, as a text
 *   named(tag, slug)         a new element with the tutorial's title, in the title's language
 *   numbered(sessions)       the sessions with their number n; an agreement at the beginning has number 0
 *   over(length, minutes)    by how many minutes tutorials of these minutes are too long for a session of this length
 */
(() => {
  const { dom, hour } = stufenweise;
  const { all, make } = dom;
  const [form] = all("[data-planner]");
  const frames = JSON.parse(form.dataset.hours);
  const [found, whole, short, requires] = [{}, {}, {}, {}];
  const list = (text, as) => (text.match(/\S+/g) ?? []).map(as);
  const read = () => {
    for (const one of [...all("[data-programme] [data-minutes]"), ...all("option[data-minutes]", form.elements.add)]) {
      const { value, dataset } = one;
      const slug = value ?? dataset.slug;
      found[slug] = one;
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
    all("[data-programme]").map((one) => [one.dataset.programme, [...one.children].map(session)])
  );

  const isShort = (length) => frames[length].way === "short";
  const parts = (length) => ({
    ...whole,
    ...(isShort(length) && Object.fromEntries(Object.entries(short).filter(([, one]) => one[0])))
  });
  const fits = (slug, length) => !isShort(length) || short[slug].length > 0;

  const title = (slug) => found[slug].textContent;

  const named = (tag, slug) => {
    const node = make(tag, title(slug));
    node.lang = found[slug].lang || document.documentElement.lang;
    return node;
  };

  const plannerOffer = Object.freeze({
    frames,
    programmes,
    title,
    named,
    parts,
    fits,
    requires,
    read,
    href: (slug) => found[slug].dataset.href ?? found[slug].getAttribute("href"),
    prepare: (slug) => found[slug].dataset.prepare,
    kindName: (kind) => all("[data-entry]")[0].getAttribute(`data-kind-${kind}`),
    numbered: (sessions) => sessions.map((one, index) => ({ ...one, n: index + (sessions[0].kind !== "agreement") })),
    over: (length, minutes) =>
      hour.plan(
        +length,
        frames[length],
        minutes.map((one) => [one])
      ).over
  });
  read();
  globalThis.stufenweise = Object.freeze({ ...globalThis.stufenweise, plannerOffer });
})();
