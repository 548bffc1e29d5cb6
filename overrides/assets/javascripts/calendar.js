/* Makes an appointment file that calendars open (iCalendar, RFC 5545), and hands any made file to the reader.
 *
 * Contract: stufenweise.calendar
 *   text(events, made)          the file's text; `made` is a Date
 *   save(name, text, type)      the browser's own "save as"
 * An event: { uid, start, minutes, summary, description, alarm }; start is "2026-11-23" for a whole day or
 * "2026-11-23T09:00" in the reader's own time, alarm the minutes before, if one is wanted.
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

  /* The start, and the end by counting in universal time, where no hour is missing or there twice. */
  const times = ({ start, minutes }) => {
    const whole = !start.includes("T");
    const at = new Date(whole ? `${start}T00:00Z` : `${start}Z`);
    const end = new Date(at.getTime() + (whole ? DAY : minutes * 60_000));
    const form = (date) => (whole ? digits(date).slice(0, 8) : digits(date).slice(0, 15));
    const kind = whole ? ";VALUE=DATE" : "";
    return [`DTSTART${kind}:${form(at)}`, `DTEND${kind}:${form(end)}`];
  };

  const lines = (event, made) => [
    "BEGIN:VEVENT",
    `UID:${event.uid}`,
    `DTSTAMP:${digits(made)}`,
    ...times(event),
    `SUMMARY:${escaped(event.summary)}`,
    ...(event.description ? [`DESCRIPTION:${escaped(event.description)}`] : []),
    ...(event.alarm ? ["BEGIN:VALARM", "ACTION:DISPLAY", `DESCRIPTION:${escaped(event.summary)}`, `TRIGGER:-PT${event.alarm}M`, "END:VALARM"] : []),
    "END:VEVENT",
  ];

  const text = (events, made) =>
    ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Stufenweise//EN", ...events.flatMap((event) => lines(event, made)), "END:VCALENDAR", ""]
      .map(folded)
      .join("\r\n");

  const save = (name, content, type = "text/calendar") => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([content], { type }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  };

  const calendar = Object.freeze({ text, save });
  globalThis.stufenweise = Object.freeze({ ...globalThis.stufenweise, calendar });
})();
