import assert from "node:assert/strict";
import { test } from "node:test";
import { load, openStore, plain, SCRIPT, storage } from "./scripts.mjs";

const KEY = "stufenweise:/rm/:";

const open = (...browser) => openStore(...browser).store;
const value = (text, times) => JSON.stringify({ version: 1, value: text, times });

test("what is set is got, in another tab and language too, but not on another site", () => {
  const local = storage();
  open(local).set("ticks", ["a"]);
  assert.deepEqual(plain(open(local, storage(), SCRIPT.replace("/de/", "/en/")).get("ticks")), ["a"]);
  assert.equal(open(local, storage(), SCRIPT.replace("/rm/", "/other/")).get("ticks"), undefined);
  assert.deepEqual(Object.keys(local), [`${KEY}ticks`]);
});

test("a package that names its site finds what another revision of it has kept, at another path", () => {
  const local = storage();
  const at = (revision, site) =>
    open(local, storage(), `https://lms.example/mod/${revision}/website/de/assets/javascripts/a.js`, { site });
  at(1, "example.org/rm").set("ticks", ["a"]);
  assert.deepEqual(plain(at(2, "example.org/rm").list("ticks")), ["a"]);
  assert.deepEqual(plain(at(2, "example.org/others").list("ticks")), []);
  at(2, "example.org").wipe();
  assert.deepEqual(Object.keys(local), ["stufenweise:example.org/rm:ticks"]);
});

test("a list is empty while nothing is kept", () => {
  const store = open();
  assert.deepEqual(plain(store.list("ticks")), []);
  store.set("ticks", ["a", "b"]);
  assert.deepEqual(plain(store.list("ticks")), ["a", "b"]);
});

