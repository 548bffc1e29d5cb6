/* The records of this site in the browser's storage. The one script that uses localStorage, except course-copy.js, the
 * copy for courses.
 *
 * All languages of a site share the records; different sites do not: keys hold the site's path, in packages its name or
 * address instead, because a folder can be moved and each revision of a course has a new path.
 *
 * Contract: stufenweise.keptRecords, which never throws. A record is { value, times }, see kept-entries.js. It can be
 * read if it has this version and the shape of its kind (kept-shapes.js). What can't be stored is held until the page is
 * left.
 *   root                  how all keys begin. A key is root, "@ID" for a further pair, ":KIND", and "~" if it is aside
 *   keys(start)           the keys of all that is stored or held, readable or not, which begin so
 *   read(key)             the record, undefined if there is none that can be read. It changes nothing
 *   write(key, record)    stores a record. One of a wrong shape is moved aside before, one of a newer version stays
 *   drop(key)             removes what is stored and held, without calling the listeners
 *   check(keys)           moves aside, whole, those of these records that have a wrong shape, and looks for trouble
 *   forgets()             true: this tab stores nothing, and holds the records only until the page is left
 *   forget(on)            switches that on or off; off, texts that can't be read are put back as they were
 *   trouble()             "", or why records are only held: "full", "forbidden", "unreadable" (and then not overwritten);
 *                         or "aside": this page has moved something aside, which is still there
 *   subscribe(listener)   calls listener() after each change, in any tab
 *   notify()              calls the listeners
 */
(() => {
  /* Of the records; one of another version is left alone as unreadable. */
  const VERSION = 1;
  const {
    copy,
    keptEntries: { fromRecord, toRecord, merge },
    keptShapes: { isOurs, right }
  } = stufenweise;
  const {
    src,
    dataset: { site }
  } = document.currentScript;
  const root = `stufenweise:${site ?? new URL("../../..", src).pathname}`;
  const held = new Map();
  /* By key, the texts that were removed and can't be read. */
  const unread = new Map();
  /* The keys under which this page has put something aside. */
  const aside = new Set();
  const listeners = [];
  let fault = "";

  /* Undefined if the action fails; the fault is noted, unless the action only reads. */
  const attempt = (action, reads) => {
    try {
      return action();
    } catch ({ name }) {
      if (!reads) fault = { QuotaExceededError: "full", SyntaxError: "unreadable" }[name] ?? "forbidden";
    }
  };

  let forgets = attempt(() => sessionStorage.getItem(`${root}:`)) === "forget";

  const notify = () => {
    for (const listener of listeners) listener();
  };

  const kindOf = (key) => key.slice(root.length).split(":")[1];

  // Texts

  const storedKeys = () =>
    Object.keys(localStorage).filter((key) => key.startsWith(root) && ":@".includes(key[root.length]));
  /* This key, or if it is taken one of the same pair for what is moved aside. */
  const freeKey = (key) => (localStorage.getItem(key) === null ? key : freeKey(`${key}~`));

  const put = (key, text) => {
    localStorage.setItem(key, text);
    copy?.put(key, text);
  };

  const erase = (key) => {
    attempt(() => localStorage.removeItem(key));
    copy?.drop(key);
  };

  const putAside = (key, text) => {
    const free = freeKey(key);
    put(free, text);
    if (free !== key) aside.add(free);
  };

  // Records

  /* Returns undefined for a wrong shape, throws for what this version can't read. */
  const parsed = (key, text) => {
    const { version, ...record } = JSON.parse(text) ?? {};
    if (version !== VERSION || key.endsWith("~")) throw new SyntaxError();
    return right(kindOf(key), record.value, record.times) ? record : undefined;
  };

  const stored = (key) => attempt(() => parsed(key, localStorage.getItem(key)), true);
  const read = (key) => (forgets || held.has(key) ? held.get(key) : stored(key));
  const keys = (start = root) =>
    [...(attempt(storedKeys, true) ?? []), ...held.keys(), ...unread.keys()].filter((key) => key.startsWith(start));

  const checkOne = (key) => {
    const text = localStorage.getItem(key);
    if (text === null || parsed(key, text)) return;
    putAside(key, text);
    erase(key);
  };

  const check = (list) => {
    if (!held.size && !unread.size) fault = "";
    for (const key of forgets ? [] : list) attempt(() => checkOne(key));
  };

  const write = (key, record) => {
    held.set(key, record);
    attempt(() => {
      if (forgets) return;
      checkOne(key);
      put(key, JSON.stringify({ version: VERSION, ...record }));
      held.delete(key);
    });
    notify();
  };

  const drop = (key) => {
    held.delete(key);
    unread.delete(key);
    aside.delete(key);
    erase(key);
  };

  // Forgetting

  /* Another tab may have stored something meanwhile. */
  const joined = (key, other, mine) => {
    const kind = kindOf(key);
    if (!other || !mine || !isOurs(kind)) return mine ?? other;
    return toRecord(kind, merge(fromRecord(kind, other), fromRecord(kind, mine)));
  };

  const takeAll = () => {
    for (const key of storedKeys()) {
      const text = localStorage.getItem(key);
      const record = stored(key);
      erase(key);
      if (record) held.set(key, joined(key, record, held.get(key)));
      else unread.set(key, text);
    }
  };

  const putBackAll = () => {
    for (const [key, text] of unread) {
      attempt(() => {
        putAside(key, text);
        unread.delete(key);
      });
    }
    for (const [key, mine] of held) write(key, joined(key, stored(key), mine));
  };

  const forget = (on) => {
    if (on) attempt(takeAll);
    forgets = on;
    fault = "";
    attempt(() => sessionStorage.setItem(`${root}:`, on ? "forget" : ""));
    if (!on) putBackAll();
    notify();
  };

  addEventListener("storage", notify);

  globalThis.stufenweise = Object.freeze({
    ...globalThis.stufenweise,
    keptRecords: Object.freeze({
      root,
      keys,
      read,
      write,
      drop,
      check,
      forget,
      forgets: () => forgets,
      trouble: () => fault || (aside.size ? "aside" : ""),
      subscribe: (listener) => listeners.push(listener),
      notify
    })
  });
})();
