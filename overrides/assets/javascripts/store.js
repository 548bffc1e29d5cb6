/* Stores what a pair ticks and writes, in this browser only. The one script that uses localStorage, except
 * course-copy.js, the copy for courses.
 *
 * Contract: stufenweise.store, which never throws. All languages of a site share the data; different sites do not: keys
 * hold the site's path, in packages its name or address instead, because a folder can be moved and each revision of a
 * course has a new path. A browser can hold the data of several pairs; a page uses the one chosen when it opened.
 *   get(kind)             the pair's value of this kind, undefined if none is stored
 *   set(kind, value)      stores a value: anything that JSON can hold
 *   remove(kind)          removes it
 *   kinds()               the names of the stored kinds
 *   list(kind)            the value as a list, [] if none is stored
 *   all()                 the pair's data: { KIND: entries }, see kept-entries.js
 *   state()               { name, kept }: the pair's name and all()
 *   join(all)             merges these entries into the pair's data
 *   replace(all)          replaces the kinds in `all`
 *   forgets               true: this tab stores nothing, and holds the data only until the page is left
 *   forget(on)            switches that on or off; off, texts that this version can't read are put back as they were
 *   trouble               "", or why data are only held: "full", "forbidden", "unreadable" (and then not overwritten);
 *                         or "aside": data of a wrong shape were moved aside
 *   keeps                 whether data are stored: no forgets, no trouble
 *   pair                  this page's pair: its id, "" for the first pair
 *   pairs()               the names of all pairs, { ID: name }
 *   choose(pair, name)    makes this pair the chosen one for the next page; a name renames it
 *   copyTo(pair, name, all)   stores these entries as a new pair, and chooses it
 *   missing()             kinds of this pair that were stored once and are gone
 *   wipe()                removes all data of this site
 *   wipePair()            removes this pair's data, and chooses the first pair
 *   persist()             asks the browser not to delete the data
 *   subscribe(listener)      calls listener() after each change, in any tab
 */
