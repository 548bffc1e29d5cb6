/* What the values that a browser, a file or a link holds must look like. Pure functions, which never throw.
 *
 * Contract: stufenweise.keptShapes
 *   KINDS                     the kinds of data that belong to the pair and not to the device. By kind: 0 for a list of
 *                             names (ticks), else how deep the leaves are. A leaf is a text, a number, or a flat object
 *                             of these
 *   isOurs(kind)              whether a kind is one of these
 *   isTime(time)              whether a number can be the time of an entry, or the negative one of a removed entry
 *   right(kind, value, times)   whether a value has the shape of its kind, and its times are such numbers. A kind that
 *                             isn't known here takes any value
 */
(() => {
  const KINDS = Object.freeze({ ticks: 0, goals: 1, "next-steps": 1, sessions: 1, plan: 1, words: 2 });
  const isNumber = Number.isFinite;
  /* In seconds, before the year 5138; milliseconds are too large. */
  const isTime = (time) => Number.isInteger(time) && Math.abs(time) < 1e11;
  const textLike = (pattern) => (value) => typeof value === "string" && pattern.test(value);
  /* Fields take no longer text (writing-places.js). */
  const isText = textLike(/^.{0,2000}$/s);
  /* Names of ticks and entries: paths of slugs, at most 200 characters. */
  const isName = textLike(/^[a-z0-9][\w./-]{0,199}$/i);
  /* Names that have others inside: in the path of an entry, the first "/" ends them. */
  const isOuter = textLike(/^[a-z0-9][\w.-]{0,199}$/i);
  const isId = textLike(/^[a-z0-9]{0,12}$/);
  const isScalar = (value) => isText(value) || isNumber(value);

  const isObject = (value) => Object(value) === value && !Array.isArray(value);
  const listOf = (is) => (value) => Array.isArray(value) && value.every(is);
  const mapOf =
    (is, isKey = isName) =>
    (value) =>
      isObject(value) && Object.entries(value).every(([name, field]) => isKey(name) && is(field));
  const fields = (shape) => (value) => isObject(value) && Object.keys(shape).every((name) => shape[name](value[name]));

  const isRecord = mapOf(isScalar);
  const numbers = mapOf(isNumber);
  const isWork = ({ slug, title, ...others }) => isName(slug) && isText(title) && numbers(others);
  const SHAPES = {
    ticks: listOf(isName),
    goals: mapOf(isText),
    "next-steps": mapOf(isRecord),
    sessions: mapOf(isRecord),
    plan: isRecord,
    words: mapOf(mapOf(isText), isOuter),
    session: listOf(
      fields({
        works: (works) => listOf((work) => work && isWork(work))(works) && works[0],
        length: isNumber,
        start: isNumber,
        out: listOf(isText),
        at: isText,
        from: isText,
        spent: numbers,
        extra: numbers
      })
    ),
    pairs: fields({ chosen: isId, names: mapOf(isText, isId), kept: mapOf(listOf(isText), isId) })
  };

  const isOurs = (kind) => Object.hasOwn(KINDS, kind);
  const right = (kind, value, times = {}) =>
    (!Object.hasOwn(SHAPES, kind) || SHAPES[kind](value)) && isObject(times) && Object.values(times).every(isTime);

  globalThis.stufenweise = Object.freeze({
    ...globalThis.stufenweise,
    keptShapes: Object.freeze({ KINDS, isOurs, isTime, right })
  });
})();
