import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { cases, EDITOR, loadRoom, plain } from "./scripts.mjs";

const { stufenweise, jsyaml } = loadRoom(["js-yaml", "front-matter"], {}, EDITOR);
const { headKeys } = cases();
const format = (kind) => stufenweise.frontMatter(headKeys[`${kind}-frontmatter`], jsyaml);
const CONTENT = new URL("../../content/", import.meta.url);
const KINDS = {
  tutorials: "tutorial",
  levels: "level",
  programmes: "programme",
  guides: "guide",
  kit: "kit",
  forms: "form"
};
const BODY = "## Worum es geht {#why}\n\nText";

for (const [folder, kind] of Object.entries(KINDS)) {
  test(`every text keeps its bytes, and a changed title changes one line: ${folder}`, () => {
    const { fromFile, toFile } = format(kind);
    for (const name of readdirSync(new URL(folder, CONTENT)).filter((name) => name.endsWith(".md"))) {
      const text = readFileSync(new URL(`${folder}/${name}`, CONTENT), "utf-8");
      const read = fromFile(text);
      assert.equal(toFile(read), text, name);
      const title = /^title: .*$/m;
      assert.equal(toFile({ ...read, title: "Größe: #1" }), text.replace(title, "title: 'Größe: #1'"), name);
    }
  });
}

test("a new text has its keys in the order of the house, and none that says what is meant anyway", () => {
  const said = {
    reviewed: "2026-11-30",
    draft: true,
    order: 50,
    short_way: true,
    requires: [],
    search: ["a, b", "yes"]
  };
  assert.equal(
    format("tutorial").toFile({
      ...said,
      goals: ["S1", "O4"],
      level: 2,
      title: "1:30",
      summary: "„Ä“",
      body: `\n${BODY}\n\n`
    }),
    `---\ntitle: '1:30'\nsummary: „Ä“\nsearch: ['a, b', 'yes']\nlevel: 2\ngoals: [S1, O4]\ndraft: true\nreviewed: 2026-11-30\n---\n\n${BODY}\n`
  );
});

test("a new translation says that it is in work", () => {
  assert.equal(
    format("tutorial").toFile({ title: "A", body: BODY }),
    `---\ntitle: A\ntranslates: pending\n---\n\n${BODY}\n`
  );
});

test("comments, odd quotes and keys that the editor does not know stay where they are", () => {
  const { fromFile, toFile } = format("tutorial");
  const text = `---\n# first\ntitle:   "A"\nown: {x: 1} # odd\nsummary: >-\n  two\n  lines\n\n# last\ndraft: true\n---  \n\n\n${BODY}  \n\n`;
  assert.equal(toFile(fromFile(text)), text);
  const changed = toFile({ ...fromFile(text), summary: "one", draft: false, level: 3 });
  assert.equal(
    changed,
    `---\n# first\ntitle:   "A"\nown: {x: 1} # odd\nsummary: one\n\n# last\nlevel: 3\n---  \n\n\n${BODY}  \n\n`
  );
});

test("a changed body takes the place of the old one, and the head stays", () => {
  const { fromFile, toFile } = format("guide");
  const text = `---\ntitle: 'A'\n---\n\n${BODY}\n`;
  assert.equal(toFile({ ...fromFile(text), body: `${BODY}!\n\n` }), `---\ntitle: 'A'\n---\n\n${BODY}!\n`);
});

test("the rows of a plan say only what differs from what is meant anyway", () => {
  const { fromFile, toFile } = format("programme");
  const text = "---\ntitle: A\nplan:\n- {kind: agreement}\n- tutorials: [a]\n---\n\nText\n";
  const read = plain(fromFile(text));
  const rows = [
    { kind: "agreement", tutorials: [] },
    { kind: "tutorials", tutorials: ["a"] }
  ];
  assert.equal(toFile({ ...read, plan: rows }), text);
  const changed = toFile({ ...read, plan: [...rows, { kind: "close", tutorials: ["b", "c"] }] });
  assert.match(
    changed,
    /\nplan:\n {2}- \{kind: agreement\}\n {2}- \{tutorials: \[a\]\}\n {2}- \{kind: close, tutorials: \[b, c\]\}\n---\n/
  );
});

test("a head with comments alone, and a text without a head, are read", () => {
  const { fromFile, toFile } = format("guide");
  for (const text of ["---\n# none\n---\n\nText\n"]) assert.equal(toFile(fromFile(text)), text);
  assert.equal(fromFile("Text\n").body, "Text");
});
