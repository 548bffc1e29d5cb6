import assert from "node:assert/strict";
import { test } from "node:test";
import { cases, load, plain } from "./scripts.mjs";

const { plan } = load(["plan"]);
const { plans } = cases();
const named = (sessions) =>
  plain(sessions).map((pieces) => pieces.map(({ slug, part, minutes }) => `${slug} ${part} ${minutes}`));

for (const [name, { ask, days, count = days.length }] of Object.entries(plans.dates)) {
  test(`dates: ${name}`, () => {
    const dates = plain(plan.dates(ask, count));
    assert.deepEqual(
      dates.map(({ day, shifted, skipped }) => `${day}${shifted ? "*" : ""}${skipped ? "+" : ""}`),
      days
    );
  });
}

for (const [name, { sessions, parts, pieces }] of Object.entries(plans.pieces)) {
  test(`pieces: ${name}`, () => assert.deepEqual(named(plan.pieces(sessions, parts)), pieces));
}

for (const [name, { slugs, parts, holds, sessions }] of Object.entries(plans.pack)) {
  const over = (minutes) => Math.max(0, minutes.reduce((sum, length) => sum + length, 0) - holds);
  test(`pack: ${name}`, () => assert.deepEqual(named(plan.pack(slugs, parts, over)), sessions));
}

for (const [name, { sessions, requires, faults }] of Object.entries(plans.faults)) {
  test(`faults: ${name}`, () => {
    const wrong = plain(
      plan.faults(
        sessions.map((slugs) => slugs.map((slug) => ({ slug }))),
        requires
      )
    );
    assert.deepEqual(
      wrong.map(({ session, slug, other, late }) => `${session} ${slug} ${other}${late ? " late" : ""}`),
      faults
    );
  });
}
