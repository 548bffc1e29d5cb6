/* Loads the site's scripts into a separate context, as pages do, but without a page. */
import { readFileSync } from "node:fs";
import { createContext, runInContext } from "node:vm";

const SITE = "../../overrides/assets/javascripts/";
export const EDITOR = "../../generator/stufenweise/editor/files/";

/* Runs scripts in order and returns their global object; `globals` are those of a browser. */
export const loadRoom = (names, globals = {}, folder = SITE) => {
  const room = createContext({ URLSearchParams, TextEncoder, ...globals });
  const from = new URL(folder, import.meta.url);
  for (const name of names)
    runInContext(readFileSync(new URL(`${name}.js`, from), "utf-8"), room, { filename: `${name}.js` });
  return room;
};

/* Runs scripts of the site and returns their object `stufenweise`. */
export const load = (names, globals = {}) => loadRoom(names, globals).stufenweise;

/* Values of another context have other prototypes; as JSON they can be compared. */
export const plain = (value) => JSON.parse(JSON.stringify(value));

/* Cases of hours.yml and plans.yml, which Python tests read, too; tests/node/test_scripts.py passes them as JSON, because Node reads no YAML. */
export const cases = () => JSON.parse(readFileSync(process.env.STUFENWEISE_CASES, "utf-8"));
