/* Keeps a copy of what the store keeps, where the learning platform around a course does not empty it: Moodle clears the
 * storage of its whole origin at every sign-in, that of its courses too
 * (https://github.com/moodle/moodle/blob/MOODLE_405_STABLE/lib/amd/src/storage_validation.js).
 *
 * Contract: stufenweise.copy, in courses alone; it never throws, and where the browser has no room for it nothing is copied
 *   begin(root, heard)   opens the copy of this site; what is missing in the storage is put back, now and whenever the
 *                        platform clears it, and `heard` is called then
 *   put(key, text), drop(key)   says what the store has written or removed
 */
(() => {
  const ENTRIES = "entries";
  let database;
  let begun;

  const answer = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = reject;
    });
  const entries = async (mode) => (await database).transaction(ENTRIES, mode).objectStore(ENTRIES);
  const change = (act) => void begun?.then(() => entries("readwrite")).then(act).catch(() => {});

  const open = async (root) => {
    const request = indexedDB.open(root);
    request.onupgradeneeded = () => request.result.createObjectStore(ENTRIES);
    return answer(request);
  };

  const putBack = async () => {
    const kept = await entries("readonly");
    const [keys, texts] = await Promise.all([answer(kept.getAllKeys()), answer(kept.getAll())]);
    const gone = keys.flatMap((key, place) => (localStorage.getItem(key) === null ? [[key, texts[place]]] : []));
    gone.forEach(([key, text]) => localStorage.setItem(key, text));
    return gone.length;
  };

  const begin = (root, heard) => {
    const restore = () => putBack().then((some) => some && heard()).catch(() => {});
    database = open(root);
    begun = restore();
    // Only who clears everything names no key; the store removes one after the other.
    addEventListener("storage", ({ key }) => key === null && restore());
  };

  const copy = {
    begin,
    put: (key, text) => change((kept) => kept.put(text, key)),
    drop: (key) => change((kept) => kept.delete(key)),
  };
  globalThis.stufenweise = Object.freeze({ ...globalThis.stufenweise, copy: Object.freeze(copy) });
})();
