import assert from "node:assert/strict";
import { test } from "node:test";
import { cases, load, plain } from "./scripts.mjs";

const { hour } = load(["hour"]);
const { hours, frames } = cases();
const clock = (at) => new Date(at * 60_000).toISOString().slice(11, 16);

for (const { name, length, works, clock: times, spare, buffer = 0, over = 0 } of hours) {
  test(`the hour is laid out: ${name}`, () => {
    const plan = plain(hour.plan(length, frames[length], works));
    const begins = hour.times(plan.rows, 600);
    assert.deepEqual(
      plan.rows.map(({ part }, index) => `${part} ${clock(begins[index])}`),
      times
    );
    assert.deepEqual(
      plain(hour.spare(plan.rows)).map(({ part, minutes }) => `${part} ${minutes}`),
      spare
    );
    assert.deepEqual([plan.buffer, plan.over], [buffer, over]);
    assert.equal(plan.rows.reduce((sum, { minutes }) => sum + minutes, 0) + plan.buffer - plan.over, length);
  });
}

test("a session that goes on another day takes its time from what is left", () => {
  const whole = plain(hour.plan(60, frames[60], [[15, 20]]));
  const rest = plain(hour.plan(60, frames[60], [[15, 20]], 3));
  assert.deepEqual(
    rest.rows.slice(0, 3).map(({ minutes }) => minutes),
    [0, 0, 0]
  );
  assert.ok(rest.rows[4].minutes >= whole.rows[4].minutes);
  assert.equal(rest.buffer, 60 - 20 - 10 - 3 - 7);
});

test("own work is shortened last", () => {
  for (let minutes = 20; minutes <= 40; minutes += 1) {
    const { rows } = plain(hour.plan(60, frames[60], [[minutes]]));
    const [own] = rows.filter(({ part }) => part === "own");
    assert.ok(own.minutes >= 7);
    if (own.minutes < 10)
      assert.deepEqual(
        plain(hour.spare(rows)).filter(({ part }) => part !== "own"),
        []
      );
  }
});
