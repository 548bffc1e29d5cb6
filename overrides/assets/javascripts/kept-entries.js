/* The pair's data as entries with times, so that the data of two devices can be merged: the newest entry of a name
 * wins. Pure functions: no page, no clock, no storage.
 *
 * Contract: stufenweise.keptEntries. Entries are { NAME: [time, leaf] }, time in seconds; an entry without a leaf is a
 * removed one. NAME is the path in the value, such as "SLUG/PLACE". A leaf is a text, a number, or a flat
 * object of these.
 *   KINDS                     the kinds of data that belong to the pair and not to the device. By kind: 0 for a list of
 *                             names (ticks), else how deep the leaves are
 *   mapValues(object, change)   the object with change(value, name) in the place of each value
 *   right(kind, value)        whether a value has the shape of its kind
 *   stamp(kind, entries, value, now)   returns the entries of a new value; what differs from the old ones
 *                             gets a new time
 *   toValue(kind, entries)    the value of these entries
 *   withTimes(kind, value, times)   the entries of a stored value; times by name, negative if it was removed. A value
 *                             without a time counts as the oldest
 *   timesOf(entries)          the times to store with a value
 *   merge(one, other)         the newest entry of each name; the order of the arguments does not matter
 */
(() => {
  const KINDS = Object.freeze({ ticks: 0, goals: 1, "next-steps": 1, sessions: 1, plan: 1, words: 2 });
  /* Longest text in characters: fields take no more (writing-places.js). */
  const LONGEST = 2000;
  /* Names of ticks and entries: paths of slugs, at most 200 characters. */
  const NAME = /^[a-z0-9][\w./-]{0,199}$/i;

  const mapValues = (object, change) =>
    Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(value, name)]));

  const isObject = (value) => Object.prototype.toString.call(value) === "[object Object]";
  const isText = (value) => typeof value === "string" && value.length <= LONGEST;
  const isScalar = (value) => isText(value) || Number.isFinite(value);
  const named = (value, of) =>
    isObject(value) && Object.entries(value).every(([name, field]) => NAME.test(name) && of(field));
  const isRecord = (value) => named(value, isScalar);
  const LEAVES = { goals: isText, words: isText, plan: isScalar, sessions: isRecord, "next-steps": isRecord };
  const deep = (value, levels, isLeaf) =>
    levels ? named(value, (inner) => deep(inner, levels - 1, isLeaf)) : isLeaf(value);

  const right = (kind, value) =>
    KINDS[kind]
      ? deep(value, KINDS[kind], LEAVES[kind])
      : Array.isArray(value) && value.every((name) => typeof name === "string" && NAME.test(name));

  /* A value as a list of [name, leaf]. */
  const leaves = (kind, value) => {
    if (!KINDS[kind]) return (value ?? []).map((name) => [name, 1]);
    const own = Object.entries(value ?? {});
    return KINDS[kind] < 2
      ? own
      : own.flatMap(([name, inner]) => Object.entries(inner).map(([place, leaf]) => [`${name}/${place}`, leaf]));
  };

  const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

  const stamp = (kind, entries, value, now) => {
    const current = new Map(leaves(kind, value));
    const old = new Map(Object.entries(entries));
    // Later changes must be newer, even within the same second or after the clock was set back.
    const time = (name) => Math.max(now, (old.get(name)?.[0] ?? 0) + 1);
    const gone = [...old]
      .filter(([name, [, leaf]]) => leaf !== undefined && !current.has(name))
      .map(([name]) => [name, [time(name)]]);
    const changed = [...current]
      .filter(([name, leaf]) => !same(old.get(name)?.[1], leaf))
      .map(([name, leaf]) => [name, [time(name), leaf]]);
    return Object.fromEntries([...old, ...gone, ...changed]);
  };

  const toValue = (kind, entries) => {
    const present = Object.entries(entries).filter(([, [, leaf]]) => leaf !== undefined);
    if (!KINDS[kind]) return present.map(([name]) => name);
    if (KINDS[kind] < 2) return Object.fromEntries(present.map(([name, [, leaf]]) => [name, leaf]));
    const inner = new Map();
    for (const [name, [, leaf]] of present) {
      const [, first, rest] = /^([^/]*)\/?(.*)$/.exec(name);
      inner.set(first, [...(inner.get(first) ?? []), [rest, leaf]]);
    }
    return Object.fromEntries([...inner].map(([name, parts]) => [name, Object.fromEntries(parts)]));
  };

  const withTimes = (kind, value, times) => {
    const entries = stamp(kind, {}, value, 1);
    for (const [name, time] of Object.entries(times ?? {})) {
      if (time < 0) entries[name] ??= [-time];
      else if (entries[name]) entries[name][0] = time;
    }
    return entries;
  };

  const timesOf = (entries) => mapValues(entries, ([time, leaf]) => (leaf === undefined ? -time : time));

  const newer = (mine, theirs) => {
    if (!mine || !theirs) return mine ?? theirs;
    if (mine[0] !== theirs[0]) return mine[0] > theirs[0] ? mine : theirs;
    return JSON.stringify(mine) > JSON.stringify(theirs) ? mine : theirs;
  };

  const merge = (mine, theirs) => {
    const names = new Set([...Object.keys(mine), ...Object.keys(theirs)]);
    return Object.fromEntries([...names].map((name) => [name, newer(mine[name], theirs[name])]));
  };

  globalThis.stufenweise = Object.freeze({
    ...globalThis.stufenweise,
    keptEntries: Object.freeze({ KINDS, mapValues, right, stamp, toValue, withTimes, timesOf, merge })
  });
})();
