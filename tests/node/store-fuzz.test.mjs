/* Whatever JSON lies under the store's keys: nothing throws, what can be read is not lost, the rest is moved aside whole. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { openStore, plain, storage } from "./scripts.mjs";

const ROOT = "stufenweise:/rm/";
const KINDS = [
  "ticks",
  "goals",
  "next-steps",
  "sessions",
  "plan",
  "words",
  "session",
  "mentor",
  "folder",
  "search-key"
];
const KEYS = ["pairs", ...KINDS].flatMap((kind) => [`${ROOT}:${kind}`, `${ROOT}@p2:${kind}`]);
const NAMES = [
  "a",
  "find/why",
  "constructor",
  "__proto__",
  "",
  "p2",
  "works",
  "at",
  "chosen",
  "names",
  "kept",
  "times"
];
const LEAVES = [null, true, 0, -1, 1.5, 1e308, -1e300, 2 ** 53, "", "a", "find/why", "x".repeat(2001), [], {}];
const ROUNDS = 300;

/* Numbers that look random and are the same in each run (mulberry32). */
const random = (seed) => {
  let state = seed;
  return (most) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % most;
  };
};

const pick = (draw, list) => list[draw(list.length)];
const anything = (draw, deep = 3) => {
  const size = draw(4);
  if (!deep || !size) return pick(draw, LEAVES);
  const inner = Array.from({ length: size }, () => anything(draw, deep - 1));
  return draw(2) ? inner : Object.fromEntries(inner.map((value) => [pick(draw, NAMES), value]));
};

const SESSION = { works: [{ slug: "a", title: "A" }], length: 60, start: 1, out: [], at: "a/why", from: "" };
const RIGHT = {
  pairs: { chosen: "p2", names: { p2: "Anna" }, kept: { p2: ["ticks"] } },
  ticks: ["a", "constructor"],
  goals: { able: "x", constructor: "y" },
  "next-steps": { a: { by: "", text: "x" } },
  sessions: { a: { n: 0, works: "a" } },
  plan: { id: "x", sequence: 1 },
  words: { a: { "why/1": "x" } },
  session: [{ ...SESSION, spent: {}, extra: {} }]
};

/* A right value, or one in which a part is replaced by anything. */
const mutated = (draw, value, deep = 3) => {
  if (!deep || !draw(4) || typeof value !== "object") return draw(2) ? value : anything(draw, 1);
  const copy = structuredClone(value);
  const names = Object.keys(copy);
  if (names.length) {
    const name = pick(draw, names);
    copy[name] = mutated(draw, copy[name], deep - 1);
  }
  return copy;
};

const stored = (draw, key) => {
  const kind = key.split(":").at(-1);
  const value = draw(3) && kind in RIGHT ? mutated(draw, RIGHT[kind]) : anything(draw);
  const record = { version: pick(draw, [1, 1, 1, 1, 2]), value };
  if (!draw(3)) record.times = draw(3) ? { a: pick(draw, LEAVES), constructor: 5 } : anything(draw, 1);
  return draw(12) ? JSON.stringify(record) : pick(draw, ["{", "null", "3", '"a"', "[]", JSON.stringify(value)]);
};

const filled = (draw) => {
  const kept = {};
  for (const key of KEYS) if (draw(2)) kept[key] = stored(draw, key);
  return kept;
};

/* The texts, by how often each is there. */
const counted = (kept) => {
  const counts = new Map();
  for (const text of Object.values(kept)) counts.set(text, (counts.get(text) ?? 0) + 1);
  return counts;
};

const attempt = (act) => {
  try {
    return act();
  } catch {
    return undefined;
  }
};

const readAll = (store) => {
  store.state();
  store.pairs();
  store.holds();
  store.trouble();
  store.keeps();
  store.forgets();
  return Object.fromEntries(KINDS.map((kind) => [kind, [store.get(kind), plain(store.list(kind))]]));
};

test("opening and reading lose no text, and read the same again", () => {
  for (let seed = 0; seed < ROUNDS; seed += 1) {
    const kept = filled(random(seed));
    const local = storage({ ...kept });
    const { store, changed } = openStore(local);
    const first = readAll(store);
    changed();
    assert.deepEqual(readAll(store), first, `seed ${seed}`);
    assert.deepEqual(counted(local), counted(kept), `seed ${seed}`);
    const own = `${ROOT}${store.pair && `@${store.pair}`}:`;
    for (const kind of KINDS) {
      const { version, value } = attempt(() => JSON.parse(local[own + kind])) ?? {};
      assert.deepEqual(plain([store.get(kind)]), plain([version === 1 ? value : undefined]), `seed ${seed}: ${kind}`);
    }
    for (const [key, text] of Object.entries(kept))
      assert.ok(local[key] === text || local[`${key}~`] === text, `seed ${seed}: ${key} is moved whole`);
  }
});

test("a tab that forgets puts back all that was there", () => {
  for (let seed = 0; seed < ROUNDS; seed += 1) {
    const local = storage(filled(random(seed)));
    const { store } = openStore(local);
    const first = [readAll(store), store.pairs()].map(plain);
    store.forget(true);
    assert.deepEqual(Object.keys(local), []);
    store.forget(false);
    assert.deepEqual([readAll(store), store.pairs()].map(plain), first, `seed ${seed}`);
  }
});

test("no call throws, and none overwrites what it can't read", () => {
  for (let seed = 0; seed < ROUNDS; seed += 1) {
    const draw = random(seed);
    const kept = filled(draw);
    const local = storage({ ...kept });
    const { store, changed } = openStore(local);
    const all = plain(store.all());
    const calls = [
      () => store.missing(),
      () => store.set("ticks", ["b"]),
      () => store.set("session", RIGHT.session),
      () => store.join({ goals: { able: [5, "mine"] } }),
      () => store.replace(all),
      () => store.choose("p2", "Anna"),
      () => store.copyTo("p3", "Jörg", all),
      () => store.forget(Boolean(draw(2))),
      () => changed()
    ];
    for (let count = 0; count < 6; count += 1) {
      pick(draw, calls)();
      readAll(store);
    }
    store.forget(false);
    for (const [key, text] of Object.entries(kept)) {
      const isNewer = text.startsWith('{"version":2');
      if (isNewer) assert.ok([local[key], local[`${key}~`]].includes(text), `seed ${seed}: ${key} is as it was`);
    }
    store.remove("ticks");
    store.wipePair();
    store.wipe();
    assert.deepEqual(Object.keys(local), [], `seed ${seed}`);
    assert.equal(store.trouble(), "");
  }
});
