/* Backs up the store's data in IndexedDB, for courses. Moodle clears the storage of its whole origin at every sign-in,
 * and with it that of the courses
 * (https://github.com/moodle/moodle/blob/MOODLE_405_STABLE/lib/amd/src/storage_validation.js).
 *
 * If the mark is gone, someone cleared the whole storage: then restore.
 *
 * Contract: stufenweise.copy, only in courses. It never throws; if the browser has no room, nothing is copied.
 *   begin(root, restored)   opens this site's copy and syncs it with the storage, now and whenever another tab clears
 *                        the storage. root: how the store's keys begin. Calls restored() if something was restored
 *   put(key, text)       copies an entry that the store has written
 *   drop(key)            removes an entry that the store has removed
 */
(() => {
  /* Name of the object store in the database. */
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
  const change = (act) =>
    void begun
      ?.then(entries)
      .then(act)
      .catch(() => {});

  const open = async () => {
    const request = indexedDB.open(root);
    request.onupgradeneeded = () => request.result.createObjectStore(ENTRIES);
    return answer(request);
  };

  const own = () => Object.keys(localStorage).filter((key) => key.startsWith(root) && ":@".includes(key[root.length]));

  /* Closing a page can lose the last writes to the copy, so the storage wins, unless it was cleared. Resolves to how
   * many entries were restored. */
  const sync = async (emptied) => {
    const kept = await entries();
    const [keys, texts] = await Promise.all([answer(kept.getAllKeys()), answer(kept.getAll())]);
    const gone = keys.map((key, place) => [key, texts[place]]).filter(([key]) => localStorage.getItem(key) === null);
    for (const [key, text] of gone) {
      if (emptied) localStorage.setItem(key, text);
      else kept.delete(key);
    }
    for (const key of own()) kept.put(localStorage.getItem(key), key);
    if (own().length) localStorage.setItem(mark, "");
    kept.transaction.oncomplete = () => own().length || localStorage.removeItem(mark);
    return emptied && gone.length;
  };

  const begin = (site, restored) => {
    const restore = (emptied) =>
      sync(emptied)
        .then((count) => count && restored())
        .catch(() => {});
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
    copy: Object.freeze({ begin, put, drop: (key) => change((kept) => kept.delete(key)) })
  });
})();
