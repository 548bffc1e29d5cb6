/* Shows an address as a QR code, drawn as SVG. The script that computes it is loaded when first needed.
 *
 * Reads: [data-code-script], the address of that script.
 * Contract: stufenweise.showCode(place, name, ...texts)   draws the first text that is short enough into place, as an
 *   image with this name. The element behind place shows its data-code-less if that is the second text, its
 *   data-code-large if none is short enough
 */
(() => {
  const { all, load, write } = stufenweise.dom;
  const SVG = "http://www.w3.org/2000/svg";
  /* Width of the white margin in squares (ISO/IEC 18004). */
  const QUIET = 4;
  /* Longest text in characters: with more, the squares are too small for a phone's camera to read off a screen. */
  const MOST = 1800;

  const part = (name, attributes) => {
    const node = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
    return node;
  };

  const draw = (code, name) => {
    let path = "";
    for (let y = 0; y < code.size; y += 1) {
      for (let x = 0; x < code.size; x += 1) if (code.get(x, y)) path += `M${x + QUIET} ${y + QUIET}h1v1h-1z`;
    }
    const side = code.size + 2 * QUIET;
    const image = part("svg", {
      viewBox: `0 0 ${side} ${side}`,
      role: "img",
      "aria-label": name,
      class: "code__image"
    });
    image.append(
      part("rect", { width: side, height: side, fill: "#fff" }),
      part("path", { d: path, fill: "#000", "shape-rendering": "crispEdges" })
    );
    return image;
  };

  const showCode = async (place, name, ...texts) => {
    place.replaceChildren();
    const index = texts.findIndex((text) => text.length <= MOST);
    const note = place.nextElementSibling;
    const { codeLess, codeLarge } = note.dataset;
    write(note, ["", codeLess][index] ?? codeLarge);
    note.hidden = !note.textContent;
    if (index < 0) return;
    if (await load(all("[data-code-script]")[0].dataset.codeScript))
      place.replaceChildren(draw(globalThis.leanQr.generate(texts[index]), name));
  };

  globalThis.stufenweise = Object.freeze({ ...globalThis.stufenweise, showCode });
})();
