/* What several scripts do with the page: find, make, fill in words, write what has changed, hear buttons.
 *
 * Reads: data-do, the action that a button stands for.
 * Contract: stufenweise.dom
 *   all(selector, node)        the elements that match, in a node or on the page, as a list
 *   finder(node)               what finds the first element that matches a selector, in a node or on the page
 *   make(tag, ...inside)       a new element with texts and elements in it
 *   fill(text, values)         a text with each "{name}" replaced by the value of that name
 *   write(node, text, values)  puts such a text into an element, but only if it differs: what stays the same is not
 *                              read aloud again; returns the element
 *   onAction(node, actions)    calls, by the data-do of what is clicked within, the function of that name; "print" prints
 *   ask(dialog)                shows a dialog; promises the value of the button that closes it, nothing for the Escape key
 *   load(sources, said)        loads style sheets, then the scripts behind them in their order, once; promises whether these have
 *                              run; sources: their addresses in one text. When one does not come, `said` says its data-failed,
 *                              and the next call tries again
 */
(() => {
  const all = (selector, node = document) => [...node.querySelectorAll(selector)];

  const finder = (node = document) => (selector) => node.querySelector(selector);

  const make = (tag, ...inside) => {
    const node = document.createElement(tag);
    node.append(...inside);
    return node;
  };

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
    new Promise((resolve, reject) => document.head.append(Object.assign(make(tag), { ...fields, onload: resolve, onerror: reject })));

  const loads = {};
  const fetched = async (sources) => {
    const styles = sources.filter((source) => source.endsWith(".css"));
    await Promise.all(styles.map((href) => add("link", { rel: "stylesheet", href })));
    return Promise.all(sources.slice(styles.length).map((src) => add("script", { src, async: false })));
  };
  const load = async (sources, said) => {
    try {
      return Boolean(await (loads[sources] ??= fetched(sources.match(/\S+/g))));
    } catch {
      delete loads[sources];
      if (said) write(said, said.dataset.failed);
      return false;
    }
  };

  const dom = Object.freeze({ all, finder, make, fill, write, onAction, ask, load });
  globalThis.stufenweise = Object.freeze({ ...globalThis.stufenweise, dom });
})();
