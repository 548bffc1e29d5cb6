/* Searches as a page does, but without a page: `node search.mjs DATA LANGUAGE COUNT`, queries as JSON come in, what is
 * found goes out. DATA is the script that a build writes. */
import { readFileSync } from "node:fs";
import { createContext, runInContext } from "node:vm";
import { performance } from "node:perf_hooks";

const [, , data, language, count] = process.argv;
const SCRIPTS = new URL("../../overrides/assets/javascripts/", import.meta.url);
const room = createContext({});
const run = (text, filename) => runInContext(text, room, { filename });
for (const name of [`stemmer-${language}`, "search-words", "search-engine"]) {
  run(readFileSync(new URL(`${name}.js`, SCRIPTS), "utf-8"), name);
}
run(readFileSync(data, "utf-8"), data);
const { searchEngine, searchData, searchWords, stem } = room.stufenweise;
const began = performance.now();
const engine = searchEngine(searchData, stem);
const ready = performance.now() - began;
const { queries, words = [] } = JSON.parse(readFileSync(0, "utf-8"));
const known = new Set(searchData.index.map(([term]) => term));
const spoken = { stem, links: searchData.links, never: new Set([...searchData.stop, ...searchData.endings]) };
const stemsOf = (word) => [...new Set([word, ...searchWords.parts(word, known, spoken)].map(stem))];

let slowest = 0;
const answers = queries.map((query) => {
  const start = performance.now();
  const { pages, total, without } = engine.find(query, Number(count));
  slowest = Math.max(slowest, performance.now() - start);
  return {
    query,
    total,
    without,
    near: total ? [] : engine.near(query),
    pages: pages.map((page) => ({
      address: page.address,
      title: page.title,
      without: page.without,
      sections: page.sections(),
      marked: page
        .marked(page.title)
        .filter(([, is]) => is)
        .map(([piece]) => piece)
    }))
  };
});
const stems = words.map((word) => searchWords.folded(word).map(stemsOf));
process.stdout.write(JSON.stringify({ found: answers, stems, ready, slowest }));
