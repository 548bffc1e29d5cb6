/* The times of a session: what was spent, what is left, when each screen begins. No page, no clock: "now" is an
 * argument, in milliseconds.
 *
 * Contract: stufenweise.sessionClock; a session is { state, rows, index } of session-state.js with { since }: when the
 * clock of its screen was started, undefined while it is stopped.
 *   count(session, now, runs)   adds the time since then to the screen's; runs: whether the clock goes on or stops
 *   left(session, now)          minutes left for the screen, negative if it took longer
 *   begins(session, now)        the times at which the rows begin, then the end; 0 for past rows. Before a session
 *                               begins or is resumed, they count from its planned start
 *   buffer(state, end)          whole minutes from `end` to the planned end, negative if late
 *   clock(time)                 a time as "10:05", or "✓" for 0
 */
(() => {
  /* In milliseconds. */
  const MINUTE = 60_000;

  const count = (session, now, runs) => {
    const { state, since } = session;
    if (since) state.spent[state.at] = (state.spent[state.at] ?? 0) + now - since;
    session.since = runs ? now : undefined;
  };

  const left = ({ state, rows, index, since }, now) => {
    const { key, minutes } = rows[index];
    const running = since ? now - since : 0;
    return minutes - ((state.spent[key] ?? 0) + running) / MINUTE;
  };

  const begins = (session, now) => {
    const { state, rows, index } = session;
    const rest = rows.map(({ minutes }, row) => ({
      minutes: row < index ? 0 : row === index ? Math.max(0, left(session, now)) : minutes
    }));
    const from = (index < 0 || state.fresh ? state.start : now) / MINUTE;
    const times = stufenweise.hour.times([...rest, { minutes: 0 }], from);
    return times.map((at, row) => (row < index ? 0 : at * MINUTE));
  };

  const buffer = ({ length, start }, end) => length - Math.round((end - start) / MINUTE);

  const clock = (time) => (time ? new Date(time).toTimeString().slice(0, 5) : "✓");

  globalThis.stufenweise = Object.freeze({
    ...globalThis.stufenweise,
    sessionClock: Object.freeze({ count, left, begins, buffer, clock })
  });
})();
