/* Keeps what a pair ticks and writes, in this browser alone: the one script that touches its storage.
 *
 * Contract: stufenweise.store, which never throws. Languages share what is kept, sites don't: keys hold the site's path.
 *   get(kind) set(kind, value) remove(kind) kinds()   of a name and anything that JSON can say
 *   list(kind)            a list, empty while nothing is kept
 *   forgets, forget(on)   nothing is stored in this tab: all is held until the page is left
 *   trouble               why all is only held: "full", "forbidden", "unreadable" (and not overwritten)
 *   subscribe(heard)      hears each change, in any tab
 */
(() => {
  const VERSION = 1;
  const prefix = `stufenweise:${new URL("../../..", document.currentScript.src).pathname}:`;
  const held = new Map();
  const isMap = (one) => one?.constructor === Object;
  const maps = (one) => isMap(one) && Object.values(one).every(isMap);
  /* What is kept of a kind looks so, or can't be read. */
  const SHAPES = {
    words: maps,
    "next-steps": maps,
    session: ({ works, extra }) => Array.isArray(works) && isMap(extra),
  };
  const hearing = [];
  let trouble = "";

  const attempt = (action) => {
    try {
      return action();
    } catch ({ name }) {
      trouble = { QuotaExceededError: "full", SyntaxError: "unreadable" }[name] ?? "forbidden";
    }
  };

  let forgets = attempt(() => sessionStorage.getItem(prefix)) === "forget";

  const tell = () => {
    if (!held.size) trouble = "";
    hearing.forEach((heard) => heard());
  };

  const stored = (kind) => {
    const text = localStorage.getItem(prefix + kind);
    if (text === null) return undefined;
    const { version, value } = JSON.parse(text) ?? {};
    if (version !== VERSION || (value && SHAPES[kind]?.(value) === false)) throw new SyntaxError();
    return value;
  };

  const get = (kind) => (forgets || held.has(kind) ? held.get(kind) : attempt(() => stored(kind)));

  const set = (kind, value) => {
    held.set(kind, value);
    attempt(() => {
      if (forgets) return;
      stored(kind);
      localStorage.setItem(prefix + kind, JSON.stringify({ version: VERSION, value }));
      held.delete(kind);
    });
    tell();
  };

  const list = (kind) => [].concat(get(kind) ?? []);

  const drop = (kind) => attempt(() => localStorage.removeItem(prefix + kind));

  const remove = (kind) => {
    held.delete(kind);
    drop(kind);
    tell();
  };

  const kinds = () =>
    (attempt(() => Object.keys(localStorage)) ?? [])
      .filter((key) => key.startsWith(prefix))
      .map((key) => key.slice(prefix.length));

  const forget = (on) => {
    for (const kind of on ? kinds() : []) {
      held.set(kind, get(kind));
      drop(kind);
    }
    forgets = on;
    trouble = "";
    attempt(() => sessionStorage.setItem(prefix, on ? "forget" : ""));
    for (const [kind, mine] of on ? [] : held) {
      // Another tab may have stored something meanwhile.
      const other = attempt(() => stored(kind));
      set(kind, Array.isArray(other) ? [...new Set(other.concat(mine))] : mine);
    }
    tell();
  };

  addEventListener("storage", tell);
  // A page back from the browser's memory has heard nothing.
  addEventListener("pageshow", tell);

  const store = {
    get, set, list, remove, kinds, forget,
    get forgets() { return forgets; },
    get trouble() { return trouble; },
    subscribe: (heard) => hearing.push(heard),
  };
  globalThis.stufenweise = Object.freeze({ ...globalThis.stufenweise, store: Object.freeze(store) });
})();
