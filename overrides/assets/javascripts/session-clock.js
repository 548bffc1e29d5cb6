/* The time of a session: what was spent, what is left, when each screen begins. Knows no page and no clock: "now" is an
 * argument, in milliseconds.
 *
 * Contract: stufenweise.sessionClock; a session is { state, rows, index } of session-state.js with { since }, when the
 * time of its screen began to run, undefined while it rests.
 *   count(session, now, runs)   adds the time up to now to the screen's; from now on it runs on, or rests
 *   left(session, now)          minutes left of the screen, below 0 when it is over
 *   begins(session, now)        when each row begins, and the end; 0 for what is over. What has not begun yet, or not yet
 *                               gone on another day, begins at its start
 *   buffer(state, end)          whole minutes between an end and the planned one, below 0 when it is late
 *   clock(time)                 a time as "10:05"; "✓" for 0
 */
(() => {
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
    const rest = rows.map(({ minutes }, one) => ({
      minutes: one < index ? 0 : one === index ? Math.max(0, left(session, now)) : minutes,
    }));
    const from = (index < 0 || state.fresh ? state.start : now) / MINUTE;
    const times = stufenweise.hour.times([...rest, { minutes: 0 }], from);
    return times.map((at, one) => (one < index ? 0 : at * MINUTE));
  };

  const buffer = ({ length, start }, end) => length - Math.round((end - start) / MINUTE);

  const clock = (time) => (time ? new Date(time).toTimeString().slice(0, 5) : "✓");

  globalThis.stufenweise = Object.freeze({ ...globalThis.stufenweise, sessionClock: Object.freeze({ count, left, begins, buffer, clock }) });
})();
