/* Loads scripts of the site into a room of their own, as pages do, but without a page. */
import { readFileSync } from "node:fs";
import { createContext, runInContext } from "node:vm";

const SITE = "../../overrides/assets/javascripts/";
export const EDITOR = "../../generator/stufenweise/editor/files/";

/* Runs scripts in their order and returns what they share; `globals` is what a browser has. */
export const loadRoom = (names, globals = {}, folder = SITE) => {
  const room = createContext({ URLSearchParams, TextEncoder, ...globals });
  const from = new URL(folder, import.meta.url);
  for (const name of names) runInContext(readFileSync(new URL(`${name}.js`, from), "utf-8"), room, { filename: `${name}.js` });
  return room;
};

/* The same of the site's scripts, and of that the object `stufenweise`. */
export const load = (names, globals = {}) => loadRoom(names, globals).stufenweise;

/* Values of another room have other prototypes; as JSON they can be compared. */
export const plain = (value) => JSON.parse(JSON.stringify(value));

/* Cases of hours.yml and plans.yml; tests/node/test_scripts.py hands them over as JSON, for Node reads no YAML. */
export const cases = () => JSON.parse(readFileSync(process.env.STUFENWEISE_CASES, "utf-8"));
