/* Keeps a copy of what the store keeps, where the learning platform around a course does not empty it: Moodle clears the
 * storage of its whole origin at every sign-in, that of its courses too
 * (https://github.com/moodle/moodle/blob/MOODLE_405_STABLE/lib/amd/src/storage_validation.js).
 *
 * If the mark is gone, someone cleared the whole storage: then restore.
 *
 * Contract: stufenweise.copy, in courses alone; it never throws, and where the browser has no room for it nothing is copied
 *   begin(root, heard)   opens the copy of this site and brings both together, now and whenever the platform clears the
 *                        storage; `heard` is called if something was put back
 *   put(key, text), drop(key)   says what the store has written or removed
 */
(() => {
  const ENTRIES = "entries";
  let root;
  let mark;
  let database;
  let begun;

  const answer = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = reject;
    });
  const entries = async () => (await database).transaction(ENTRIES, "readwrite").objectStore(ENTRIES);
  const change = (act) => void begun?.then(entries).then(act).catch(() => {});

  const open = async () => {
    const request = indexedDB.open(root);
    request.onupgradeneeded = () => request.result.createObjectStore(ENTRIES);
    return answer(request);
  };

  const own = () => Object.keys(localStorage).filter((key) => key.startsWith(root) && ":@".includes(key[root.length]));

  /* A page that is left takes its last changes along, so the copy may be behind: what is stored counts, unless it was emptied. */
  const bringTogether = async (emptied) => {
    const kept = await entries();
    const [keys, texts] = await Promise.all([answer(kept.getAllKeys()), answer(kept.getAll())]);
    const gone = keys.map((key, place) => [key, texts[place]]).filter(([key]) => localStorage.getItem(key) === null);
    gone.forEach(([key, text]) => (emptied ? localStorage.setItem(key, text) : kept.delete(key)));
    own().forEach((key) => kept.put(localStorage.getItem(key), key));
    if (own().length) localStorage.setItem(mark, "");
    kept.transaction.oncomplete = () => own().length || localStorage.removeItem(mark);
    return emptied && gone.length;
  };

  const begin = (site, heard) => {
    const restore = (emptied) => bringTogether(emptied).then((some) => some && heard()).catch(() => {});
    root = site;
    mark = `${root}!`;
    database = open();
    begun = (async () => restore(localStorage.getItem(mark) === null))().catch(() => {});
    addEventListener("storage", ({ key }) => key === null && restore(true));
  };

  const put = (key, text) => {
    localStorage.setItem(mark, "");
    change((kept) => kept.put(text, key));
  };

  globalThis.stufenweise = Object.freeze({
    ...globalThis.stufenweise,
    copy: Object.freeze({ begin, put, drop: (key) => change((kept) => kept.delete(key)) }),
  });
})();
