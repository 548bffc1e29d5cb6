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
 *   shown(day, style)          a day such as "2026-11-23" as people write it: as meta[name=dates] says
 *   ask(dialog)                shows a dialog; promises the value of the button that closes it, nothing for the Escape key
 *   load(...sources)           loads style sheets, then scripts in their order; promises that these have run
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

  const shown = (day, style) => new Date(`${day}T12:00`).toLocaleDateString(document.querySelector("meta[name=dates]").content, style);

  const ask = (dialog) =>
    new Promise((resolve) => {
      dialog.returnValue = "";
      dialog.onclick = ({ target }) => target.matches("button") && dialog.close(target.value);
      dialog.onclose = () => resolve(dialog.returnValue);
      dialog.showModal();
    });

  const isStyle = (source) => source.endsWith(".css");
  const add = (source) =>
    new Promise((onload, onerror) => {
      const [tag, fields] = isStyle(source) ? ["link", { rel: "stylesheet", href: source }] : ["script", { src: source, async: false }];
      document.head.append(Object.assign(make(tag), { ...fields, onload, onerror }));
    });

  const load = async (...sources) => {
    await Promise.all(sources.filter(isStyle).map(add));
    await Promise.all(sources.filter((source) => !isStyle(source)).map(add));
  };

  const dom = Object.freeze({ all, make, fill, write, onAction, shown, ask, load });
  globalThis.stufenweise = Object.freeze({ ...globalThis.stufenweise, dom });
})();
