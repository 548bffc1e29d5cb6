import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "./scripts.mjs";

process.env.TZ = "Europe/Berlin";
const { calendar } = load(["calendar"]);
const MADE = new Date("2026-11-24T09:30:15.250Z");
const entry = { uid: "a@stufenweise", day: "2026-12-01", summary: "Talk" };
const lines = (...events) => calendar(events, MADE).split("\r\n");

test("an event without a time lasts its whole day", () => {
  const written = lines(entry);
  assert.ok(written.includes("DTSTART;VALUE=DATE:20261201"));
  assert.ok(written.includes("DTEND;VALUE=DATE:20261202"));
  assert.ok(written.includes("DTSTAMP:20261124T093015Z"));
});

test("an event with a time is written in universal time, winter and summer, and may end after midnight", () => {
  for (const [day, begin, end] of [
    ["2026-12-01", "20261201T223000Z", "20261201T233000Z"],
    ["2026-07-01", "20260701T213000Z", "20260701T223000Z"]
  ]) {
    const written = lines({ ...entry, day, at: "23:30", minutes: 60 });
    assert.ok(written.includes(`DTSTART:${begin}`) && written.includes(`DTEND:${end}`), `${written}`);
  }
});

test("an event that moves keeps its uid and counts up; it says where it is", () => {
  const written = lines({ ...entry, sequence: 3, location: "Raum 2, https://call.example.org/a;b" });
  assert.ok(written.includes("UID:a@stufenweise") && written.includes("SEQUENCE:3"));
  assert.ok(written.includes("LOCATION:Raum 2\\, https://call.example.org/a\\;b"));
});

test("signs that mean something are escaped (RFC 5545, 3.3.11)", () => {
  const written = lines({ ...entry, summary: "a, b; c\\d", description: "one\ntwo\r\nthree" });
  assert.ok(written.includes("SUMMARY:a\\, b\\; c\\\\d"));
  assert.ok(written.includes("DESCRIPTION:one\\ntwo\\nthree"));
});

test("lines have 75 bytes at most, and no sign is torn (RFC 5545, 3.1)", () => {
  const summary = "Größenwahn 🎉 ".repeat(20);
  const text = calendar([{ ...entry, summary }], MADE);
  for (const line of text.split("\r\n")) assert.ok(new TextEncoder().encode(line).length <= 75, line);
  assert.ok(text.replaceAll("\r\n ", "").includes(`SUMMARY:${summary}`));
});

test("only an event with an alarm has one", () => {
  assert.ok(!lines(entry).includes("BEGIN:VALARM"));
  const written = lines({ ...entry, alarm: "P1D" });
  assert.deepEqual(written.slice(written.indexOf("BEGIN:VALARM"), written.indexOf("END:VALARM") + 1), [
    "BEGIN:VALARM",
    "ACTION:DISPLAY",
    "DESCRIPTION:Talk",
    "TRIGGER:-P1D",
    "END:VALARM"
  ]);
});

test("a file holds all events, and every line ends as it must", () => {
  const text = calendar([entry, { ...entry, uid: "b" }], MADE);
  assert.equal(text.match(/BEGIN:VEVENT/g).length, 2);
  assert.ok(text.startsWith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"));
  assert.ok(text.endsWith("END:VCALENDAR\r\n"));
  assert.ok(!/(?<!\r)\n/.test(text));
});
