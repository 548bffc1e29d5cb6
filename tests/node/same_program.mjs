/* Finds minified scripts that differ from their sources: reads [[name, source, published], ...] from the JSON file named
 * by its argument, and prints the names of those whose syntax trees differ. Comments and positions don't count. */
import { readFileSync } from "node:fs";
import prettier from "prettier";

const PLACES = new Set(["start", "end", "range", "loc", "comments", "__contentEnd"]);

const meaning = async (text) => {
  const { ast } = await prettier.__debug.parse(text, { parser: "acorn" });
  return JSON.stringify(ast, (key, value) =>
    PLACES.has(key) ? undefined : typeof value === "bigint" ? `${value}n` : value
  );
};

const different = [];
for (const [name, source, published] of JSON.parse(readFileSync(process.argv[2], "utf-8"))) {
  const same = await meaning(published).then(
    async (found) => found === (await meaning(source)),
    () => false
  );
  if (!same) different.push(name);
}
console.log(JSON.stringify(different));