(() => {
  /* Of the records; one of another version is left alone as unreadable. */
  const VERSION = 1;
  const PAIRS = "pairs";
  const ID = /^[a-z0-9]{0,12}$/;
  const {
    copy,
    keptEntries: { KINDS, mapValues, right, stamp, toValue, withTimes, timesOf, merge }
  } = stufenweise;
  const {
    src,
    dataset: { site }
  } = document.currentScript;
  const root = `stufenweise:${site ?? new URL("../../..", src).pathname}`;
  const held = new Map();
  /* By key, the texts that were removed and can't be read: those of a newer version, and those moved aside. */
  const unread = new Map();
  const isMap = (value) => value?.constructor === Object;
  /* The shapes of kinds that belong to the device; kept-entries.js has those of the pair. */
  const SHAPES = {
    session: (value) => [].concat(value).every(({ works, extra }) => Array.isArray(works) && isMap(extra))
  };
  const listeners = [];
  let trouble = "";
  let aside = false;

  const attempt = (action) => {
    try {
      return action();
    } catch ({ name }) {
      trouble = { QuotaExceededError: "full", SyntaxError: "unreadable" }[name] ?? "forbidden";
    }
  };

  let forgets = attempt(() => sessionStorage.getItem(`${root}:`)) === "forget";

  const notify = () => {
    if (!held.size && !unread.size) trouble = "";
    for (const listener of listeners) listener();
  };

  const kindOf = (key) => key.slice(root.length).split(":")[1];
  /* This key, or if it is taken one of the same pair for what is moved aside. */
  const freeKey = (key) => (localStorage.getItem(key) === null ? key : freeKey(`${key}~`));

  const entriesOf = (kind, { value, times }) => withTimes(kind, value, times);
  const asRecord = (kind, entries) => ({ value: toValue(kind, entries), times: timesOf(entries) });

  const write = (key, text) => {
    localStorage.setItem(key, text);
    copy?.put(key, text);
  };

  const erase = (key) => {
    attempt(() => localStorage.removeItem(key));
    copy?.drop(key);
  };

  const stored = (key) => {
    const text = localStorage.getItem(key);
    if (text === null) return undefined;
    const { version, ...record } = JSON.parse(text) ?? {};
    if (version !== VERSION || key.endsWith("~")) throw new SyntaxError();
    const kind = kindOf(key);
    const isRight =
      kind in KINDS
        ? right(kind, record.value) && Object.values(record.times ?? {}).every(Number.isInteger)
        : !record.value || (SHAPES[kind]?.(record.value) ?? true);
    if (isRight) return record;
    write(freeKey(key), text);
    erase(key);
    aside = true;
    return undefined;
  };

  const find = (key) => (forgets || held.has(key) ? held.get(key) : attempt(() => stored(key)));

  const put = (key, record) => {
    held.set(key, record);
    attempt(() => {
      if (forgets) return;
      stored(key);
      write(key, JSON.stringify({ version: VERSION, ...record }));
      held.delete(key);
    });
    notify();
  };

  // Pairs

  const pairsKey = `${root}:${PAIRS}`;
  const isText = (value) => typeof value === "string";
  const isPairs = (value) =>
    isText(value?.chosen) &&
    ID.test(value.chosen) &&
    Object.entries(value.names ?? {}).every(([id, name]) => ID.test(id) && isText(name));
  const readPairs = () => {
    const value = find(pairsKey)?.value;
    return { chosen: "", names: {}, kept: {}, ...(isPairs(value) && value) };
  };
  const pair = readPairs().chosen;
  const prefix = `${root}${pair && `@${pair}`}:`;

  const choose = (id, name) => {
    const { names, ...others } = readPairs();
    put(pairsKey, { value: { ...others, chosen: id, names: { ...names, ...(name !== undefined && { [id]: name }) } } });
  };

  // Kinds

  const get = (kind) => find(prefix + kind)?.value;
  const entries = (kind) => entriesOf(kind, find(prefix + kind) ?? {});

  const set = (kind, value) => {
    const now = Math.floor(Date.now() / 1000);
    put(prefix + kind, kind in KINDS ? asRecord(kind, stamp(kind, entries(kind), value, now)) : { value });
  };

  const list = (kind) => [].concat(get(kind) ?? []);

  const drop = (key) => {
    held.delete(key);
    unread.delete(key);
    erase(key);
  };

  const remove = (kind) => {
    drop(prefix + kind);
    notify();
  };

  const keys = (start = root) =>
    (attempt(() => Object.keys(localStorage)) ?? []).filter(
      (key) => key.startsWith(start) && ":@".includes(key[root.length])
    );

  const kinds = () =>
    keys(prefix)
      .filter((key) => !key.startsWith(pairsKey))
      .map(kindOf);

  const all = () =>
    Object.fromEntries(
      Object.keys(KINDS)
        .map((kind) => [kind, entries(kind)])
        .filter(([, own]) => Object.keys(own).length)
    );

  const replace = (others) => {
    for (const kind of Object.keys(KINDS)) {
      if (others[kind]) put(prefix + kind, asRecord(kind, others[kind]));
    }
  };

  const join = (others) => replace(mapValues(others, (theirs, kind) => merge(entries(kind), theirs)));

  const missing = () => {
    const { kept, ...others } = readPairs();
    const there = Object.keys(KINDS).filter((kind) => find(prefix + kind));
    const before = [].concat(kept[pair] ?? []);
    const gone = before.filter((kind) => !there.includes(kind));
    if (!gone.length && there.length > before.length)
      put(pairsKey, { value: { ...others, kept: { ...kept, [pair]: there } } });
    return gone;
  };

  const copyTo = (id, name, others) => {
    for (const [kind, theirs] of Object.entries(others)) put(`${root}@${id}:${kind}`, asRecord(kind, theirs));
    choose(id, name);
  };

  // The whole site

  /* Writes a text back, beside what another tab has stored under its key meanwhile. */
  const putBack = (text, key) =>
    attempt(() => {
      const free = freeKey(key);
      write(free, text);
      aside ||= free !== key;
      unread.delete(key);
    });

  const forget = (on) => {
    if (on) {
      // Reading moves what has a wrong shape to another key, which is then removed, too.
      keys().forEach(find);
      for (const key of keys()) {
        const text = attempt(() => localStorage.getItem(key));
        const record = attempt(() => stored(key));
        erase(key);
        if (!record) unread.set(key, text);
        else if (!held.has(key)) held.set(key, record);
      }
    }
    forgets = on;
    trouble = "";
    attempt(() => sessionStorage.setItem(`${root}:`, on ? "forget" : ""));
    if (!on) {
      unread.forEach(putBack);
      for (const [key, mine] of held) {
        // Another tab may have stored something meanwhile.
        const kind = kindOf(key);
        const other = kind in KINDS && attempt(() => stored(key));
        put(key, other ? asRecord(kind, merge(entriesOf(kind, other), entriesOf(kind, mine))) : mine);
      }
    }
    notify();
  };

  const wipe = () => {
    [...keys(), ...held.keys(), ...unread.keys()].forEach(drop);
    aside = false;
    notify();
  };

  const wipePair = () => {
    const {
      names: { [pair]: name, ...names },
      kept: { [pair]: before, ...kept }
    } = readPairs();
    keys(prefix)
      .filter((key) => !key.startsWith(pairsKey))
      .forEach(drop);
    put(pairsKey, { value: { chosen: "", names, kept } });
  };

  const persist = () => void attempt(() => navigator.storage?.persist?.().catch(() => false));

  const catchUp = () => {
    if (readPairs().chosen !== pair) location.reload();
    notify();
  };

  addEventListener("storage", notify);
  // A page restored by the back button missed all changes, and another pair may be chosen; the same after a restore.
  addEventListener("pageshow", catchUp);
  copy?.begin(root, catchUp);

  const store = {
    get,
    set,
    list,
    remove,
    kinds,
    all,
    join,
    replace,
    forget,
    choose,
    copyTo,
    missing,
    wipe,
    wipePair,
    persist,
    pair,
    state: () => ({ name: readPairs().names[pair] ?? "", kept: all() }),
    pairs: () => readPairs().names,
    get forgets() {
      return forgets;
    },
    get keeps() {
      return !forgets && !this.trouble;
    },
    get trouble() {
      return trouble || (aside ? "aside" : "");
    },
    subscribe: (listener) => listeners.push(listener)
  };
  globalThis.stufenweise = Object.freeze({ ...globalThis.stufenweise, store: Object.freeze(store) });
})();
