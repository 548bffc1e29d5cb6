import assert from "node:assert/strict";
import { test } from "node:test";
import { load, plain } from "./scripts.mjs";

const SCRIPT = "https://example.org/rm/de/assets/javascripts/tutorial.0123abcd.js";
const KEY = "stufenweise:/rm/:";

/* A browser's storage: its keys are its own properties. */
const storage = (kept = {}, fails = () => "") => {
  const attempt = (name) => {
    const fault = fails(name);
    if (fault) throw Object.assign(new Error(), { name: fault });
  };
  const methods = {
    getItem: (key) => (attempt("get"), Object.hasOwn(kept, key) ? kept[key] : null),
    setItem: (key, value) => (attempt("set"), (kept[key] = value)),
    removeItem: (key) => (attempt("remove"), delete kept[key]),
  };
  return new Proxy(kept, { get: (target, name) => methods[name] ?? target[name] });
};
const open = (local = storage(), session = storage(), script = SCRIPT) =>
  load(["store"], {
    URL, localStorage: local, sessionStorage: session, addEventListener: () => {}, document: { currentScript: { src: script } },
  }).store;
const value = (text) => JSON.stringify({ version: 1, value: text });

test("what is set is got, in another tab and language too, but not on another site", () => {
  const local = storage();
  open(local).set("ticks", ["a"]);
  assert.deepEqual(plain(open(local, storage(), SCRIPT.replace("/de/", "/en/")).get("ticks")), ["a"]);
  assert.equal(open(local, storage(), SCRIPT.replace("/rm/", "/other/")).get("ticks"), undefined);
  assert.deepEqual(Object.keys(local), [`${KEY}ticks`]);
});

test("a list is empty while nothing is kept", () => {
  const store = open();
  assert.deepEqual(plain(store.list("ticks")), []);
  store.set("ticks", ["a", "b"]);
  assert.deepEqual(plain(store.list("ticks")), ["a", "b"]);
});

test("what is removed is gone, and kinds are those of this site alone", () => {
  const store = open(storage({ "foreign": "1", "stufenweise:/x/:ticks": value([]) }));
  store.set("ticks", []);
  store.set("goals", {});
  assert.deepEqual(plain(store.kinds()).sort(), ["goals", "ticks"]);
  store.remove("ticks");
  assert.deepEqual(plain(store.kinds()), ["goals"]);
});

test("each change is heard", () => {
  const store = open();
  let heard = 0;
  store.subscribe(() => (heard += 1));
  store.set("a", 1);
  store.remove("a");
  store.forget(true);
  assert.equal(heard, 3);
});

for (const [fault, word] of [["QuotaExceededError", "full"], ["SecurityError", "forbidden"]]) {
  test(`where storage ends in ${fault} all is held, and "${word}" is the trouble`, () => {
    const store = open(storage({}, (name) => (name === "set" ? fault : "")));
    store.set("ticks", ["a"]);
    assert.equal(store.trouble, word);
    assert.deepEqual(plain(store.get("ticks")), ["a"]);
  });
}

for (const [name, text] of [["no JSON", "{"], ["another version", JSON.stringify({ version: 2, value: 1 })], ["null", "null"]]) {
  test(`what can't be read is not overwritten: ${name}`, () => {
    const local = storage({ [`${KEY}ticks`]: text });
    const store = open(local);
    assert.equal(store.get("ticks"), undefined);
    store.set("ticks", ["a"]);
    assert.equal(store.trouble, "unreadable");
    assert.equal(local[`${KEY}ticks`], text);
    assert.deepEqual(plain(store.get("ticks")), ["a"]);
  });
}

test("a tab that forgets stores nothing, and another visit in it neither", () => {
  const local = storage({ [`${KEY}ticks`]: value(["a"]) });
  const session = storage();
  const store = open(local, session);
  store.forget(true);
  store.set("goals", { able: "x" });
  assert.deepEqual(Object.keys(local), []);
  assert.deepEqual(plain(store.get("ticks")), ["a"]);
  assert.ok(open(local, session).forgets);
});

test("a tab that keeps again joins its lists with what another has stored meanwhile", () => {
  const local = storage();
  const store = open(local);
  store.forget(true);
  store.set("ticks", ["a"]);
  open(local).set("ticks", ["b"]);
  store.forget(false);
  assert.deepEqual(plain(open(local).get("ticks")), ["b", "a"]);
});

test("what is kept in a wrong shape is unreadable, stays where it is, and the page works", () => {
  const wrong = { session: { works: {} }, "next-steps": { find: "text" }, words: [] };
  for (const [kind, kept] of Object.entries(wrong)) {
    const local = storage({ [KEY + kind]: value(kept) });
    const store = open(local);
    assert.equal(store.get(kind), undefined, kind);
    assert.equal(store.trouble, "unreadable");
    store.set(kind, {});
    assert.equal(local[KEY + kind], value(kept));
    assert.deepEqual(plain(store.get(kind)), {});
  }
});
