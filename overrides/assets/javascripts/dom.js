/* Helpers for the page: find and make elements, fill texts, handle buttons, load scripts.
 *
 * Reads: data-do, the name of a button's action.
 * Contract: stufenweise.dom
 *   all(selector, node)        the matching elements in node, or on the page, as an array
 *   finder(node)               returns a function: selector -> first matching element in node, or on the page
 *   make(tag, ...inside)       a new element that holds these texts and elements
 *   makeButton(text, fields)  a new button with these properties
 *   fill(text, values)         replaces each "{name}" in the text by values[name]
 *   write(node, text, values)  fills the text and puts it into node, but only if it differs: screen readers announce a
 *                              text again even if it is the same. Returns node
 *   onAction(node, actions)    on a click inside node, calls actions[data-do] of the clicked element; "print" prints
 *   ask(dialog)                shows a dialog; resolves to the value of the pressed button, or "" for Escape
 *   load(sources, said)        loads style sheets, then scripts in order, once; resolves to whether it worked. sources:
 *                              addresses in one text, style sheets first. On failure, `said` shows its data-failed, and
 *                              the next call tries again
 */
(() => {
  const all = (selector, node = document) => [...node.querySelectorAll(selector)];

  const finder =
    (node = document) =>
    (selector) =>
      node.querySelector(selector);

  const make = (tag, ...inside) => {
    const node = document.createElement(tag);
    node.append(...inside);
    return node;
  };

  const makeButton = (text, fields) => Object.assign(make("button", text), { type: "button", ...fields });

  const fill = (text, values) => text.replace(/{(\w+)}/g, (_, name) => values[name]);

  const write = (node, text = "", values = {}) => {
    const filled = fill(text, values);
    if (node.textContent !== filled) node.textContent = filled;
    return node;
  };

  const onAction = (node, actions) =>
    node.addEventListener("click", ({ target }) => ({ print: () => print(), ...actions })[target.dataset.do]?.(target));

  const ask = (dialog) =>
    new Promise((resolve) => {
      dialog.returnValue = "";
      dialog.onclick = ({ target }) => target.matches("button") && dialog.close(target.value);
      dialog.onclose = () => resolve(dialog.returnValue);
      dialog.showModal();
    });

  const add = (tag, fields) =>
    new Promise((resolve, reject) =>
      document.head.append(Object.assign(make(tag), { ...fields, onload: resolve, onerror: reject }))
    );

  const loads = {};
  const fetched = async (sources) => {
    const styles = sources.filter((source) => source.endsWith(".css"));
    await Promise.all(styles.map((href) => add("link", { rel: "stylesheet", href })));
    return Promise.all(sources.slice(styles.length).map((src) => add("script", { src, async: false })));
  };
  const load = async (sources, said) => {
    try {
      loads[sources] ??= fetched(sources.match(/\S+/g));
      return Boolean(await loads[sources]);
    } catch {
      delete loads[sources];
      if (said) write(said, said.dataset.failed);
      return false;
    }
  };

  const dom = Object.freeze({ all, finder, make, makeButton, fill, write, onAction, ask, load });
  globalThis.stufenweise = Object.freeze({ ...globalThis.stufenweise, dom });
})();
