import assert from "node:assert/strict";
import { test } from "node:test";
import { load, plain } from "./scripts.mjs";

const { recommend } = load(["recommend"]);
/* A library small enough to follow by hand. */
const TUTORIALS = [
  { slug: "tour", level: 1, requires: [], goals: ["S1"] },
  { slug: "profile", level: 1, requires: ["tour"], goals: ["O1"] },
  { slug: "network", level: 1, requires: ["profile"], goals: ["S1"] },
  { slug: "listen", level: 2, requires: ["tour"], goals: ["S1"] }
];
const GOALS = { S1: { title: "S1", levels: { 1: 1, 2: 3 } }, O1: { title: "O1", levels: { 1: 3 } } };
const recommended = (...answers) => plain(recommend(answers, [1, 2], TUTORIALS, GOALS));

test("of two equal levels it is the lower one", () => {
  assert.equal(recommended({ levels: { 2: 2 } }, { levels: { 1: 2 } }).level, 1);
  assert.equal(recommended({ levels: { 2: 2 } }, { levels: { 1: 1 } }).level, 2);
});

test("without answers it begins at the beginning, in the order of what is required", () => {
  assert.deepEqual(recommended(), {
    level: 1,
    short: false,
    reason: {},
    tutorials: [
      { slug: "tour", reason: { before: "profile" } },
      { slug: "profile", reason: { before: "network" } },
      { slug: "network", reason: {} }
    ]
  });
});

test("what is done already speaks against its level and is not recommended", () => {
  const { level, tutorials } = recommended({ because: "", levels: { 1: -2 }, tutorials: { tour: -1 } });
  assert.equal(level, 2);
  assert.deepEqual(
    tutorials.map(({ slug }) => slug),
    ["listen"]
  );
});

test("all goals together weigh as one answer", () => {
  const goals = Array(4).fill({ goals: { S1: 5 } });
  assert.equal(recommended(...goals).level, 2);
  assert.equal(recommended(...goals, { levels: { 1: 3 } }).level, 1);
  assert.deepEqual(recommended(...goals).reason, { goal: "S1" });
});

test("what half an hour can't hold is not recommended for it", () => {
  const timed = TUTORIALS.map((tutorial) => ({ ...tutorial, least: tutorial.slug === "tour" ? 45 : 30 }));
  const { short, tutorials } = plain(recommend([{ minutes: 30 }], [1, 2], timed, GOALS));
  assert.equal(short, true);
  assert.deepEqual(
    tutorials.map(({ slug }) => slug),
    ["profile", "network"]
  );
});
