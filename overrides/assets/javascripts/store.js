/* Keeps what a pair ticks and writes, in this browser alone: the one script that touches its storage, but for the copy of a
 * course, see course-copy.js.
 *
 * Contract: stufenweise.store, which never throws. Languages share what is kept, sites don't: keys hold the site's path, and in
 * packages its name or address instead: a folder is moved, and each revision of a course has a new path.
 * A browser may keep several pairs; a page stays with the one that was chosen when it was opened.
 *   get(kind) set(kind, value) remove(kind) kinds()   of a name and anything that JSON can say, of this pair
 *   list(kind)            a list, empty while nothing is kept
 *   all()                 the pair's kinds as entries with their times, see kept-entries.js
 *   state()               { name, kept }: the pair's name and all()
 *   join(all), replace(all)   brings entries together with what is kept, or puts them in its place
 *   forgets, forget(on)   nothing is stored in this tab: all is held until the page is left
 *   trouble               why all is only held: "full", "forbidden", "unreadable" (and not overwritten); or "aside": something
 *                         had not the shape of its kind and was laid aside
 *   keeps                 whether what is set is stored: neither of the two
 *   pair, pairs()         this page's pair, and all: { ID: name }; the first has no id
 *   choose(pair, name)    makes a pair the chosen one, for the next page, and names it
 *   copyTo(pair, name, all)   makes a pair of entries, and the chosen one
 *   missing()             kinds of this pair that were there and are no more
 *   wipe(), wipePair()    removes all that this site has kept, or this pair's
 *   persist()             asks the browser to keep it for long
 *   subscribe(heard)      hears each change, in any tab
 */
