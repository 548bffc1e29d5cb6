/* Stores what a pair ticks and writes, in this browser only. A browser can hold the data of several pairs; a page uses
 * the one chosen when it opened.
 *
 * Contract: stufenweise.store, which never throws.
 *   get(kind)             the pair's value of this kind, undefined if there is none that can be read
 *   set(kind, value)      stores a value: anything that JSON can hold, in the shape of its kind (kept-shapes.js)
 *   remove(kind)          removes it
 *   list(kind)            the value as a list, [] if none is stored
 *   all()                 the pair's data: { KIND: entries }, see kept-entries.js
 *   state()               { name, kept }: the pair's name and all()
 *   join(all)             merges these entries into the pair's data
 *   replace(all)          replaces the kinds in `all`
 *   forgets(), forget(on)   whether this tab stores nothing (kept-records.js)
 *   trouble()             "", or why data are only held: "full", "forbidden", "unreadable"; or "aside": data of a wrong
 *                         shape were moved aside. That ends when they are wiped, or when the page is left
 *   keeps()               whether what is set is stored
 *   pair                  this page's pair: its id, "" for the first pair
 *   pairs()               the names of the pairs, { ID: name }; "" for a pair whose name is not known
 *   choose(pair, name)    makes this pair the chosen one for the next page; a name renames it
 *   copyTo(pair, name, all)   stores these entries as a new pair, and chooses it
 *   missing()             kinds of this pair that were stored once and are gone; it notes those that are there
 *   wipePair()            removes this pair's data, and chooses the first pair. What was moved aside goes, too, and the
 *                         names that were moved aside, because this pair's may be one of them
 *   wipe()                removes all data of this site
 *   holds()               whether there is anything of this site, of any pair, readable or not
 *   persist()             asks the browser not to delete the data
 *   subscribe(listener)   calls listener() after each change, in any tab
 */
(() => {
  const PAIRS = "pairs";
  const {
    copy,
    keptEntries: { fromRecord, mapValues, merge, stamp, toRecord },
    keptRecords: { root, keys, read, write, drop, check, forgets, forget, trouble, subscribe, notify },
    keptShapes: { KINDS, isOurs }
  } = stufenweise;

  // Pairs

  const startOf = (id) => (id ? `${root}@${id}:` : `${root}:`);
  const pairsKey = startOf("") + PAIRS;
  const readPairs = () => read(pairsKey)?.value ?? { chosen: "", names: {}, kept: {} };
  const { chosen: pair } = readPairs();
  const start = startOf(pair);
  const notePairs = (fields) => write(pairsKey, { value: { ...readPairs(), ...fields } });

  /* Without the record of the names, its keys tell that a pair is there. */
  const pairs = () => ({
    ...Object.fromEntries(keys(`${root}@`).map((key) => [key.slice(root.length + 1).split(":")[0], ""])),
    ...readPairs().names
  });

  const choose = (chosen, name) =>
    notePairs({ chosen, names: { ...readPairs().names, ...(name !== undefined && { [chosen]: name }) } });

  const put = (id, others) => {
    for (const [kind, theirs] of Object.entries(others)) write(startOf(id) + kind, toRecord(kind, theirs));
  };

  const copyTo = (id, name, others) => {
    put(id, others);
    choose(id, name);
  };

  const missing = () => {
    const { kept } = readPairs();
    const there = Object.keys(KINDS).filter((kind) => read(start + kind));
    const before = kept[pair] ?? [];
    const gone = before.filter((kind) => !there.includes(kind));
    if (!gone.length && there.length > before.length) notePairs({ kept: { ...kept, [pair]: there } });
    return gone;
  };

  const wipePair = () => {
    const {
      names: { [pair]: name, ...names },
      kept: { [pair]: before, ...kept }
    } = readPairs();
    for (const key of [...keys(start), ...keys(`${pairsKey}~`)]) if (key !== pairsKey) drop(key);
    notePairs({ chosen: "", names, kept });
  };

  // Kinds

  const get = (kind) => read(start + kind)?.value;
  const entries = (kind) => fromRecord(kind, read(start + kind) ?? {});

  const now = () => Math.floor(Date.now() / 1000);
  const set = (kind, value) =>
    write(start + kind, isOurs(kind) ? toRecord(kind, stamp(kind, entries(kind), value, now())) : { value });

  const remove = (kind) => {
    drop(start + kind);
    notify();
  };

  const all = () =>
    Object.fromEntries(
      Object.keys(KINDS)
        .map((kind) => [kind, entries(kind)])
        .filter(([, own]) => Object.keys(own).length)
    );

  const replace = (others) => put(pair, others);

  const wipe = () => {
    keys().forEach(drop);
    notify();
  };

  // What happens to them

  const checkOwn = () => check([pairsKey, ...keys(start)].filter((key) => !key.endsWith("~")));

  const catchUp = () => {
    if (readPairs().chosen !== pair) location.reload();
    notify();
  };

  subscribe(checkOwn);
  checkOwn();
  // A page restored by the back button missed all changes, and another pair may be chosen; the same after a restore.
  addEventListener("pageshow", catchUp);
  copy?.begin(root, catchUp);

  const store = {
    get,
    set,
    remove,
    list: (kind) => get(kind) ?? [],
    all,
    state: () => ({ name: pairs()[pair] ?? "", kept: all() }),
    join: (others) => replace(mapValues(others, (theirs, kind) => merge(entries(kind), theirs))),
    replace,
    forgets,
    forget,
    trouble,
    keeps: () => !forgets() && ["", "aside"].includes(trouble()),
    pair,
    pairs,
    choose,
    copyTo,
    missing,
    wipePair,
    wipe,
    holds: () => keys().length > 0,
    persist: () => void navigator.storage?.persist?.().catch(() => false),
    subscribe
  };
  globalThis.stufenweise = Object.freeze({ ...globalThis.stufenweise, store: Object.freeze(store) });
})();
