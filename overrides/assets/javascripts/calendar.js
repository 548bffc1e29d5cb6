/* Makes a calendar file (iCalendar, RFC 5545).
 *
 * Contract: stufenweise.calendar(events, made) returns the file's text. `made` is the Date on which it is made.
 *   An event is { uid, day, summary } and may have more:
 *     day           "2026-11-23"; without `at` the event lasts the whole day
 *     at, minutes   start in the reader's local time ("09:00") and length; written in UTC, the same
 *                   moment in every calendar
 *     description   text
 *     location      a place, or the address of a call
 *     alarm         how long before it to remind, as an ISO duration such as "P1D"
 *     sequence      a number that must grow with each change of the event
 */
(() => {
  /* Longest line in bytes (RFC 5545, 3.1). */
  const LONGEST = 75;
  /* In milliseconds. */
  const DAY = 86_400_000;
  const MINUTE = 60_000;

  const escaped = (text) => text.replace(/[\\;,]/g, "\\$&").replace(/\r?\n/g, "\\n");

  /* Breaks a long line between characters; each further line begins with a space (RFC 5545, 3.1). */
  const folded = (line) => {
    const coder = new TextEncoder();
    let result = "";
    let bytes = 0;
    for (const sign of line) {
      const size = coder.encode(sign).length;
      if (bytes + size > LONGEST) {
        result += "\r\n ";
        bytes = 1;
      }
      result += sign;
      bytes += size;
    }
    return result;
  };

  const digits = (date) => date.toISOString().replace(/[-:]|\.\d+/g, "");

  /* Whole days are computed in UTC, where every day has 24 hours. */
  const times = ({ day, at, minutes }) => {
    const begin = Date.parse(at ? `${day}T${at}` : `${day}T00:00Z`);
    return [
      ["DTSTART", 0],
      ["DTEND", at ? minutes * MINUTE : DAY]
    ].map(([name, later]) => {
      const time = digits(new Date(begin + later));
      return at ? `${name}:${time}` : `${name};VALUE=DATE:${time.slice(0, 8)}`;
    });
  };

  const alarm = ({ summary, alarm: before }) => [
    "BEGIN:VALARM",
    "ACTION:DISPLAY",
    `DESCRIPTION:${escaped(summary)}`,
    `TRIGGER:-${before}`,
    "END:VALARM"
  ];

  const lines = (event, made) => [
    "BEGIN:VEVENT",
    `UID:${event.uid}`,
    `DTSTAMP:${digits(made)}`,
    ...(event.sequence === undefined ? [] : [`SEQUENCE:${event.sequence}`]),
    ...times(event),
    `SUMMARY:${escaped(event.summary)}`,
    ...["description", "location"]
      .filter((name) => event[name])
      .map((name) => `${name.toUpperCase()}:${escaped(event[name])}`),
    ...(event.alarm ? alarm(event) : []),
    "END:VEVENT"
  ];

  const calendar = (events, made) =>
    [
      "BEGIN:VCALENDAR",
      "VERSION:2.0",
      "PRODID:-//Stufenweise//EN",
      ...events.flatMap((event) => lines(event, made)),
      "END:VCALENDAR",
      ""
    ]
      .map(folded)
      .join("\r\n");

  globalThis.stufenweise = Object.freeze({ ...globalThis.stufenweise, calendar });
})();
