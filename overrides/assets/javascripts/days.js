/* Computes and formats days, as texts such as "2026-11-23". They are days of the reader's time zone, not of UTC: at
 * half past midnight in Berlin, UTC is still on the day before.
 *
 * Contract: stufenweise.days. `now` is a Date, by default the current time; workday changes it.
 *   shown(day, style)           formats a day in the locale of meta[name=dates]; style: options of toLocaleDateString,
 *                               by default short, with weekday
 *   long(day)                   formats it in full; returns a dash if it is no day
 *   today(now)                  the day of `now`
 *   workday(ahead, free, now)   the first day, at least `ahead` days later, that is no weekend and not in the list
 *                               `free`
 */
(() => {
  const SHORT = { weekday: "short", day: "numeric", month: "short", year: "numeric" };
  /* A no-break space keeps day and month on one line. */
  const shown = (day, style = SHORT) =>
    new Date(`${day}T12:00`)
      .toLocaleDateString(document.querySelector("meta[name=dates]").content, style)
      .replace(/(\d\.?) /, "$1\u00a0");

  const long = (day) => (/^\d{4}-\d\d-\d\d$/.test(day) ? shown(day, { dateStyle: "long" }) : "–");

  /* Sweden writes dates as ISO 8601 does. */
  const today = (now = new Date()) => now.toLocaleDateString("sv");

  const workday = (ahead, free = [], now = new Date()) => {
    now.setDate(now.getDate() + ahead);
    while ([0, 6].includes(now.getDay()) || free.includes(today(now))) now.setDate(now.getDate() + 1);
    return today(now);
  };

  const days = Object.freeze({ shown, long, today, workday });
  globalThis.stufenweise = Object.freeze({ ...globalThis.stufenweise, days });
})();
