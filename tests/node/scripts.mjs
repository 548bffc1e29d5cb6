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

// The store

/* The address of a script, from which the store tells the site. */
export const SCRIPT = "https://example.org/rm/de/assets/javascripts/tutorial.0123abcd.js";

/* A browser's storage: its keys are its own properties. */
export const storage = (kept = {}, fails = () => "") => {
  const attempt = (name) => {
    const fault = fails(name);
    if (fault) throw Object.assign(new Error(), { name: fault });
  };
  const methods = {
    getItem(key) {
      attempt("get");
      return Object.hasOwn(kept, key) ? kept[key] : null;
    },
    setItem(key, value) {
      attempt("set");
      kept[key] = value;
    },
    removeItem(key) {
      attempt("remove");
      delete kept[key];
    }
  };
  return new Proxy(kept, { get: (target, name) => methods[name] ?? target[name] });
};
const STORE = ["kept-shapes", "kept-entries", "kept-records", "kept-store"];
/* A page of the site: its store; changed() tells it that another tab has stored something. */
export const openStore = (local = storage(), session = storage(), script = SCRIPT, dataset = {}, others = {}) => {
  const heard = {};
  const { store } = load(STORE, {
    stufenweise: others,
    URL,
    localStorage: local,
    sessionStorage: session,
    navigator: {},
    addEventListener: (name, listener) => {
      heard[name] = listener;
    },
    document: { currentScript: { src: script, dataset } }
  });
  return { store, changed: () => heard.storage() };
};
