/* Makes a calendar's entry of a session: its topics, the hour's agenda with minutes, what to prepare, where.
 *
 * Reads: template[data-entry] with the words: data-summary, -summary-0, -agenda, -minutes, -prepare, -page and -part-…, the names
 *   of the hour's parts; the tutorials' data of planner-offer.js.
 * Contract: stufenweise.kindName(kind), a kind of session in words; meetings(lines), of the pair's sessions those to come that have
 *   a day; meetingEntry(session, saved, place, page)
 *   session   { id, n, kind, kindName, pieces: [{ slug, part }], day, at, minutes }
 *   saved     { id, sequence } of kept-programme.js; the entry's uid is made of both ids
 *   page      the address of the pair's page, or nothing where pages lie in a folder
 */
(() => {
  const { dom, hour, plannerOffer } = globalThis.stufenweise;
  const { all, fill } = dom;
  const { frames, href, parts, prepare, requires, title } = plannerOffer;
  const USUAL = 60;
  const words = all("[data-entry]")[0].dataset;

  const minutesOf = ({ slug, part }, length) => {
    const each = parts(length)[slug];
    return each[part - 1] ?? each.reduce((sum, one) => sum + one, 0);
  };

  const agenda = ({ pieces }, length) => {
    if (!pieces.length || !frames[length]) return [];
    const { rows } = hour.plan(length, frames[length], pieces.map((one) => [minutesOf(one, length)]));
    const line = ({ part, work, minutes: n }) =>
      fill(words.minutes, { n, what: part === "doing" ? title(pieces[work].slug) : words[`part${part[0].toUpperCase()}${part.slice(1)}`] });
    return [words.agenda, ...rows.filter((row) => row.minutes).map(line)];
  };

  const kindName = (kind) => all("[data-entry]")[0].getAttribute(`data-kind-${kind}`);

  const meetings = (lines) => {
    const first = lines[0]?.kind === "agreement" ? 0 : 1;
    return lines
      .map((one, index) => ({ ...one, n: index + first, kindName: kindName(one.kind), pieces: one.pieces.filter(({ slug }) => requires[slug]) }))
      .filter(({ day, done }) => day && !done);
  };

  const meetingEntry = (session, { id, sequence }, place, page) => {
    const { id: key, n, kind, kindName, pieces, day, at, minutes = USUAL } = session;
    const topic = [...(kind === "tutorials" ? [] : [kindName]), ...pieces.map(({ slug }) => title(slug))].join(", ");
    const link = (slug) => (page ? [new URL(href(slug), location.href).href] : []);
    const before = pieces.filter(({ slug }) => prepare(slug)).map(({ slug }) => fill(words.prepare, { text: prepare(slug) }));
    const description = [
      ...pieces.flatMap(({ slug }) => [title(slug), ...link(slug)]),
      ...before,
      ...agenda(session, minutes),
      ...(page ? [fill(words.page, { address: page })] : []),
    ];
    return {
      uid: `${id}-${key}@stufenweise`,
      sequence, day, at, minutes, alarm: "P1D",
      summary: fill(words[n ? "summary" : "summary-0"] ?? words.summary, { n, what: topic }),
      description: description.join("\n"),
      ...(place ? { location: place } : {}),
    };
  };

  globalThis.stufenweise = Object.freeze({ ...globalThis.stufenweise, kindName, meetings, meetingEntry });
})();
