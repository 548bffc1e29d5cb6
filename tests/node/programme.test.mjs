import assert from "node:assert/strict";
import { test } from "node:test";
import { load, plain } from "./scripts.mjs";

const { programme } = load(["programme"]);
const ids = () => {
  let n = 0;
  return () => {
    n += 1;
    return `id${n}`;
  };
};
const planned = (day, ...slugs) => ({
  kind: "tutorials",
  works: slugs.map((slug) => ({ slug, part: 0 })),
  day,
  at: "10:00",
  minutes: 60
});
const told = (sessions) =>
  plain(programme.line(sessions)).map(({ id, works, day, done }) => [id, works, day, done].filter(Boolean).join(" "));

test("a plan becomes a line, whose ids stay when it moves", () => {
  const first = plain(programme.take([planned("2026-12-01", "a"), planned("2026-12-08", "b")], {}, ids()));
  assert.deepEqual(told(first), ["id1 a 2026-12-01", "id2 b 2026-12-08"]);
  const moved = programme.take(
    [planned("2026-12-02", "b"), planned("2026-12-09", "c"), planned("2026-12-16", "a")],
    first,
    () => "new"
  );
  assert.deepEqual(told(moved), ["id2 b 2026-12-02", "new c 2026-12-09", "id1 a 2026-12-16"]);
});

test("what was held stays in front and is not planned again", () => {
  const first = plain(programme.take([planned("2026-12-01", "a"), planned("2026-12-08", "b")], {}, ids()));
  const held = plain(programme.finish(["a"], "2026-12-03", first, () => "x"));
  const again = programme.take([planned("2027-01-01", "a"), planned("2027-01-08", "b")], held, () => "new");
  assert.deepEqual(told(again), ["id1 a 2026-12-01 2026-12-03", "id2 b 2027-01-08"]);
  assert.equal(programme.next(programme.line(again)).id, "id2");
});

test("a session that no plan has is kept all the same, before what is to come", () => {
  const first = plain(programme.take([planned("2026-12-01", "a")], {}, ids()));
  assert.deepEqual(told(programme.finish(["z"], "2026-11-30", first, () => "x")), [
    "x z 2026-11-30 2026-11-30",
    "id1 a 2026-12-01"
  ]);
});

test("of two parts the first is done, and the second to come", () => {
  const first = plain(programme.take([planned("2026-12-01", "a"), planned("2026-12-08", "b")], {}, ids()));
  assert.equal(programme.part(programme.line(first), "a"), 1);
  const held = plain(programme.finish(["a/1"], "2026-12-01", first, () => "x"));
  assert.deepEqual(told(held), ["id1 a/1 2026-12-01 2026-12-01", "x a/2", "id2 b 2026-12-08"]);
  assert.equal(programme.part(programme.line(held), "a"), 2);
  const whole = plain(programme.finish(["a/2"], "2026-12-02", held, () => "y"));
  assert.deepEqual(told(whole).slice(0, 2), ["id1 a/1 2026-12-01 2026-12-01", "x a/2 2026-12-02"]);
  assert.equal(programme.part(programme.line(whole), "a"), 1, "who does it again begins with the first");
});

test("what was planned with others and was not held is still to come", () => {
  const first = plain(programme.take([planned("2026-12-01", "a", "b")], {}, ids()));
  assert.deepEqual(told(programme.finish(["a"], "2026-12-01", first, () => "x")), [
    "id1 a 2026-12-01 2026-12-01",
    "x b"
  ]);
});

test("tutorials are added once, at the end, without a day", () => {
  const first = plain(programme.take([planned("2026-12-01", "a")], {}, ids()));
  assert.deepEqual(told(programme.add(["a", "b"], first, () => "x")), ["id1 a 2026-12-01", "x b"]);
});

test("a part of a tutorial is told from the whole", () => {
  const line = programme.line(
    programme.take(
      [
        {
          ...planned("2026-12-01"),
          works: [
            { slug: "a", part: 2 },
            { slug: "b", part: 0 }
          ]
        }
      ],
      {},
      ids()
    )
  );
  assert.deepEqual(plain(line[0].pieces), [
    { slug: "a", part: 2 },
    { slug: "b", part: 0 }
  ]);
});

test("ids are of signs that are not mistaken for each other", () => {
  assert.match(programme.newId(Uint8Array.from({ length: 256 }, (_, n) => n)), /^[a-km-np-z2-9]{256}$/);
});
