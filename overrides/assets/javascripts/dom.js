/* What several scripts do with the page: find, make, fill in words, write what has changed, hear buttons.
 *
 * Reads: data-do, the action that a button stands for.
 * Contract: stufenweise.dom
 *   all(selector, within)      the elements that match, as a list
 *   make(tag, ...inside)       a new element with texts and elements in it
 *   fill(text, values)         a text with each "{name}" replaced by the value of that name
 *   write(node, text, values)  puts such a text into an element, but only if it differs: what stays the same is not
 *                              read aloud again; returns the element
 *   onAction(node, actions)    calls, by the data-do of what is clicked within, the function of that name
 */
(() => {
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];

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

  const onAction = (node, actions) => node.addEventListener("click", ({ target }) => actions[target.dataset.do]?.(target));

  const dom = Object.freeze({ all, make, fill, write, onAction });
  globalThis.stufenweise = Object.freeze({ ...globalThis.stufenweise, dom });
})();
