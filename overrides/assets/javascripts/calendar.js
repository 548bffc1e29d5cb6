/* Makes an appointment file that calendars open (iCalendar, RFC 5545).
 *
 * Contract: stufenweise.calendar(events, made) returns the file's text; `made` is a Date.
 * An event: { uid, day, summary, description }; day is "2026-11-23". It lasts the whole day, or with { at, minutes } from
 * "09:00" where the reader is, written in universal time, so that it is the same moment in every calendar. { sequence }
 * grows when it moves, { location } is a place or the address of a call, { url } a page about it, { alarm } how long
 * before it reminds, such as "P1D".
 */
(() => {
  const LONGEST = 75;
  const DAY = 86_400_000;
  const MINUTE = 60_000;

  const escaped = (text) => text.replace(/[\\;,]/g, "\\$&").replace(/\r?\n/g, "\\n");

  /* Lines of at most 75 bytes, broken between signs (section 3.1). */
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

  /* Whole days are counted in universal time, where each has 24 hours. */
  const times = ({ day, at, minutes }) => {
    const begin = Date.parse(at ? `${day}T${at}` : `${day}T00:00Z`);
    return [["DTSTART", 0], ["DTEND", at ? minutes * MINUTE : DAY]].map(([name, later]) => {
      const time = digits(new Date(begin + later));
      return at ? `${name}:${time}` : `${name};VALUE=DATE:${time.slice(0, 8)}`;
    });
  };

  const alarm = ({ summary, alarm: before }) =>
    ["BEGIN:VALARM", "ACTION:DISPLAY", `DESCRIPTION:${escaped(summary)}`, `TRIGGER:-${before}`, "END:VALARM"];

  const lines = (event, made) => [
    "BEGIN:VEVENT",
    `UID:${event.uid}`,
    `DTSTAMP:${digits(made)}`,
    ...(event.sequence === undefined ? [] : [`SEQUENCE:${event.sequence}`]),
    ...times(event),
    `SUMMARY:${escaped(event.summary)}`,
    ...(event.description ? [`DESCRIPTION:${escaped(event.description)}`] : []),
    ...(event.location ? [`LOCATION:${escaped(event.location)}`] : []),
    ...(event.url ? [`URL:${event.url}`] : []),
    ...(event.alarm ? alarm(event) : []),
    "END:VEVENT",
  ];

  const calendar = (events, made) =>
    ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Stufenweise//EN", ...events.flatMap((event) => lines(event, made)), "END:VCALENDAR", ""]
      .map(folded)
      .join("\r\n");

  globalThis.stufenweise = Object.freeze({ ...globalThis.stufenweise, calendar });
})();
