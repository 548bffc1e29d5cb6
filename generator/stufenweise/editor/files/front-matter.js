/* Reads and writes the texts for the editor, so that what nobody touched keeps its bytes.
 *
 * The editor's own writer would put all keys in other quotes and drop comments. Here each text carries the lines that it
 * came from in the hidden field `source`; a key is written anew only if its value has changed.
 *
 * Contract: stufenweise.frontMatter(keys, jsyaml) returns what the editor takes as a format.
 *   keys.order       keys in the order of the reference
 *   keys.dates       keys that hold a day, which YAML must not take for a text
 *   keys.defaults    what is meant where a key is left out
 *   keys.rows        the same for the parts of a key that is a table
 *   fromFile(text)   { source, body, …keys }
 *   toFile(content)  the text
 */
(() => {
  const HEAD = /^---\n([\s\S]*?\n|)---[ \t]*(?:\n|$)/;
  const KEY = /^([A-Za-z_][\w-]*)[ \t]*:(?=\s|$)/;
  const ASIDE = /^\s*(?:#.*)?$/;
  const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
  const isEmpty = (value) =>
    value === undefined || value === null || value === "" || (Array.isArray(value) && !value.length);
  const edge = (text) => text.replace(/^\n+|\s+$/g, "");

  /* Cuts the lines of a head at its keys; comments and blank lines below a value are kept apart from it. */
  const parts = (head) => {
    const cut = [{ key: "", lines: [], aside: [] }];
    for (const line of head.split("\n").slice(0, -1)) {
      const [, key] = KEY.exec(line) ?? [];
      if (key) cut.push({ key, lines: [line], aside: [] });
      else if (ASIDE.test(line)) cut.at(-1).aside.push(line);
      else cut.at(-1).lines.push(...cut.at(-1).aside.splice(0), line);
    }
    return cut;
  };

  /* The index at which a new key belongs among the parts of a head. */
  const placeOf = (key, head, order) => {
    const before = order.slice(0, order.indexOf(key));
    const last = head.findLastIndex((part) => before.includes(part.key));
    return last < 0 ? 1 : last + 1;
  };

  /* What a row of a table leaves out is left out in the file too; `meant` are the values that need not be said. */
  const lean = (value, meant) => {
    if (!meant || !Array.isArray(value)) return value;
    const isSaid = ([part, cell]) => !isEmpty(cell) && !same(cell, meant[part]);
    return value.map((row) => Object.fromEntries(Object.entries(row).filter(isSaid)));
  };

  const frontMatter = ({ order, dates, defaults, rows }, jsyaml) => {
    const values = (head) => jsyaml.loadAll(head, { schema: jsyaml.CORE_SCHEMA })[0] ?? {};

    const lines = (key, value) => {
      if (dates.includes(key)) return [`${key}: ${value}`];
      return jsyaml
        .dump({ [key]: value }, { flowLevel: rows[key] ? 2 : 1, lineWidth: -1 })
        .trimEnd()
        .split("\n");
    };

    const isSpare = (key, value) => isEmpty(value) || same(value, defaults[key]);

    const fromFile = (text) => {
      const [whole, head] = HEAD.exec(text) ?? ["", ""];
      // What is left out is said, or the editor would put what a new text begins with in its place.
      return { ...defaults, ...values(head), source: text, body: edge(text.slice(whole.length)) };
    };

    const toFile = ({ source = "", body = "", ...content }) => {
      const [whole, head] = HEAD.exec(source) ?? ["", ""];
      const old = values(head);
      const now = parts(head);
      if (!source && !content.reviewed) content.translates = "pending";
      for (const key of [...order, "translates"]) {
        const value = lean(content[key], rows[key]);
        const part = now.find((other) => other.key === key);
        if (part && same(value, lean(old[key], rows[key]))) continue;
        if (part && isSpare(key, value)) part.lines = [];
        else if (part) part.lines = lines(key, value);
        else if (!isSpare(key, value))
          now.splice(placeOf(key, now, order), 0, { key, lines: lines(key, value), aside: [] });
      }
      const kept = now.flatMap((part) => [...part.lines, ...part.aside]);
      const text = source.slice(whole.length);
      const rest = whole && edge(body) === edge(text) ? text : `\n${edge(body)}\n`;
      const end = whole ? whole.slice("---\n".length + head.length) : "---\n";
      return `${["---", ...kept].join("\n")}\n${end}${rest}`;
    };

    return { fromFile, toFile };
  };

  globalThis.stufenweise = { ...globalThis.stufenweise, frontMatter };
})();