(() => {
  const VERSION = 1;
  const PAIRS = "pairs";
  const ID = /^[a-z0-9]{0,12}$/;
  const { copy, keptEntries: { KINDS, right, stamp, value: valueOf, withTimes, timesOf, merge } } = stufenweise;
  const { src, dataset: { site } } = document.currentScript;
  const root = `stufenweise:${site ?? new URL("../../..", src).pathname}`;
  const held = new Map();
  const isMap = (one) => one?.constructor === Object;
  /* The shapes of kinds that are of the device; those of the pair's stand in kept-entries.js. */
  const SHAPES = { session: (value) => [].concat(value).every(({ works, extra }) => Array.isArray(works) && isMap(extra)) };
  const hearing = [];
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

  const tell = () => {
    if (!held.size) trouble = "";
    hearing.forEach((heard) => heard());
  };

  const kindOf = (key) => key.slice(root.length).split(":")[1];

  const entriesOf = (kind, { value, times }) => withTimes(kind, value, times);
  const asRecord = (kind, entries) => ({ value: valueOf(kind, entries), times: timesOf(entries) });

  const stored = (key) => {
    const text = localStorage.getItem(key);
    if (text === null) return undefined;
    const { version, ...record } = JSON.parse(text) ?? {};
    if (version !== VERSION) throw new SyntaxError();
    const kind = kindOf(key);
    const isRight = kind in KINDS
      ? right(kind, record.value) && Object.values(record.times ?? {}).every(Number.isInteger)
      : !record.value || (SHAPES[kind]?.(record.value) ?? true);
    if (isRight) return record;
    localStorage.setItem(`${root}~:${kind}`, text);
    localStorage.removeItem(key);
    aside = true;
    return undefined;
  };

  const find = (key) => (forgets || held.has(key) ? held.get(key) : attempt(() => stored(key)));

  const put = (key, record) => {
    held.set(key, record);
    attempt(() => {
      if (forgets) return;
      stored(key);
      const text = JSON.stringify({ version: VERSION, ...record });
      localStorage.setItem(key, text);
      copy?.put(key, text);
      held.delete(key);
    });
    tell();
  };

  // Pairs

  const pairsKey = `${root}:${PAIRS}`;
  const isText = (value) => typeof value === "string";
  const isPairs = (value) =>
    isText(value?.chosen) && ID.test(value.chosen) && Object.entries(value.names ?? {}).every(([id, name]) => ID.test(id) && isText(name));
  const readPairs = () => {
    const value = find(pairsKey)?.value;
    return isPairs(value) ? { names: {}, kept: {}, ...value } : { chosen: "", names: {}, kept: {} };
  };
  const pair = readPairs().chosen;
  const prefix = `${root}${pair && `@${pair}`}:`;

  const choose = (id, name) => {
    const all = readPairs();
    put(pairsKey, { value: { ...all, chosen: id, names: name === undefined ? all.names : { ...all.names, [id]: name } } });
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
    attempt(() => localStorage.removeItem(key));
    copy?.drop(key);
  };

  const remove = (kind) => {
    drop(prefix + kind);
    tell();
  };

  const keys = (start = root) =>
    (attempt(() => Object.keys(localStorage)) ?? []).filter((key) => key.startsWith(start) && ":@~".includes(key[root.length]));

  const kinds = () => keys(prefix).filter((key) => key !== pairsKey).map(kindOf);

  const all = () => {
    const found = Object.keys(KINDS).map((kind) => [kind, entries(kind)]);
    return Object.fromEntries(found.filter(([, some]) => Object.keys(some).length));
  };

  const replace = (others) => {
    for (const kind of Object.keys(KINDS)) {
      if (others[kind]) put(prefix + kind, asRecord(kind, others[kind]));
    }
  };

  const join = (others) =>
    replace(Object.fromEntries(Object.entries(others).map(([kind, some]) => [kind, merge(entries(kind), some)])));

  const missing = () => {
    const { kept, ...others } = readPairs();
    const there = Object.keys(KINDS).filter((kind) => find(prefix + kind));
    const before = [].concat(kept[pair] ?? []);
    const gone = before.filter((kind) => !there.includes(kind));
    if (!gone.length && there.length > before.length) put(pairsKey, { value: { ...others, kept: { ...kept, [pair]: there } } });
    return gone;
  };

  const copyTo = (id, name, others) => {
    for (const [kind, some] of Object.entries(others)) put(`${root}@${id}:${kind}`, asRecord(kind, some));
    choose(id, name);
  };

  // All of it

  const forget = (on) => {
    for (const key of on ? keys() : []) {
      const record = find(key);
      drop(key);
      held.set(key, record);
    }
    forgets = on;
    trouble = "";
    attempt(() => sessionStorage.setItem(`${root}:`, on ? "forget" : ""));
    for (const [key, mine] of on ? [] : held) {
      // Another tab may have stored something meanwhile.
      const kind = kindOf(key);
      const other = kind in KINDS ? attempt(() => stored(key)) : undefined;
      put(key, other ? asRecord(kind, merge(entriesOf(kind, other), entriesOf(kind, mine))) : mine);
    }
    tell();
  };

  const wipe = () => {
    [...keys(), ...held.keys()].forEach(drop);
    aside = false;
    tell();
  };

  const wipePair = () => {
    const { names: { [pair]: name, ...names }, kept: { [pair]: before, ...kept } } = readPairs();
    keys(prefix).filter((key) => key !== pairsKey).forEach(drop);
    put(pairsKey, { value: { chosen: "", names, kept } });
  };

  const persist = () => void attempt(() => navigator.storage?.persist?.().catch(() => false));

  const catchUp = () => {
    if (readPairs().chosen !== pair) location.reload();
    tell();
  };

  addEventListener("storage", tell);
  // A page back from the browser's memory has heard nothing, and may show another pair; so may one whose copy was put back.
  addEventListener("pageshow", catchUp);
  copy?.begin(root, catchUp);

  const store = {
    get, set, list, remove, kinds, all, join, replace, forget, choose, copyTo, missing, wipe, wipePair, persist, pair,
    state: () => ({ name: readPairs().names[pair] ?? "", kept: all() }),
    pairs: () => readPairs().names,
    get forgets() { return forgets; },
    get keeps() { return !forgets && !this.trouble; },
    get trouble() { return trouble || (aside ? "aside" : ""); },
    subscribe: (heard) => hearing.push(heard),
  };
  globalThis.stufenweise = Object.freeze({ ...globalThis.stufenweise, store: Object.freeze(store) });
})();
