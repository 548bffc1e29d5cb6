/* The pair's sessions as this browser keeps them: what programme.js reckons, stored.
 *
 * Kept as "sessions", and as "plan": { id, sequence, place, choices }, the calendar entries' id and how often they were
 * saved, where the pair meets, and the planner's choices as in its address.
 * Contract: stufenweise.keptProgramme
 *   line(), plan()            what is kept; plan() is {} while nothing is
 *   take(made, choices, ids)  takes a plan over; see programme.js. `ids` is the list of the ids that new sessions get, with the
 *                             calendar's as `own`; what is missing is added to it, so that a session that was saved before it
 *                             was kept has the same id then
 *   preview(made, ids)        the line as it would be then
 *   add(slugs), finish(works), part(slug)
 *   change(id, fields)        changes a session; undefined removes a field
 *   drop(id), move(id, way)   takes it out of the line; moves it up (-1) or down (1)
 *   note(fields)              changes the plan's own fields
 *   saving(ids)               increments the calendar's sequence and returns { id, sequence }; while no plan is stored, the
 *                             count is kept in `ids` instead
 *   newId()                   a random id
 *   agreements()              what was agreed, in sessions and on the pair's page, as [ID, { by, text, done }], by its date
 */
(() => {
  const { days: { today }, store, programme } = stufenweise;
  const newId = () => programme.newId(crypto.getRandomValues(new Uint8Array(8)));
  const sessions = () => store.get("sessions") ?? {};
  const plan = () => store.get("plan") ?? {};
  const keep = (value) => store.set("sessions", value);

  const changed = (one, fields) =>
    Object.fromEntries(Object.entries({ ...one, ...fields }).filter(([, value]) => value !== undefined && value !== ""));

  const note = (fields) => store.set("plan", changed(plan(), fields));

  const change = (id, fields) => keep({ ...sessions(), [id]: changed(sessions()[id], fields) });

  const move = (id, way) => {
    const list = programme.line(sessions());
    const at = list.findIndex((one) => one.id === id);
    const [one, other] = [list[at], list[at + way]];
    if (!other) return;
    // Dates stay in their order: what moves takes the other's.
    const dated = (to, from) => ({ n: from.n, day: from.day, at: from.at });
    change(one.id, dated(one, other));
    change(other.id, dated(other, one));
  };

  const taken = (made, ids) => {
    let n = 0;
    return programme.take(made, sessions(), () => (ids[n++] ??= newId()));
  };

  const keptProgramme = Object.freeze({
    plan, note, change, move, newId,
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
    },
  });
  globalThis.stufenweise = Object.freeze({ ...globalThis.stufenweise, keptProgramme });
})();
