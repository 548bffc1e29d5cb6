/* Finds minified scripts that differ from their sources: reads [[name, source, published], ...] from the JSON file named
 * by its argument, and prints the names of those whose syntax trees differ. Comments and positions don't count, nor
 * whether constants that follow each other are one declaration. */
import { readFileSync } from "node:fs";
import prettier from "prettier";

const PLACES = new Set(["start", "end", "range", "loc", "comments", "__contentEnd"]);

/* Lists each variable of a declaration as a declaration of its own. */
const apart = (nodes) =>
  nodes.flatMap((node) =>
    node?.type === "VariableDeclaration"
      ? node.declarations.map((declaration) => ({ ...node, declarations: [declaration] }))
      : [node]
  );

const compared = (key, value) => {
  if (PLACES.has(key)) return undefined;
  if (typeof value === "bigint") return `${value}n`;
  return Array.isArray(value) ? apart(value) : value;
};

const meaning = async (text) => {
  const { ast } = await prettier.__debug.parse(text, { parser: "acorn" });
  return JSON.stringify(ast, compared);
};

const different = [];
for (const [name, source, published] of JSON.parse(readFileSync(process.argv[2], "utf-8"))) {
  const same = await meaning(published).then(
    async (meant) => meant === (await meaning(source)),
    () => false
  );
  if (!same) different.push(name);
}
console.log(JSON.stringify(different));
