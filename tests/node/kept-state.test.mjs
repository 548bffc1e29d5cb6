import assert from "node:assert/strict";
import { test } from "node:test";
import { load, plain } from "./scripts.mjs";

const GLOBALS = { atob, btoa, Blob, TextDecoder, Response };
const STREAMS = { CompressionStream, DecompressionStream };
const { keptEntries, keptState } = load(["kept-shapes", "kept-entries", "kept-state"], { ...GLOBALS, ...STREAMS });
const bare = load(["kept-shapes", "kept-entries", "kept-state"], { ...GLOBALS, DecompressionStream }).keptState;

/* The short text of a state, as it stands in a link. */
const toText = async (state, { toLinks, inLink } = keptState) => inLink((await toLinks("", state))[0]);
const fromFile = (text) => keptState.fromFile(new Blob([text]));

const PHOTO = "tutorials/set-up-my-profile/photo";
const STATE = {
  name: "Anna & Jörg 🎉",
  kept: {
    ticks: { [PHOTO]: [1000, 1], "levels/level-1/first": [1001] },
    goals: { "reach-1": [1002, "Größer werden"] },
    "next-steps": { abc: [1003, { by: "2026-12-05", text: "Im Kanal antworten" }] },
    sessions: { k2: [1004, { n: 0, kind: "tutorials", works: "find-people", day: "2026-12-07" }] },
    plan: { id: [1005, "x"], sequence: [1006, 2] },
    words: { "find-people/question.1": [1007, "Wer weiß das?"] }
  }
};

// Entries

test("a value is the same after its way through entries", () => {
  const value = { "find-people": { a: "1", "b.1.2": "2" }, other: { a: "3" } };
  assert.deepEqual(plain(keptEntries.toValue("words", keptEntries.stamp("words", {}, value, 9))), value);
});

test("merging is the same whichever comes first, and twice changes nothing", () => {
  const mine = { a: [5, 1], b: [7], c: [3, "x"], e: [4, "x"] };
  const theirs = { a: [6], b: [7, 1], d: [1, 1], e: [4, "y"] };
  const merged = plain(keptEntries.merge(mine, theirs));
  assert.deepEqual(plain(keptEntries.merge(theirs, mine)), merged);
  assert.deepEqual(plain(keptEntries.merge(merged, theirs)), merged);
  assert.deepEqual(merged.a, [6]);
});

test("what is changed with a clock set back is newer all the same", () => {
  const entries = plain(keptEntries.stamp("goals", { able: [100, "x"] }, { able: "y" }, 50));
  assert.deepEqual(entries.able, [101, "y"]);
});

// Text and file

for (const [name, written] of Object.entries({ compressed: keptState, "without compression": bare })) {
  const { fromText } = written;
  test(`a state is the same after its way through a text: ${name}`, async () => {
    const text = await toText(STATE, written);
    assert.match(text, /^[\w.-]+$/, "it can stand in an address");
    assert.deepEqual(plain(await fromText(text)), { state: STATE });
    assert.deepEqual(
      plain(await fromText(`${text.slice(0, 20)}\n ${text.slice(20)} `)),
      { state: STATE },
      "spaces of a mail don't matter"
    );
  });

  test(`a broken text is refused at every place: ${name}`, async () => {
    const text = await toText(STATE, written);
    const start = text.lastIndexOf(".") + 1;
    for (let at = start; at < text.length - 1; at += 7) {
      const broken = text.slice(0, at) + (text[at] === "A" ? "B" : "A") + text.slice(at + 1);
      assert.equal((await fromText(broken)).fault, "wrong", `sign ${at}`);
      assert.equal((await fromText(text.slice(0, at))).fault, "wrong", `cut at ${at}`);
    }
  });
}

for (const text of ["", "1c.", "hello", "1x.AAAA", "1c.!!!!", "https://example.org/"]) {
  test(`what is no text of ours is refused: "${text}"`, async () =>
    assert.equal((await keptState.fromText(text)).fault, "wrong"));
}

