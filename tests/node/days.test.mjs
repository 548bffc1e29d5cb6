import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./scripts.mjs";

/* At half past midnight in Berlin, UTC is still on the day before; so it is all morning in Auckland. */
process.env.TZ = "Europe/Berlin";
const { days } = load(["days"]);
const at = (day, time = "00:30") => new Date(`${day}T${time}`);

test("a day is that of the reader's time zone, not of UTC", () => {
  for (const time of ["00:30", "12:00", "23:59"]) assert.equal(days.today(at("2026-11-30", time)), "2026-11-30");
});

test("the days on which clocks are changed are as long as any other", () => {
  assert.equal(days.workday(2, [], at("2026-10-24", "23:30")), "2026-10-26");
  assert.equal(days.workday(2, [], at("2027-03-27", "00:30")), "2027-03-29");
  assert.equal(days.workday(1, [], at("2026-10-25")), "2026-10-26");
});

test("a working day is no Saturday, no Sunday and no holiday", () => {
  assert.equal(days.workday(1, [], at("2026-12-03")), "2026-12-04");
  assert.equal(days.workday(1, [], at("2026-12-04")), "2026-12-07");
  assert.equal(days.workday(1, ["2026-12-25"], at("2026-12-24")), "2026-12-28");
  assert.equal(days.workday(7, ["2027-03-26", "2027-03-29"], at("2027-03-19", "23:59")), "2027-03-30");
});
