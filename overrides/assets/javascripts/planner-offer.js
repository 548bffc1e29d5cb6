/* What the planner's page offers, read off it: all tutorials, the programmes' sessions, the frames of an hour.
 *
 * Reads: form[data-planner][data-hours]; its select "add" lists all tutorials with data-minutes (of each meeting),
 *   data-short (of half an hour), data-requires, data-href, data-prepare; ol[data-programme] > [data-kind] > [data-slug] are
 *   the programmes' sessions.
 * Contract: stufenweise.plannerOffer
 *   frames                   the frames for stufenweise.hour by length
 *   parts(length)            by slug: the minutes of a tutorial's meetings in sessions of this length
 *   requires                 by slug: the slugs of what it requires
 *   fits(slug, length)       whether sessions of this length can hold it at all: half an hour takes the short way
 *   programmes               by slug: [{ kind, slugs }]
 *   title(slug), href(slug), prepare(slug)   of a tutorial: what to prepare, as a text
 *   named(tag, slug)         an element with its title, in the title's language
 *   shown(day, style)        a day as people write it
 *   over(length, minutes)    by how many minutes tutorials of these minutes exceed a session of this length
 */
(() => {
  const { dom, hour } = globalThis.stufenweise;
  const { all, make, shown } = dom;
  const [form] = all("[data-planner]");
  const frames = JSON.parse(form.dataset.hours);
  const options = Object.fromEntries(all("option[data-minutes]", form.elements.add).map((one) => [one.value, one]));
  const list = (text, as) => (text.match(/\S+/g) ?? []).map(as);
  const words = (name, as) =>
    Object.fromEntries(Object.entries(options).map(([slug, { dataset }]) => [slug, list(dataset[name], as)]));
  const session = (item) => ({ kind: item.dataset.kind, slugs: all("[data-slug]", item).map(({ dataset }) => dataset.slug) });
  const programmes = Object.fromEntries(
    all("[data-programme]").map((one) => [one.dataset.programme, [...one.children].map(session)]),
  );

  const [whole, short] = ["minutes", "short"].map((name) => words(name, Number));
  const isShort = (length) => frames[length].way === "short";
  const parts = (length) => ({ ...whole, ...(isShort(length) && Object.fromEntries(Object.entries(short).filter(([, one]) => one[0]))) });
  const fits = (slug, length) => !isShort(length) || short[slug].length > 0;

  const title = (slug) => options[slug].textContent;

  const named = (tag, slug) => {
    const node = make(tag, title(slug));
    node.lang = options[slug].lang || document.documentElement.lang;
    return node;
  };

  const plannerOffer = Object.freeze({
    frames, programmes, title, named, parts, fits,
    requires: words("requires", String),
    href: (slug) => options[slug].dataset.href,
    prepare: (slug) => options[slug].dataset.prepare,
    shown,
    over: (length, minutes) => hour.plan(+length, frames[length], minutes.map((one) => [one])).over,
  });
  globalThis.stufenweise = Object.freeze({ ...globalThis.stufenweise, plannerOffer });
})();
