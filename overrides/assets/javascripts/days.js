/* Days of the calendar, as texts such as "2026-11-23". They are days of the reader's own time zone, not of UTC: whoever
 * sits in Berlin at half past midnight is a day ahead of it.
 *
 * Contract: stufenweise.days
 *   shown(day, style)         a day as people write it: as meta[name=dates] says; in short without a style
 *   long(day)                 the same in full, or a dash where there is no day
 *   today(now)                the day of a moment
 *   workday(ahead, free, now) the first working day at least `ahead` days later, none of `free`
 *   nextMonday(now)           the first Monday after the day of a moment
 * Without `now` all count from this moment; the last two move it.
 */
(() => {
  const SHORT = { weekday: "short", day: "numeric", month: "short", year: "numeric" };
  /* The month stays with its day at a line's end. */
  const shown = (day, style = SHORT) =>
    new Date(`${day}T12:00`).toLocaleDateString(document.querySelector("meta[name=dates]").content, style).replace(/(\d\.?) /, "$1\u00a0");

  const long = (day) => (/^\d{4}-\d\d-\d\d$/.test(day) ? shown(day, { dateStyle: "long" }) : "–");

  const today = (now = new Date()) =>
    [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((n) => `${n}`.padStart(2, "0")).join("-");

  const workday = (ahead, free = [], now = new Date()) => {
    now.setDate(now.getDate() + ahead);
    while ([0, 6].includes(now.getDay()) || free.includes(today(now))) now.setDate(now.getDate() + 1);
    return today(now);
  };

  const nextMonday = (now = new Date()) => {
    now.setDate(now.getDate() + ((8 - now.getDay()) % 7 || 7));
    return today(now);
  };

  const days = Object.freeze({ shown, long, today, workday, nextMonday });
  globalThis.stufenweise = Object.freeze({ ...globalThis.stufenweise, days });
})();
