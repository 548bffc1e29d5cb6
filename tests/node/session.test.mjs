import assert from "node:assert/strict";
import { test } from "node:test";
import { cases, load, plain } from "./scripts.mjs";

const MINUTE = 60_000;
const TEN = new Date(2026, 10, 24, 10, 0).getTime();
const { sessionState, sessionClock } = load(["hour", "session-state", "session-clock"]);
const { frames } = cases();
const words = { checkin: "Arrive", why: "Why", own: "Talk about it", check: "Check", next: "Next", agree: "Agree" };
const step = (id, part, minutes) => ({ id, part, minutes, title: id.toUpperCase() });
const short = { slug: "find", title: "Find", meeting: 0, steps: [step("a", 1, 10), step("b", 1, 15)] };
const long = { slug: "talk", title: "Talk", meeting: 1, steps: [step("a", 1, 20), step("b", 2, 25)] };
const change = (state, field, tutorial = short) => sessionState.changePlan(state, field, TEN, tutorial, frames);
const begun = (tutorial) => plain(sessionState.begin(tutorial, TEN));
const laid = (state, tutorial) => ({
  state,
  ...plain(sessionState.screens(state, tutorial, frames[state.length], words))
});

test("a session begins at the next full five minutes", () => {
  assert.equal(sessionState.begin(short, TEN).start, TEN);
  assert.equal(sessionState.begin(short, TEN + 1).start, TEN + 5 * MINUTE);
});

test("a tutorial of two parts begins with the meeting that is next, others have none", () => {
  const steps = (tutorial) =>
    laid(begun(tutorial), tutorial)
      .rows.filter((row) => row.step)
      .map(({ name }) => name);
  assert.deepEqual(steps(short), ["A", "B"]);
  assert.deepEqual(steps(long), ["A"]);
  assert.deepEqual(steps({ ...long, meeting: 2 }), ["B"]);
  const state = begun(long);
  laid(state, long);
  assert.equal(state.works[0].part, 1);
  change(state, { name: "meeting", value: "2", dataset: {} }, long);
  assert.equal(state.works[0].part, 2);
});

test("each screen has a key of its own and a name", () => {
  const { rows, index } = laid(begun(short), short);
  assert.deepEqual(
    rows.map(({ key }) => key),
    ["find/checkin", "find/why", "find/doing/a", "find/doing/b", "find/own", "find/check", "find/next"]
  );
  assert.deepEqual(
    rows.map(({ name }) => name),
    ["Arrive", "Why", "A", "B", "Talk about it", "Check", "Agree"]
  );
  assert.equal(index, -1);
});

test("a session is found again where it is, on the page of another tutorial too", () => {
  const state = begun(short);
  state.works.push({ slug: "talk", title: "Talk", minutes: 20 });
  state.at = "find/doing/b";
  assert.equal(laid(state, short).index, 3);
  const other = laid(state, long);
  assert.equal(other.own, 1);
  assert.equal(other.rows[other.index].key, "find/doing");
});

test("a step that is left out has no minutes and is passed over", () => {
  const state = begun(short);
  change(state, { dataset: { step: "a" }, checked: false });
  const { rows } = laid(state, short);
  assert.equal(rows[2].minutes, 0);
  assert.equal(sessionState.nextIndex(rows, 1, 1), 3);
  assert.equal(sessionState.nextIndex(rows, 3, -1), 1);
  assert.equal(state.works[0].minutes, 15);
  change(state, { dataset: { step: "a" }, checked: true });
  assert.deepEqual(plain(state.out), []);
});

test("fields of the plan change it", () => {
  const state = begun(short);
  change(state, { name: "start", value: "14:30", dataset: {} });
  assert.equal(new Date(state.start).getHours() * 60 + new Date(state.start).getMinutes(), 14 * 60 + 30);
  change(state, { name: "start", value: "", dataset: {} });
  assert.equal(new Date(state.start).getHours(), 14);
  change(state, { name: "length", value: "90", dataset: {} });
  assert.equal(state.length, 90);
  const follow = { follow: "talk", title: "Talk", minutes: "45" };
  change(state, { checked: true, dataset: follow });
  assert.deepEqual(plain(state.works[1]), { slug: "talk", title: "Talk", minutes: 45 });
  change(state, { checked: false, dataset: follow });
  assert.equal(state.works.length, 1);
});

test("half an hour takes the short way, and a longer session all steps again", () => {
  const tutorial = {
    ...short,
    steps: [
      { ...step("a", 1, 10), short: 4 },
      { ...step("b", 1, 15), short: 0 },
      { ...step("c", 1, 8), short: 8 }
    ]
  };
  const state = begun(tutorial);
  change(state, { name: "length", value: "30", dataset: {} }, tutorial);
  const doing = () =>
    laid(state, tutorial)
      .rows.filter((row) => row.step)
      .map(({ minutes }) => minutes);
  assert.deepEqual(doing(), [4, 0, 8]);
  change(state, { dataset: { step: "b" }, checked: true }, tutorial);
  assert.deepEqual(doing(), [4, 15, 8]);
  change(state, { name: "length", value: "45", dataset: {} }, tutorial);
  assert.deepEqual(doing(), [10, 15, 8]);
});

