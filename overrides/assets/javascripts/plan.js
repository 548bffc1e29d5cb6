/* Computes a plan: the dates of its sessions, how chosen tutorials are spread over them, what is in the wrong order.
 * Pure functions: no page, no clock.
 *
 * Contract: stufenweise.plan. Days are texts such as "2026-11-23", computed in UTC, where every day has 24 hours.
 *   dates({ from, every, out, breaks, free }, count)   returns [{ day, shifted, skipped }], one per session; fewer if
 *                                no days are left. shifted: moved to a later day; skipped: the date before fell in a
 *                                break
 *     every    weeks between sessions, or "month" for the same day of each month
 *     out      weekdays without sessions, 0 is Sunday; such a date moves to the next day
 *     free     single days without sessions, such as holidays; such a date moves to the next day, later dates stay
 *     breaks   [first day, last day] of times without sessions; the dates go on after them
 *   pieces(sessions, parts)      turns lists of slugs into lists of { slug, part, minutes }. parts: by slug, the
 *                                minutes of its meetings, two at most. A tutorial of two that several sessions name
 *                                has its part 1 in the first of them, then part 2; else part is 0, the whole
 *   pack(slugs, parts, over)     puts the tutorials into sessions, as many in each as fit; returns lists of pieces.
 *                                over(minutes): by how many minutes these pieces are too long for one session
 *   faults(sessions, requires)   returns { session, slug, other, late } for each tutorial that comes before a tutorial
 *                                it requires. session: its index; late: `other` comes later, else it is missing
 */
(() => {
  /* In milliseconds. */
  const DAY = 86_400_000;
  /* Dates to try at most: a break of a thousand years must not freeze the page. */
  const FAR = 1000;

  const utc = (day) => Date.parse(`${day}T00:00Z`);
  const text = (time) => new Date(time).toISOString().slice(0, 10);

  /* The time of the n-th date. In a month without that day it is the month's last day. */
  const beat = (from, every, n) => {
    if (every !== "month") return utc(from) + n * every * 7 * DAY;
    const [year, month, day] = from.split("-").map(Number);
    const last = new Date(Date.UTC(year, month + n, 0)).getUTCDate();
    return Date.UTC(year, month - 1 + n, Math.min(day, last));
  };

  const dates = ({ from, every, out, breaks, free = [] }, count) => {
    const result = [];
    let begin = from;
    let skipped = false;
    for (let n = 0; result.length < count && n < FAR && out.length < 7; n += 1) {
      const meant = beat(begin, every, n);
      let time = meant;
      const left = (also) => out.includes(new Date(time).getUTCDay()) || (also && free.includes(text(time)));
      while (left(false)) time += DAY;
      // If the first date moves, later weekly dates keep its new weekday.
      if (!n && every !== "month") begin = text(time);
      while (left(true)) time += DAY;
      const day = text(time);
      if (breaks.some(([first, last]) => first <= day && day <= last)) skipped = true;
      else {
        result.push({ day, shifted: time !== meant, skipped });
        skipped = false;
      }
    }
    return result;
  };

  const pieces = (sessions, parts) => {
    const all = sessions.flat();
    const met = new Set();
    return sessions.map((slugs) =>
      slugs.map((slug) => {
        const lengths = parts[slug];
        const isSpread = lengths.length > 1 && all.indexOf(slug) < all.lastIndexOf(slug);
        const part = isSpread ? 1 + met.has(slug) : 0;
        met.add(slug);
        return { slug, part, minutes: lengths[part - 1] ?? lengths.reduce((sum, minutes) => sum + minutes, 0) };
      })
    );
  };

  const pack = (slugs, parts, over) => {
    const sessions = [];
    for (const slug of slugs) {
      parts[slug].forEach((minutes, index, { length }) => {
        const piece = { slug, part: length > 1 ? index + 1 : 0, minutes };
        const last = sessions.at(-1);
        if (last && !index && !over([...last, piece].map((work) => work.minutes))) last.push(piece);
        else sessions.push([piece]);
      });
    }
    return sessions;
  };

  const faults = (sessions, requires) => {
    const all = sessions.flat().map(({ slug }) => slug);
    const met = new Set();
    return sessions.flatMap((works, session) =>
      works.flatMap(({ slug }) => {
        const wanting = met.has(slug) ? [] : requires[slug].filter((other) => !met.has(other));
        met.add(slug);
        return wanting.map((other) => ({ session, slug, other, late: all.includes(other) }));
      })
    );
  };

  globalThis.stufenweise = Object.freeze({
    ...globalThis.stufenweise,
    plan: Object.freeze({ dates, pieces, pack, faults })
  });
})();