test("what is removed is gone, and data are those of this site alone", () => {
  const store = open(storage({ foreign: "1", "stufenweise:/x/:ticks": value(["x"]) }));
  assert.equal(store.holds(), false);
  store.set("ticks", ["a"]);
  store.set("goals", { able: "x" });
  assert.deepEqual(Object.keys(store.all()).sort(), ["goals", "ticks"]);
  store.remove("ticks");
  assert.deepEqual(Object.keys(store.all()), ["goals"]);
  assert.equal(store.holds(), true);
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

for (const [fault, word] of [
  ["QuotaExceededError", "full"],
  ["SecurityError", "forbidden"]
]) {
  test(`where storage ends in ${fault} all is held, and "${word}" is the trouble`, () => {
    const store = open(storage({}, (name) => (name === "set" ? fault : "")));
    store.set("ticks", ["a"]);
    assert.equal(store.trouble(), word);
    assert.deepEqual(plain(store.get("ticks")), ["a"]);
  });
}

for (const [name, text] of [
  ["no JSON", "{"],
  ["another version", JSON.stringify({ version: 2, value: 1 })],
  ["null", "null"]
]) {
  test(`what can't be read is not overwritten: ${name}`, () => {
    const local = storage({ [`${KEY}ticks`]: text });
    const store = open(local);
    assert.equal(store.get("ticks"), undefined);
    store.set("ticks", ["a"]);
    assert.equal(store.trouble(), "unreadable");
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
  assert.ok(open(local, session).forgets());
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

test("entries have the times of their changes, and what is removed keeps one", () => {
  const local = storage({ [`${KEY}ticks`]: value(["a", "b"], { a: 10 }) });
  const store = open(local);
  store.set("ticks", ["b", "c"]);
  const { a, b, c } = plain(store.all()).ticks;
  assert.ok(a[0] > 10 && a.length === 1);
  assert.deepEqual(b, [1, 1], "what was there before there were times is the oldest");
  assert.ok(c[0] > 10);
  assert.deepEqual(plain(open(local).all()), plain(store.all()), "times are kept too");
});

test("states come together, the newest entry of each winning", () => {
  const store = open();
  store.set("goals", { able: "mine", first: "mine" });
  const now = Math.floor(Date.now() / 1000);
  store.join({ goals: { able: [now + 60, "theirs"], first: [now - 60, "theirs"], "by-1": [5, "2026-12-01"] } });
  assert.deepEqual(plain(store.get("goals")), { able: "theirs", first: "mine", "by-1": "2026-12-01" });
});

const CHOSEN = JSON.stringify({ version: 1, value: { chosen: "p2", names: { p2: "Anna" }, kept: {} } });

test("pairs keep what is theirs apart", () => {
  const local = storage();
  const first = openStore(local);
  first.store.set("ticks", ["a"]);
  first.store.choose("p2", "Anna");
  assert.deepEqual(plain(first.store.get("ticks")), ["a"], "a page stays with the pair it was opened with");
  const second = openStore(local);
  assert.equal(second.store.pair, "p2");
  assert.deepEqual(plain(second.store.list("ticks")), []);
  second.store.set("ticks", ["b"]);
  assert.deepEqual(plain(open(local).list("ticks")), ["b"]);
  second.store.wipePair();
  const again = openStore(local);
  assert.equal(again.store.pair, "");
  assert.deepEqual(plain(again.store.list("ticks")), ["a"]);
  assert.deepEqual(plain(again.store.pairs()), {});
});

test("all of it is wiped, of every pair, but not of another site", () => {
  const local = storage({
    [`${KEY}pairs`]: CHOSEN,
    "stufenweise:/rm/@p2:ticks": value([]),
    "stufenweise:/rm/x/:ticks": value([])
  });
  open(local).wipe();
  assert.deepEqual(Object.keys(local), ["stufenweise:/rm/x/:ticks"]);
});

test("a tab that forgets takes all pairs with it", () => {
  const local = storage({
    [`${KEY}pairs`]: CHOSEN,
    "stufenweise:/rm/@p2:ticks": value(["a"]),
    [`${KEY}ticks`]: value(["b"])
  });
  const store = open(local);
  store.forget(true);
  assert.deepEqual(Object.keys(local), []);
  store.forget(false);
  assert.equal(Object.keys(local).length, 3);
});

const NEWER = JSON.stringify({ version: 2, value: { a: "goal" } });

test("what a newer version has stored is put back as it was by a tab that saves again", () => {
  const texts = { [`${KEY}goals`]: NEWER, [`${KEY}pairs`]: NEWER, "stufenweise:/rm/@p2:ticks": "{" };
  const local = storage({ ...texts, [`${KEY}ticks`]: value(["a"]) });
  const store = open(local);
  store.forget(true);
  assert.deepEqual(Object.keys(local), []);
  store.forget(false);
  const { [`${KEY}ticks`]: ticks, ...others } = plain(local);
  assert.deepEqual(others, texts);
  assert.deepEqual(plain(open(local).get("ticks")), ["a"]);
});

test("what was written instead of a newer version's data is held, with that put back", () => {
  for (const whileForgetting of [true, false]) {
    const local = storage({ [`${KEY}goals`]: NEWER });
    const store = open(local);
    if (whileForgetting) store.forget(true);
    store.set("goals", { able: "x" });
    store.forget(true);
    store.forget(false);
    assert.equal(local[`${KEY}goals`], NEWER);
    assert.equal(store.trouble(), "unreadable");
    assert.deepEqual(plain(store.get("goals")), { able: "x" });
  }
});

test("a newer version's data are put beside what another tab has stored meanwhile", () => {
  const local = storage({ [`${KEY}ticks`]: NEWER });
  const store = open(local);
  store.forget(true);
  open(local).set("ticks", ["b"]);
  store.forget(false);
  assert.equal(local[`${KEY}ticks~`], NEWER);
  assert.equal(store.trouble(), "aside");
  assert.deepEqual(plain(open(local).get("ticks")), ["b"]);
});

test("what was moved aside is removed by a tab that forgets, and put back", () => {
  const local = storage({ [`${KEY}ticks`]: value(3), [`${KEY}goals~`]: value([]) });
  const store = open(local);
  store.forget(true);
  assert.deepEqual(Object.keys(local), []);
  store.forget(false);
  assert.deepEqual(plain(local), { [`${KEY}ticks~`]: value(3), [`${KEY}goals~`]: value([]) });
});

test("each pair has its own place for what is moved aside, and nothing there is overwritten", () => {
  const [first, second] = [KEY, "stufenweise:/rm/@p2:"];
  const local = storage({ [`${first}ticks`]: value(1), [`${second}ticks`]: value(2) });
  const ofFirst = openStore(local);
  ofFirst.store.choose("p2", "Anna");
  const ofSecond = openStore(local);
  local[`${first}ticks`] = value(3);
  ofFirst.changed();
  assert.equal(local[`${first}ticks~`], value(1));
  assert.equal(local[`${second}ticks~`], value(2));
  assert.equal(local[`${first}ticks~~`], value(3));
  for (const on of [true, false]) ofSecond.store.forget(on);
  assert.equal(local[`${second}ticks~`], value(2));
  ofSecond.store.wipePair();
  assert.deepEqual(
    Object.keys(local).filter((key) => key.includes("~")),
    [`${first}ticks~`, `${first}ticks~~`]
  );
});

test("what two tabs put back at once stands side by side", () => {
  const local = storage({ [`${KEY}ticks`]: NEWER });
  const store = open(local);
  store.forget(true);
  local[`${KEY}ticks`] = value(["b"]);
  local[`${KEY}ticks~`] = "{";
  store.forget(false);
  assert.equal(local[`${KEY}ticks~`], "{");
  assert.equal(local[`${KEY}ticks~~`], NEWER);
});

test("the copy for courses does not bring back what was moved aside", () => {
  const calls = [];
  const note =
    (name) =>
    (...values) =>
      calls.push([name, values[0]]);
  const copy = { put: note("put"), drop: note("drop"), begin: () => {} };
  open(storage({ [`${KEY}ticks`]: value(3) }), storage(), SCRIPT, {}, { copy });
  assert.deepEqual(calls, [
    ["put", `${KEY}ticks~`],
    ["drop", `${KEY}ticks`]
  ]);
});

test("a text that can't be put back is held, and a wipe removes it", () => {
  let full = false;
  const local = storage({ [`${KEY}ticks`]: NEWER }, (name) => (full && name === "set" ? "QuotaExceededError" : ""));
  const store = open(local);
  store.forget(true);
  full = true;
  store.forget(false);
  assert.equal(store.trouble(), "full");
  full = false;
  store.forget(true);
  store.forget(false);
  assert.equal(local[`${KEY}ticks`], NEWER);
  store.forget(true);
  store.wipe();
  store.forget(false);
  assert.deepEqual(Object.keys(local), []);
});

for (const wrong of [3, { a: 1 }, ["a", 2], [["a"]], "a", null]) {
  test(`what has the wrong shape is laid aside and said: ${JSON.stringify(wrong)}`, () => {
    const local = storage({ [`${KEY}ticks`]: value(wrong) });
    const store = open(local);
    assert.deepEqual(plain(store.list("ticks")), []);
    assert.equal(store.trouble(), "aside");
    store.set("ticks", ["a"]);
    assert.deepEqual(plain(open(local).get("ticks")), ["a"]);
    assert.equal(local[`${KEY}ticks~`], value(wrong));
  });
}

test("what is kept of any kind in a wrong shape is laid aside, and the page works", () => {
  const wrong = {
    session: { works: {} },
    "next-steps": { find: "text" },
    words: [],
    plan: { id: {} },
    sessions: { a: 1 }
  };
  for (const [kind, kept] of Object.entries(wrong)) {
    const local = storage({ [KEY + kind]: value(kept) });
    const store = open(local);
    assert.equal(store.get(kind), undefined, kind);
    assert.equal(store.trouble(), "aside", kind);
    assert.equal(local[`${KEY}${kind}~`], value(kept));
  }
});

test("what was there and is no more is missing", () => {
  const local = storage();
  const store = open(local);
  store.set("ticks", ["a"]);
  store.set("goals", { able: "x" });
  assert.deepEqual(plain(store.missing()), []);
  delete local[`${KEY}goals`];
  assert.deepEqual(plain(openStore(local).store.missing()), ["goals"]);
});

for (const wrong of [
  { chosen: "p2", names: { p2: "Anna", p3: 3 }, kept: {} },
  { chosen: "p2", names: null, kept: {} },
  { chosen: "p2", names: { p2: "Anna" }, kept: null },
  { chosen: "p2", names: {}, kept: { p2: [1] } },
  { chosen: "P 2", names: {}, kept: {} },
  null
]) {
  test(`a wrong record of the pairs is moved aside, and no pair is lost: ${JSON.stringify(wrong)}`, () => {
    const local = storage({ [`${KEY}pairs`]: value(wrong), "stufenweise:/rm/@p2:ticks": value(["a"]) });
    const store = open(local);
    assert.equal(store.trouble(), "aside");
    assert.equal(local[`${KEY}pairs~`], value(wrong));
    assert.equal(store.pair, "");
    assert.deepEqual(plain(store.pairs()), { p2: "" });
    assert.deepEqual(plain(store.missing()), []);
    assert.equal(store.state().name, "");
    store.choose("p2");
    assert.deepEqual(plain(open(local).list("ticks")), ["a"]);
  });
}

const SESSION = {
  works: [{ slug: "find", title: "Find", part: 0, minutes: 25 }],
  length: 60,
  start: 1,
  out: [],
  at: "find/why",
  from: "",
  spent: { "find/checkin": 1 },
  extra: {}
};

for (const wrong of [
  [null],
  SESSION,
  [{ works: [], extra: {} }],
  [{ ...SESSION, works: [] }],
  [{ ...SESSION, works: [null] }],
  [{ ...SESSION, works: [{ slug: 1, title: "" }] }],
  [{ ...SESSION, at: null }],
  [{ ...SESSION, out: "a" }],
  [SESSION, { ...SESSION, spent: null }],
  [{ ...SESSION, extra: { "find/own": "5" } }]
]) {
  test(`a session of a wrong shape is moved aside, and the next one stored: ${JSON.stringify(wrong)}`, () => {
    const local = storage({ [`${KEY}session`]: value(wrong) });
    const store = open(local);
    assert.deepEqual(plain(store.list("session")), []);
    assert.equal(store.trouble(), "aside");
    assert.equal(local[`${KEY}session~`], value(wrong));
    store.set("session", [SESSION]);
    assert.deepEqual(plain(open(local).list("session")), [SESSION]);
  });
}

test("a session as it is begun and held has the right shape", () => {
  const { sessionState } = load(["session-state"]);
  const state = { ...sessionState.begin({ slug: "find", title: "Find" }, 0), at: "find/why" };
  for (const list of [[state], [sessionState.resume(state, 1)]]) {
    const store = open(storage({ [`${KEY}session`]: value(list) }));
    assert.deepEqual(plain(store.list("session")), plain(list));
    assert.equal(store.trouble(), "");
  }
});

test("what is moved aside is no data of the pair, and goes with it, its notice too", () => {
  const local = storage({ [`${KEY}ticks`]: value(3), [`${KEY}pairs`]: value(4), "stufenweise:/rm/@p2:ticks~": "x" });
  const store = open(local);
  assert.deepEqual(plain(store.all()), {});
  assert.equal(store.holds(), true);
  assert.equal(store.trouble(), "aside");
  assert.equal(store.keeps(), true, "what is ticked now is stored");
  store.wipePair();
  assert.equal(store.trouble(), "");
  assert.deepEqual(Object.keys(local).sort(), [`${KEY}pairs`, "stufenweise:/rm/@p2:ticks~"]);
});

test("a pair is wiped that a tab which forgets holds", () => {
  const local = storage({ [`${KEY}ticks`]: value(["a"]), [`${KEY}goals`]: NEWER });
  const store = open(local);
  store.forget(true);
  store.wipePair();
  store.forget(false);
  assert.deepEqual(Object.keys(local), [`${KEY}pairs`]);
});

test("reading changes nothing; what another tab stored in a wrong shape is moved when that tab tells", () => {
  const local = storage();
  const { store, changed } = openStore(local);
  local[`${KEY}ticks`] = value(3);
  assert.equal(store.get("ticks"), undefined);
  store.state();
  store.missing();
  assert.deepEqual(plain(local), { [`${KEY}ticks`]: value(3) });
  assert.equal(store.trouble(), "");
  changed();
  assert.deepEqual(plain(local), { [`${KEY}ticks~`]: value(3) });
  assert.equal(store.trouble(), "aside");
});

test("what a write would overwrite in a wrong shape is moved aside before", () => {
  const local = storage();
  const store = open(local);
  local["stufenweise:/rm/@p2:goals"] = value(3);
  store.copyTo("p2", "Anna", { goals: { able: [1, "x"] } });
  assert.equal(local["stufenweise:/rm/@p2:goals~"], value(3));
  assert.deepEqual(plain(open(local).get("goals")), { able: "x" });
});
