/* Loads scripts of the site into a room of their own, as pages do, but without a page. */
import { readFileSync } from "node:fs";
import { createContext, runInContext } from "node:vm";

const FOLDER = new URL("../../overrides/assets/javascripts/", import.meta.url);

/* Runs scripts in their order and returns the object `stufenweise` that they share; `globals` is what a browser has. */
export const load = (names, globals = {}) => {
  const room = createContext({ URLSearchParams, TextEncoder, ...globals });
  for (const name of names) runInContext(readFileSync(new URL(`${name}.js`, FOLDER), "utf-8"), room, { filename: `${name}.js` });
  return room.stufenweise;
};

/* Values of another room have other prototypes; as JSON they can be compared. */
export const plain = (value) => JSON.parse(JSON.stringify(value));

/* Cases of hours.yml and plans.yml; tests/node/test_scripts.py hands them over as JSON, for Node reads no YAML. */
export const cases = () => JSON.parse(readFileSync(process.env.STUFENWEISE_CASES, "utf-8"));
