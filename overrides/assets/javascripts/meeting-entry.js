/* Makes calendar entries of sessions: topics, agenda with minutes, what to prepare, where.
 *
 * Reads: template[data-entry] with its sentences data-summary, -summary-0, -agenda, -minutes, -prepare, -page and
 *   -part-…, the names of a session's parts; the tutorials' data of planner-offer.js.
 * Contract: stufenweise
 *   meetings(lines)   of the pair's sessions, the ones to come that have a day:
 *                     { id, n, kind, kindName, pieces: [{ slug, part }], day, at, minutes }
 *   saveMeetings(file, sessions, saved, place, href, others)   offers a calendar file of this name to the reader;
 *                     returns whether there was anything to save
 *     saved     { id, sequence } of keptProgramme.saving(); an entry's uid is made of both ids
 *     place     where the pair meets, or ""
 *     href      address of the pair's page, if there is one
 *     others    events to add as they are, see calendar.js
 *   pageOf(href)      the page's full address for use on other devices; "" if the site is opened from a folder
 */
(() => {
  const { calendar, dom, hour, plannerOffer, saveFile } = stufenweise;
  const { all, fill } = dom;
  const { frames, href, kindName, numbered, parts, prepare, requires, title } = plannerOffer;
  /* Minutes of a session that has no length of its own. */
  const USUAL = 60;
  const words = all("[data-entry]")[0].dataset;

  const minutesOf = ({ slug, part }, length) => {
    const lengths = parts(length)[slug];
    return lengths[part - 1] ?? lengths.reduce((sum, minutes) => sum + minutes, 0);
  };

  const agenda = ({ pieces }, length) => {
    if (!pieces.length || !frames[length]) return [];
    const { rows } = hour.plan(
      length,
      frames[length],
      pieces.map((piece) => [minutesOf(piece, length)])
    );
    const line = ({ part, work, minutes: n }) =>
      fill(words.minutes, {
        n,
        what: part === "doing" ? title(pieces[work].slug) : words[`part${part[0].toUpperCase()}${part.slice(1)}`]
      });
    return [words.agenda, ...rows.filter((row) => row.minutes).map(line)];
  };

  const meetings = (lines) =>
    numbered(lines)
      .map((session) => ({
        ...session,
        kindName: kindName(session.kind),
        pieces: session.pieces.filter(({ slug }) => requires[slug])
      }))
      .filter(({ day, done }) => day && !done);

  const meetingEntry = (session, { id, sequence }, place, page) => {
    const { id: key, n, kindName, pieces, day, at, minutes = USUAL } = session;
    const topic = [kindName, ...pieces.map(({ slug }) => title(slug))].filter(Boolean).join(", ");
    const link = (slug) => (page ? [new URL(href(slug), location.href).href] : []);
    const before = pieces
      .filter(({ slug }) => prepare(slug))
      .map(({ slug }) => fill(words.prepare, { text: prepare(slug) }));
    const description = [
      ...pieces.flatMap(({ slug }) => [title(slug), ...link(slug)]),
      ...before,
      ...agenda(session, minutes),
      ...(page ? [fill(words.page, { address: page })] : [])
    ];
    return {
      uid: `${id}-${key}@stufenweise`,
      sequence,
      day,
      at,
      minutes,
      alarm: "P1D",
      summary: fill(words[n ? "summary" : "summary-0"] ?? words.summary, { n, what: topic }),
      description: description.join("\n"),
      ...(place ? { location: place } : {})
    };
  };

  const pageOf = (href) =>
    location.protocol === "file:" || !href ? "" : new URL(href, location.href).href.split("#")[0];

  const saveMeetings = (file, sessions, saved, place, href, others = []) => {
    const page = pageOf(href);
    const entries = [
      ...sessions.map((session) => meetingEntry(session, saved, place, page && `${page}#meeting`)),
      ...others
    ];
    if (entries.length) saveFile(file, calendar(entries, new Date()), "text/calendar");
    return entries.length > 0;
  };

  globalThis.stufenweise = Object.freeze({ ...globalThis.stufenweise, meetings, pageOf, saveMeetings });
})();
