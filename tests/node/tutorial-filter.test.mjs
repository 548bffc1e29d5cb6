import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./scripts.mjs";

const { tutorialFilter } = load(["tutorial-filter"]);
const { plain, matcher } = tutorialFilter;
const tutorial = {
  level: "2", orientation: "strategic", effort: "3", minutes: "45", goals: "S1 O2", items: "t/a t/b", text: plain("Größe zeigen"),
};
const isLeft = (choice, ticks = []) => matcher(choice, new Set(ticks))(tutorial);

test("spelling aside: capitals, accents, umlauts", () => {
  assert.equal(plain("Übung, Straße, Café, ÄÖÜ"), "uebung, strasse, cafe, aeoeue");
});

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
  [[["q", "groesse"]], true],
  [[["q", "ZEIGEN  größe"]], true],
  [[["q", "zeigen klein"]], false],
  [[["level", "2"], ["minutes", "30"]], false],
]) {
  test(`${JSON.stringify(choice)} ${expected ? "leaves" : "leaves out"} the tutorial`, () => assert.equal(isLeft(choice), expected));
}

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
