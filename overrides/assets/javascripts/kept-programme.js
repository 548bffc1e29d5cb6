/* Stores the pair's sessions in this browser; programme.js computes them.
 *
 * Stores "sessions", see programme.js, and "plan": { id, sequence, place, choices }: the id of the calendar entries,
 *   how often they were saved, where the pair meets, the planner's choices as in its address.
 * Contract: stufenweise.keptProgramme
 *   line()                    the list of sessions, as programme.line returns it
 *   plan()                    the plan; {} if none is stored
 *   take(made, choices, ids)  stores a plan's sessions (see programme.take) and its choices. ids: a list of ids for new
 *                             sessions, with the calendar's id as `own`; missing ids are added to it, so that a session
 *                             saved to a calendar before it was stored has the same id afterwards
 *   preview(made, ids)        the list of sessions that take would store
 *   add(slugs), finish(works), part(slug)   as in programme.js, on the stored sessions
 *   change(id, fields)        changes a session; undefined or "" removes a field
 *   drop(id)                  removes a session
 *   move(id, way)             moves a session up (-1) or down (1)
 *   note(fields)              changes fields of the plan
 *   saving(ids)               increments the calendar's sequence and returns { id, sequence }; if no plan is stored,
 *                             the count goes into `ids` instead
 *   newId()                   a random id
 *   agreements()              [[ID, { by, text, done }], …], the pair's agreements, sorted by the day they are due
 */
(() => {
  const {
    days: { today },
    store,
    programme
  } = stufenweise;
  const newId = () => programme.newId(crypto.getRandomValues(new Uint8Array(8)));
  const sessions = () => store.get("sessions") ?? {};
  const plan = () => store.get("plan") ?? {};
  const keep = (value) => store.set("sessions", value);

  const changed = (object, fields) =>
    Object.fromEntries(
      Object.entries({ ...object, ...fields }).filter(([, value]) => value !== undefined && value !== "")
    );

  const note = (fields) => store.set("plan", changed(plan(), fields));

  const change = (id, fields) => keep({ ...sessions(), [id]: changed(sessions()[id], fields) });

  const move = (id, way) => {
    const list = programme.line(sessions());
    const at = list.findIndex((session) => session.id === id);
    const [session, other] = [list[at], list[at + way]];
    if (!other) return;
    // The dates stay in order: the two sessions swap their dates.
    const dated = ({ n, day, at }) => ({ n, day, at });
    change(session.id, dated(other));
    change(other.id, dated(session));
  };

  const taken = (made, ids) => {
    let n = 0;
    return programme.take(made, sessions(), () => (ids[n++] ??= newId()));
  };

  const keptProgramme = Object.freeze({
    plan,
    note,
    change,
    move,
    newId,
    line: () => programme.line(sessions()),
    preview: (made, ids) => programme.line(taken(made, ids)),
    take(made, choices, ids) {
      keep(taken(made, ids));
      note({ id: ids.own, sequence: ids.sequence, ...plan(), choices });
    },
    add: (slugs) => keep(programme.add(slugs, sessions(), newId)),
    finish: (works) => keep(programme.finish(works, today(), sessions(), newId)),
    agreements: () => Object.entries(store.get("next-steps") ?? {}).sort(([, a], [, b]) => (a.by < b.by ? -1 : 1)),
    part: (slug) => programme.part(programme.line(sessions()), slug),
    drop(id) {
      const { [id]: gone, ...others } = sessions();
      keep(others);
    },
    saving(ids) {
      const saved = ids && !plan().id ? ids : undefined;
      const { id = saved?.own ?? newId(), sequence = saved?.sequence ?? -1 } = plan();
      const next = { id, sequence: sequence + 1 };
      if (saved) Object.assign(saved, { own: id, sequence: next.sequence });
      else note(next);
      return next;
    }
  });
  globalThis.stufenweise = Object.freeze({ ...globalThis.stufenweise, keptProgramme });
})();
