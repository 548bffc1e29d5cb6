/* The pair's data as entries with times, so that the data of two devices can be merged: the newest entry of a name
 * wins. Pure functions: no page, no clock, no storage.
 *
 * Contract: stufenweise.keptEntries. Entries are { NAME: [time, leaf] }, time in seconds; an entry without a leaf is a
 * removed one. NAME is the path in the value, such as "SLUG/PLACE". A leaf is a text, a number, or a flat
 * object of these.
 *   mapValues(object, change)   the object with change(value, name) in the place of each value
 *   stamp(kind, entries, value, now)   returns the entries of a new value; what differs from the old ones
 *                             gets a new time
 *   toValue(kind, entries)    the value of these entries
 *   fromRecord(kind, { value, times })   the entries of a stored value; times by name, negative if it was removed. A
 *                             value without a time counts as the oldest
 *   toRecord(kind, entries)   the record to store
 *   timesOf(entries)          the times to store with a value
 *   merge(one, other)         the newest entry of each name; the order of the arguments does not matter
 */
(() => {
  const { KINDS } = stufenweise.keptShapes;

  const mapValues = (object, change) =>
    Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(value, name)]));

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
    const changed = (name) => {
      const [time = 0, before] = old.get(name) ?? [];
      const leaf = current.get(name);
      // Later changes must be newer, even within the same second or after the clock was set back.
      return old.has(name) && same(before, leaf) ? old.get(name) : [Math.max(now, time + 1)].concat(leaf ?? []);
    };
    return Object.fromEntries([...new Map([...old, ...current]).keys()].map((name) => [name, changed(name)]));
  };

  const toValue = (kind, entries) => {
    const present = Object.entries(entries).filter(([, [, leaf]]) => leaf !== undefined);
    if (!KINDS[kind]) return present.map(([name]) => name);
    if (KINDS[kind] < 2) return Object.fromEntries(present.map(([name, [, leaf]]) => [name, leaf]));
    // A name may be that of something every object has.
    const value = Object.create(null);
    for (const [path, [, leaf]] of present) {
      const [outer, ...inner] = path.split("/");
      value[outer] ??= Object.create(null);
      value[outer][inner.join("/")] = leaf;
    }
    return value;
  };

  const fromRecord = (kind, { value, times = {} }) => {
    const entries = new Map(Object.entries(stamp(kind, {}, value, 1)));
    for (const [name, time] of Object.entries(times)) {
      const [, leaf] = entries.get(name) ?? [];
      if (entries.has(name) === time >= 0) entries.set(name, time < 0 ? [-time] : [time, leaf]);
    }
    return Object.fromEntries(entries);
  };

  const timesOf = (entries) => mapValues(entries, ([time, leaf]) => (leaf === undefined ? -time : time));

  const toRecord = (kind, entries) => ({ value: toValue(kind, entries), times: timesOf(entries) });

  const newer = (mine, theirs) => {
    if (mine?.[0] !== theirs[0]) return mine?.[0] > theirs[0] ? mine : theirs;
    return JSON.stringify(mine) > JSON.stringify(theirs) ? mine : theirs;
  };

  const merge = (mine, theirs) => {
    const merged = new Map(Object.entries(mine));
    for (const [name, entry] of Object.entries(theirs)) merged.set(name, newer(merged.get(name), entry));
    return Object.fromEntries(merged);
  };

  globalThis.stufenweise = Object.freeze({
    ...globalThis.stufenweise,
    keptEntries: Object.freeze({ mapValues, stamp, toValue, fromRecord, toRecord, timesOf, merge })
  });
})();
