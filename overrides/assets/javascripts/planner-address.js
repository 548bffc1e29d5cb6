/* Writes the planner's choices as the part of an address behind "#", and reads them back. Only slugs, numbers and
 * dates. Unknown values are ignored and counted. Pure functions: no page.
 *
 * Contract: stufenweise.plannerAddress; choices are { programme, tutorials: [slug], from: "2026-11-23", at: "10:00",
 *   every, minutes, land, out: [weekday], breaks: [[first day, last day]] }
 *   write(choices)           returns URLSearchParams, with either the programme or the tutorials
 *   read(hash, known)        returns { choices, own, unknown }; missing or unknown values are undefined or empty lists.
 *                            own: whether the address lists tutorials; unknown: how many values were ignored
 *     known    { programmes, tutorials, every, minutes, lands }: lists of the known values
 *   isDay(text)              whether the text is a day of the calendar
 */
(() => {
  /* Tutorials at most: an address could list any number. */
  const MANY = 40;
  const DATE = /^\d{4}-\d\d-\d\d$/;
  const TIME = /^([01]\d|2[0-3])\.[0-5]\d$/;

  const isDay = (text) => {
    const time = DATE.test(text) ? Date.parse(`${text}T00:00Z`) : NaN;
    return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
  };

  const isPair = (text) => {
    const days = text.split("_");
    return days.length === 2 && days.every(isDay);
  };

  const write = ({ programme, tutorials, from, at, every, minutes, land, out, breaks }) => {
    const texts = {
      ...(programme ? { programme } : { tutorials: tutorials.join("_") }),
      from,
      at: at.replace(":", "."),
      every,
      minutes,
      land,
      out: out.join("."),
      breaks: breaks.map((days) => days.join("_")).join(".")
    };
    return new URLSearchParams(Object.entries(texts).filter(([, value]) => value));
  };

  const read = (hash, known) => {
    const given = new URLSearchParams(hash);
    let unknown = 0;
    const only = (values, right) => {
      const good = values.filter(right);
      unknown += values.length - good.length;
      return good;
    };
    const several = (name, separator, right) => only((given.get(name) ?? "").split(separator).filter(Boolean), right);
    const single = (name, right) => several(name, " ", right)[0];
    const choices = {
      programme: single("programme", (slug) => known.programmes.includes(slug)),
      tutorials: [...new Set(several("tutorials", "_", (slug) => known.tutorials.includes(slug)))].slice(0, MANY),
      from: single("from", isDay),
      at: single("at", (time) => TIME.test(time))?.replace(".", ":"),
      every: single("every", (value) => known.every.includes(value)),
      minutes: single("minutes", (value) => known.minutes.includes(value)),
      land: single("land", (code) => known.lands.includes(code)),
      out: several("out", ".", (day) => /^[0-6]$/.test(day)),
      breaks: several("breaks", ".", isPair).map((pair) => pair.split("_"))
    };
    only([...given.keys()], (name) => name in choices);
    return { choices, own: given.has("tutorials"), unknown };
  };

  globalThis.stufenweise = Object.freeze({
    ...globalThis.stufenweise,
    plannerAddress: Object.freeze({ write, read, isDay })
  });
})();
