/* Lays out a session: how long each of its parts is, what is left over, what can be shortened. Knows no page, no clock.
 *
 * Contract: stufenweise.hour
 *   plan(length, frame, works, from)   { rows, buffer, over }
 *     frame    { checkin, why, own, check, next: [minutes, at the least], buffer: minutes, way }, see hours.yml
 *     works    one list of its steps' minutes a tutorial; a step of 0 minutes is left out
 *     from     the first row of a session that goes on another day: those before it take no time
 *     rows     { part, phase, work, step, minutes, least } in order; part and phase are the frame's words, or "doing"
 *   spare(rows)                  { part, minutes } that can still be given up, in the order in which to do so
 *   times(rows, start)           when each row begins; minutes, from `start`
 */
(() => {
  /* What is shortened first. Own work comes last: it is what lasts beyond the session. */
  const ORDER = ["why", "checkin", "check", "next", "own"];
  const sum = (rows) => rows.reduce((total, { minutes }) => total + minutes, 0);

  /* All parts at their planned length; several tutorials share it. */
  const spread = (frame, works) => {
    const last = works.length - 1;
    const part = (name, work, share, phase = name) => {
      const [minutes, whole] = frame[name];
      const least = Math.ceil(whole / share);
      return { part: name, phase, work, minutes: Math.max(least, Math.floor(minutes / share)), least };
    };
    return [
      part("checkin", 0, 1),
      ...works.flatMap((steps, work) => [
        part("why", work, works.length),
        ...steps.map((minutes, step) => ({ part: "doing", phase: "doing", work, step, minutes, least: minutes })),
        part("own", work, works.length),
        part("check", work, works.length, work === last ? "next" : "own"),
      ]),
      part("next", last, 1),
    ];
  };

  /* Takes minute by minute from the longest of a part's rows until no more than `wanted` is left. */
  const shorten = (rows, wanted, name) => {
    while (sum(rows) > wanted) {
      const [longest] = rows
        .filter(({ part, minutes, least }) => part === name && minutes > least)
        .sort((a, b) => b.minutes - a.minutes);
      if (!longest) return;
      longest.minutes -= 1;
    }
  };

  const spare = (rows) =>
    ORDER.map((name) => rows.filter(({ part }) => part === name))
      .map((some) => ({ part: some[0]?.part, minutes: sum(some) - some.reduce((total, { least }) => total + least, 0) }))
      .filter(({ minutes }) => minutes);

  const plan = (length, frame, works, from = 0) => {
    const rows = spread(frame, works).map((row, at) => (at < from ? { ...row, minutes: 0, least: 0 } : row));
    if (sum(rows) > length) {
      shorten(rows, length - frame.buffer, ORDER[0]);
      for (const part of ORDER) shorten(rows, length, part);
    }
    const rest = length - sum(rows);
    return { rows, buffer: Math.max(0, rest), over: Math.max(0, -rest) };
  };

  const times = (rows, start) => {
    let at = start;
    return rows.map(({ minutes }) => (at += minutes) - minutes);
  };

  globalThis.stufenweise = Object.freeze({ ...globalThis.stufenweise, hour: Object.freeze({ plan, spare, times }) });
})();
