/* Computes the timetable of a session: how long each part is, what is left over, what can be shortened. Pure functions:
 * no page, no clock.
 *
 * Contract: stufenweise.hour
 *   plan(length, frame, works, from)   returns { rows, buffer, over }, buffer and over in minutes
 *     length   minutes of the session
 *     frame    { checkin, why, own, check, next: [minutes, least minutes], buffer: minutes, way }, see hours.yml
 *     works    one list of step minutes per tutorial; a step of 0 minutes is left out
 *     from     if the session goes on another day, the index of its first row; rows before it take no time
 *     rows     { part, phase, work, step, minutes, least } in order; part and phase are keys of the frame, or "doing"
 *   spare(rows)          a list of { part, minutes } that can still be cut, in the order in which to cut them
 *   times(rows, start)   the minute at which each row begins, counted on from `start`
 */
(() => {
  /* The order in which parts are shortened. Own work comes last: it has the longest effect. */
  const ORDER = ["why", "checkin", "check", "next", "own"];
  const sum = (rows) => rows.reduce((total, { minutes }) => total + minutes, 0);

  /* All parts at their planned length; several tutorials share the minutes of a part. */
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
        part("check", work, works.length, work === last ? "next" : "own")
      ]),
      part("next", last, 1)
    ];
  };

  /* Cuts a part's longest row minute by minute until the rows take at most `wanted` minutes. */
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
      .map((ofPart) => ({
        part: ofPart[0]?.part,
        minutes: ofPart.reduce((total, { minutes, least }) => total + minutes - least, 0)
      }))
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
    let end = start;
    return rows.map(({ minutes }) => {
      end += minutes;
      return end - minutes;
    });
  };

  globalThis.stufenweise = Object.freeze({ ...globalThis.stufenweise, hour: Object.freeze({ plan, spare, times }) });
})();
