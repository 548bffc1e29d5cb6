/* Recommends as the page of the self-check does, but without a page: reads { tutorials, answers, levels, goals, asked } as
 * JSON, prints a list of recommendations. `tutorials` is the script that a build writes, `answers` has all by their ids,
 * `asked` lists ids of answers. */
import { readFileSync } from "node:fs";
import { runInContext } from "node:vm";
import { loadRoom } from "./scripts.mjs";

const { tutorials: script, answers, levels, goals, asked } = JSON.parse(readFileSync(0, "utf-8"));
const room = loadRoom(["recommend"]);
runInContext(script, room);
const { recommend, tutorials } = room.stufenweise;

/* A reason as the id of an answer, the code of a goal, or what it prepares; "" if there is none. */
const inWords = ({ answer, goal, before }) => answer?.id ?? goal ?? (before ? `before ${before}` : "");

const results = asked.map((ids) => {
  const chosen = ids.map((id) => ({ id, ...answers[id] }));
  const result = recommend(chosen, levels, tutorials, goals);
  return {
    level: result.level,
    short: result.short,
    because: inWords(result.reason),
    tutorials: Object.fromEntries(result.tutorials.map(({ slug, reason }) => [slug, inWords(reason)]))
  };
});
process.stdout.write(JSON.stringify(results));