test("a newer version is said to be one, and too much is too much", async () => {
  assert.equal((await keptState.fromText("2c.AAAA")).fault, "newer");
  assert.equal((await keptState.fromText(`1c.${"A".repeat(60_001)}`)).fault, "large");
  const ticks = Object.fromEntries(Array.from({ length: 20_001 }, (_, n) => [`levels/a/i-${n}`, [1, 1]]));
  assert.equal((await keptState.fromText(await toText({ name: "", kept: { ticks } }))).fault, "large");
});

test("a bomb that grows without end is not unpacked", async () => {
  const zeros = new Blob(["0".repeat(40_000_000)]).stream().pipeThrough(new CompressionStream("deflate"));
  const text = Buffer.from(await new Response(zeros).arrayBuffer()).toString("base64url");
  assert.equal((await keptState.fromText(`1c.${text}`)).fault, "large");
});

test("a link's text is behind its #, whatever stood there before", async () => {
  const [link, less] = plain(await keptState.toLinks("https://example.org/rm/de/our-programme/#carry", STATE));
  assert.match(link, /^https:\/\/example\.org\/rm\/de\/our-programme\/#stand=1c\.[\w-]+$/);
  assert.deepEqual(plain(await keptState.fromText(keptState.inLink(` ${link}\n`))).state, STATE);
  const { words, ...kept } = STATE.kept;
  assert.deepEqual(plain(await keptState.fromText(keptState.inLink(less))).state, { ...STATE, kept });
  assert.equal(keptState.inLink("1c.AbC"), "1c.AbC");
});

test("a state is the same after its way through a file, which people can read", async () => {
  const text = keptState.toFile(STATE);
  assert.ok(text.includes("Im Kanal antworten"));
  assert.deepEqual(plain(await fromFile(text)), { state: STATE });
});

test("what a file gives no time, or that of something removed, is older than anything", async () => {
  for (const times of [undefined, {}, { ticks: { [PHOTO]: -5 } }]) {
    const { state } = await fromFile(JSON.stringify({ format: "stufenweise", version: 1, ticks: [PHOTO], times }));
    assert.deepEqual(plain(state.kept.ticks), { [PHOTO]: [1, 1] });
  }
});

const file = (more) => JSON.stringify({ format: "stufenweise", version: 1, ticks: [], ...more });
const WRONG = {
  "no JSON": "{",
  null: "null",
  "another format": file({ format: "x" }),
  "ticks that are none": file({ ticks: ["goals/a/b"] }),
  "goals that are a text": file({ goals: "text" }),
  "goals that are a list": file({ goals: [1] }),
  "a goal that is a number": file({ goals: { able: 1 } }),
  "a goal that is nothing": file({ goals: { able: null } }),
  "a goal that is deep": file({ goals: { a: { b: { c: "d" } } } }),
  "a goal that is a list": file({ goals: { able: ["x"] } }),
  "a text that is too long": file({ goals: { able: "x".repeat(2001) } }),
  "words that are not deep": file({ words: { a: "x" } }),
  "a name of the language's own": '{"format":"stufenweise","version":1,"ticks":[],"goals":{"__proto__":"x"}}',
  "a time that is none": file({ goals: { able: "x" }, times: { goals: { able: "now" } } }),
  "a time after all": file({ goals: { able: "x" }, times: { goals: { able: 1e12 } } })
};
for (const [name, text] of Object.entries(WRONG)) {
  test(`a file of the wrong shape is refused: ${name}`, async () =>
    assert.equal((await fromFile(text)).fault, "wrong"));
}

test("what a later version adds is passed over", async () => {
  assert.deepEqual(plain(await fromFile(file({ later: { a: 1 } }))), { state: { name: "", kept: { ticks: {} } } });
});

test("a file that is too large is told as such, whatever letters it has", async () => {
  for (const letter of ["a", "ü", "🎉"]) {
    assert.deepEqual(plain(await fromFile(`{"name": "${letter.repeat(1e6)}"}`)), { fault: "large" });
  }
});