test("a tutorial without a short way stays whole in half an hour, and does not fit", () => {
  const state = begun(short);
  change(state, { name: "length", value: "30", dataset: {} });
  const { rows } = laid(state, short);
  assert.deepEqual(
    rows.filter((row) => row.step).map(({ minutes }) => minutes),
    [10, 15]
  );
  const end = sessionClock.begins({ state, rows, index: -1 }, TEN).at(-1);
  assert.ok(sessionClock.buffer(state, end) < 0);
});

test("time runs while a screen is open, and rests in a pause", () => {
  const state = begun(short);
  state.at = "find/checkin";
  const session = { ...laid(state, short), since: TEN };
  assert.equal(sessionClock.left(session, TEN + 2 * MINUTE), session.rows[0].minutes - 2);
  sessionClock.count(session, TEN + 2 * MINUTE, false);
  assert.equal(session.since, undefined);
  assert.equal(sessionClock.left(session, TEN + 60 * MINUTE), session.rows[0].minutes - 2);
  sessionClock.count(session, TEN + 60 * MINUTE, true);
  assert.equal(sessionClock.left(session, TEN + 70 * MINUTE), session.rows[0].minutes - 12);
  assert.equal(state.spent["find/checkin"], 2 * MINUTE);
});

test("five minutes more move what follows", () => {
  const state = begun(short);
  const before = sessionClock.begins(laid(state, short), TEN).at(-1);
  state.extra["find/own"] = 5;
  assert.equal(sessionClock.begins(laid(state, short), TEN).at(-1), before + 5 * MINUTE);
});

test("what is over has no time any more, what is late has a buffer below 0", () => {
  const state = begun(short);
  state.at = "find/why";
  const session = laid(state, short);
  const times = plain(sessionClock.begins(session, TEN + 20 * MINUTE));
  assert.deepEqual(times.slice(0, 2), [0, TEN + 20 * MINUTE]);
  assert.ok(sessionClock.buffer(state, times.at(-1)) < 0);
  assert.equal(sessionClock.buffer(state, TEN + 55 * MINUTE), 5);
  assert.equal(sessionClock.clock(TEN), "10:00");
  assert.equal(sessionClock.clock(0), "✓");
});

test("what goes on another day has a fresh clock and the time of what is left", () => {
  const state = begun(short);
  state.at = "find/doing/b";
  state.spent = { "find/checkin": 40 * MINUTE };
  state.extra = { "find/doing/b": 5 };
  assert.equal(sessionState.isOverdue(state, TEN + 119 * MINUTE), false);
  const later = TEN + 24 * 60 * MINUTE;
  assert.equal(sessionState.isOverdue(state, later), true);
  sessionState.resume(state, later + 1);
  const session = laid(state, short);
  const times = plain(sessionClock.begins(session, later + 1));
  assert.deepEqual(
    session.rows.map(({ mark }) => mark),
    ["done", "done", "done", "now", "open", "open", "open"]
  );
  assert.deepEqual(times.slice(0, 4), [0, 0, 0, later + 5 * MINUTE]);
  assert.equal(sessionClock.buffer(state, times.at(-1)), 60 - 15 - 10 - 3 - 7);
  assert.equal(sessionState.isOverdue(state, later + 1), false);
});

test("each screen is marked as done, now, to come or left out", () => {
  const state = begun(short);
  change(state, { dataset: { step: "a" }, checked: false });
  Object.assign(state, { at: "find/doing/b", spent: { "find/checkin": 1, "find/own": 1 } });
  assert.deepEqual(
    laid(state, short).rows.map(({ mark }) => mark),
    ["done", "open", "out", "now", "done", "open", "open"]
  );
});

test("several sessions are kept, one a tutorial, the newest first", () => {
  const at = (slug, ...more) => ({ works: [slug, ...more].map((name) => ({ slug: name })), at: `${slug}/why` });
  let list = [at("a", "b")];
  list = plain(sessionState.add(list, at("c")));
  list = plain(sessionState.add(list, { ...at("a"), at: "a/own" }));
  assert.deepEqual(
    list.map((session) => session.at),
    ["a/own", "c/why"]
  );
  assert.deepEqual(
    plain(sessionState.remove(list, at("a"))).map((session) => session.at),
    ["c/why"]
  );
  for (const slug of "defghij") list = plain(sessionState.add(list, at(slug)));
  assert.deepEqual(
    list.map((session) => session.works[0].slug),
    ["j", "i", "h", "g", "f", "e"]
  );
});

test("a page goes on with the session that is there, and leaves others alone", () => {
  const both = { works: [{ slug: "a" }, { slug: "b" }], at: "b/why" };
  const list = [{ works: [{ slug: "c" }], at: "c/own" }, both];
  assert.equal(sessionState.find(list, "b"), both);
  assert.equal(sessionState.find(list, "a"), both, "its first tutorial leads to it");
  assert.equal(
    sessionState.find([{ ...both, at: "a/own" }], "b"),
    undefined,
    "what only follows can be begun for itself"
  );
  assert.ok(sessionState.find([{ ...both, at: "a/own" }], "b", true), "but an address of a step leads into it");
});
