import assert from "node:assert/strict";
import { test } from "node:test";
import { cases, load, plain } from "./scripts.mjs";

const { hour } = load(["hour"]);
const { hours, frames } = cases();
const clock = (at) => new Date(at * 60_000).toISOString().slice(11, 16);

for (const { name, length, works, clock: times, spare, buffer = 0, over = 0 } of hours) {
  test(`the hour is laid out: ${name}`, () => {
    const plan = plain(hour.plan(length, frames[length], works));
    const found = hour.times(plan.rows, 600);
    assert.deepEqual(plan.rows.map(({ part }, index) => `${part} ${clock(found[index])}`), times);
    assert.deepEqual(plan.spare.map(({ part, minutes }) => `${part} ${minutes}`), spare);
    assert.deepEqual([plan.buffer, plan.over], [buffer, over]);
    assert.equal(plan.rows.reduce((sum, { minutes }) => sum + minutes, 0) + plan.buffer - plan.over, length);
  });
}
