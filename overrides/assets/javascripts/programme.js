/* A pair's sessions as data: planned, added and held. Pure functions: no page, no clock, no storage.
 *
 * Contract: stufenweise.programme; sessions are { ID: { n, kind, works, day, at, minutes, done } }, as they are stored:
 *   n is the position; works a text, "slug slug/2" ("/2": its second part); done the day it was held
 *   line(sessions)                  the sessions as a sorted list, with { id, pieces: [{ slug, part }] }, part 0: all
 *   next(line)                      the first session that is not done
 *   take(made, sessions, newId)     replaces the open sessions by those of a plan: made is a list of { kind,
 *                                   works: [{ slug, part }], day, at, minutes }. Done sessions stay; a session with the
 *                                   same kind and works keeps its id
 *   add(slugs, sessions, newId)     adds a session without a day for each tutorial that is in no open session
 *   finish(works, day, sessions, newId)   marks works ("slug", "slug/1") as held on that day. If more was planned in
 *                                   that session, the rest becomes a session of its own behind it
 *   part(line, slug)                which part of a tutorial with two parts comes next
 *   newId(bytes)                    an id made of these random bytes
 * take, add and finish return the new sessions; newId() in them makes an id.
 */
(() => {
  /* 32 characters, so each byte gives each equally often; none that look alike. */
  const SIGNS = "abcdefghijkmnpqrstuvwxyz23456789";

  const pieces = (works = "") =>
    works
      .split(" ")
      .filter(Boolean)
      .map((work) => {
        const [slug, part] = work.split("/");
        return { slug, part: Number(part ?? 0) };
      });
  const words = (works) => works.map(({ slug, part }) => (part ? `${slug}/${part}` : slug)).join(" ");

  const line = (sessions) =>
    Object.entries(sessions ?? {})
      .map(([id, session]) => ({ id, ...session, pieces: pieces(session.works) }))
      .sort((a, b) => a.n - b.n || (a.id < b.id ? -1 : 1));

  const next = (list) => list.find(({ done }) => !done);

  const inOrder = (sessions) => line(sessions).map(({ id }) => [id, sessions[id]]);

  /* The sessions that are done, and the open ones. */
  const split = (sessions) => {
    const all = inOrder(sessions);
    return [all.filter(([, { done }]) => done), all.filter(([, { done }]) => !done)];
  };

  /* Numbers the sessions in the order given. */
  const numbered = (entries) => Object.fromEntries(entries.map(([id, session], n) => [id, { ...session, n }]));

  const take = (made, sessions, newId) => {
    const [done, open] = split(sessions);
    const left = { done: [...done], open };
    const pick = (list, { kind, works }) => {
      const at = list.findIndex(([, session]) => session.kind === kind && (session.works ?? "") === works);
      return at < 0 ? undefined : list.splice(at, 1)[0];
    };
    const entries = made.flatMap(({ kind, works, day, at, minutes }) => {
      const session = { kind, works: words(works), day, at, minutes };
      if (pick(left.done, session)) return [];
      return [[pick(left.open, session)?.[0] ?? newId(), session]];
    });
    return numbered([...done, ...entries]);
  };

  const add = (slugs, sessions, newId) => {
    const there = line(sessions)
      .filter(({ done }) => !done)
      .flatMap((session) => session.pieces.map(({ slug }) => slug));
    const added = slugs
      .filter((slug) => !there.includes(slug))
      .map((slug) => [newId(), { kind: "tutorials", works: slug }]);
    return numbered([...inOrder(sessions), ...added]);
  };

  const isSame = (piece, other) =>
    piece.slug === other.slug && (!piece.part || !other.part || piece.part === other.part);

  /* The works of a session that were not held; of a tutorial whose first part was held, the second part. */
  const remaining = (session, held) =>
    session.pieces.flatMap((piece) => {
      const did = held.find((other) => isSame(piece, other));
      if (!did) return [piece];
      return did.part === 1 && !piece.part ? [{ ...piece, part: 2 }] : [];
    });

  const finish = (works, day, sessions, newId) => {
    const held = pieces(works.join(" "));
    const open = line(sessions).filter(({ done }) => !done);
    const session = open.find((session) => session.pieces.some((piece) => held.some((other) => isSame(piece, other))));
    const [done, rest] = split(sessions);
    if (!session)
      return numbered([...done, [newId(), { kind: "tutorials", works: words(held), day, done: day }], ...rest]);
    const { id, n } = session;
    const entries = { ...sessions, [id]: { ...sessions[id], works: words(held), done: day } };
    const left = remaining(session, held);
    if (!left.length) return entries;
    // n + 0.5 sorts it right behind the held session; `numbered` makes whole numbers again.
    return numbered(inOrder({ ...entries, [newId()]: { kind: "tutorials", works: words(left), n: n + 0.5 } }));
  };

  const part = (list, slug) => {
    const held = list
      .filter(({ done }) => done)
      .sort((a, b) => (a.done < b.done ? -1 : 1))
      .flatMap(({ pieces }) => pieces)
      .filter((piece) => piece.slug === slug);
    return held.at(-1)?.part === 1 ? 2 : 1;
  };

  const newId = (bytes) => Array.from(bytes, (byte) => SIGNS[byte % SIGNS.length]).join("");

  globalThis.stufenweise = Object.freeze({
    ...globalThis.stufenweise,
    programme: Object.freeze({ line, next, take, add, finish, part, newId })
  });
})();
