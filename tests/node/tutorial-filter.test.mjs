import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./scripts.mjs";

const { tutorialFilter } = load(["tutorial-filter"]);
const { matcher } = tutorialFilter;
const tutorial = {
  tutorial: "sizes",
  level: "2",
  orientation: "strategic",
  effort: "3",
  minutes: "45",
  goals: "S1 O2",
  items: "t/a t/b"
};
const isLeft = (choice, ticks = []) => matcher(choice, new Set(ticks))(tutorial);

for (const [choice, expected] of [
  [[], true],
  [[["level", "1,2"]], true],
  [[["level", "1,3"]], false],
  [[["orientation", "strategic"]], true],
  [[["orientation", "operational"]], false],
  [[["effort", "3"]], true],
  [[["effort", "2"]], false],
  [[["minutes", "45"]], true],
  [[["minutes", "30"]], false],
  [[["goal", "O2"]], true],
  [[["goal", "O"]], false],
  [
    [
      ["level", "2"],
      ["minutes", "30"]
    ],
    false
  ]
]) {
  test(`${JSON.stringify(choice)} ${expected ? "leaves" : "leaves out"} the tutorial`, () =>
    assert.equal(isLeft(choice), expected));
}

test("words leave what the search found, and all while it is still looking", () => {
  const left = (slugs) => matcher([["q", "Größe"]], new Set(), slugs)(tutorial);
  assert.deepEqual([left(new Set(["sizes", "other"])), left(new Set(["other"])), left(undefined)], [true, false, true]);
});

test("what is for both is for each", () => {
  for (const wanted of ["strategic", "operational"]) {
    assert.ok(matcher([["orientation", wanted]], new Set())({ ...tutorial, orientation: "both" }));
  }
});

test("a tutorial is open until all is ticked, and started between", () => {
  const states = (ticks) => ["open", "started", "done"].filter((state) => isLeft([["state", state]], ticks));
  assert.deepEqual(states([]), ["open"]);
  assert.deepEqual(states(["t/a", "other"]), ["open", "started"]);
  assert.deepEqual(states(["t/a", "t/b"]), ["done"]);
});
