/* Makes an appointment file that calendars open (iCalendar, RFC 5545).
 *
 * Contract: stufenweise.calendar(events, made) returns the file's text; `made` is a Date.
 * An event lasts a whole day: { uid, day, summary, description }; day is "2026-11-23".
 */
(() => {
  const LONGEST = 75;
  const DAY = 86_400_000;

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

  /* The day, and the one after it; counted in universal time, where each has 24 hours. */
  const days = (day) =>
    [["DTSTART", 0], ["DTEND", DAY]].map(([name, later]) => {
      const date = new Date(Date.parse(`${day}T00:00Z`) + later);
      return `${name};VALUE=DATE:${digits(date).slice(0, 8)}`;
    });

  const lines = (event, made) => [
    "BEGIN:VEVENT",
    `UID:${event.uid}`,
    `DTSTAMP:${digits(made)}`,
    ...days(event.day),
    `SUMMARY:${escaped(event.summary)}`,
    ...(event.description ? [`DESCRIPTION:${escaped(event.description)}`] : []),
    "END:VEVENT",
  ];

  const calendar = (events, made) =>
    ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Stufenweise//EN", ...events.flatMap((event) => lines(event, made)), "END:VCALENDAR", ""]
      .map(folded)
      .join("\r\n");

  globalThis.stufenweise = Object.freeze({ ...globalThis.stufenweise, calendar });
})();
