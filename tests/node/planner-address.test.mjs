import assert from "node:assert/strict";
import { test } from "node:test";
import { load, plain } from "./scripts.mjs";

const { plannerAddress } = load(["planner-address"]);
const known = {
  programmes: ["web"],
  tutorials: ["a", "b"],
  every: ["1", "2", "month"],
  minutes: ["60", "90"],
  lands: ["BY"]
};
const read = (hash) => plain(plannerAddress.read(hash, known));
const CHOICES = {
  programme: "",
  tutorials: ["a", "b"],
  from: "2026-12-01",
  at: "14:30",
  every: "month",
  minutes: "90",
  out: [6, 0],
  breaks: [
    ["2026-12-21", "2027-01-06"],
    ["2027-02-01", "2027-02-05"]
  ]
};

test("what is written is read again", () => {
  const address = `${plannerAddress.write(CHOICES)}`;
  assert.equal(
    address,
    "tutorials=a_b&from=2026-12-01&at=14.30&every=month&minutes=90&out=6.0&breaks=2026-12-21_2027-01-06.2027-02-01_2027-02-05"
  );
  const { choices, own, unknown } = read(address);
  assert.deepEqual({ programme: "", ...choices }, { ...CHOICES, out: ["6", "0"] });
  assert.deepEqual([own, unknown], [true, 0]);
});

test("a programme stands in the place of tutorials", () => {
  const address = `${plannerAddress.write({ ...CHOICES, programme: "web" })}`;
  assert.ok(address.startsWith("programme=web&from="));
  assert.deepEqual([read(address).choices.programme, read(address).own], ["web", false]);
});

for (const [hash, unknown] of [
  ["", 0],
  ["programme=gone", 1],
  ["programme=constructor", 1],
  ["tutorials=a_gone_b_a", 1],
  ["from=2026-02-30", 1],
  ["from=tomorrow", 1],
  ["from=275760-09-13", 1],
  ["land=BY", 0],
  ["land=XX", 1],
  ["at=24.00", 1],
  ["every=3&minutes=61", 2],
  ["out=7.1", 1],
  ["breaks=2026-12-21.2026-12-21_x", 2],
  ["strange=1&other=2", 2]
]) {
  test(`what there is not is left out and counted: ${hash || "nothing"}`, () =>
    assert.equal(read(hash).unknown, unknown));
}

test("a tutorial is taken once, and forty at most", () => {
  assert.deepEqual(read("tutorials=a_b_a").choices.tutorials, ["a", "b"]);
  const many = Array.from({ length: 50 }, (_, index) => `t${index}`);
  const { choices } = plain(plannerAddress.read(`tutorials=${many.join("_")}`, { ...known, tutorials: many }));
  assert.equal(choices.tutorials.length, 40);
});

test("a day is one of the calendar", () => {
  for (const [day, right] of [
    ["2028-02-29", true],
    ["2027-02-29", false],
    ["2026-13-01", false],
    ["26-01-01", false],
    ["", false]
  ]) {
    assert.equal(plannerAddress.isDay(day), right, day);
  }
});
