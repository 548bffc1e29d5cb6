/* Shows an address as a QR code, drawn as SVG; the script that reckons it is loaded when it is wanted.
 *
 * Reads: [data-code-script], the address of that script.
 * Contract: stufenweise.showCode(text, place, name)   a promise of whether it fits; the place then holds an image of this name
 */
(() => {
  const SVG = "http://www.w3.org/2000/svg";
  const QUIET = 4;
  /* More signs make squares that a phone's camera no longer tells apart on a screen. */
  const MOST = 1800;
  let loading;

  const library = () => {
    loading ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.onload = resolve;
      script.onerror = reject;
      script.src = document.querySelector("[data-code-script]").dataset.codeScript;
      document.head.append(script);
    });
    return loading;
  };

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
    const image = part("svg", { viewBox: `0 0 ${side} ${side}`, role: "img", "aria-label": name, class: "code__image" });
    image.append(part("rect", { width: side, height: side, fill: "#fff" }), part("path", { d: path, fill: "#000", "shape-rendering": "crispEdges" }));
    return image;
  };

  const showCode = async (text, place, name) => {
    place.replaceChildren();
    if (text.length > MOST) return false;
    await library();
    place.replaceChildren(draw(globalThis.leanQr.generate(text), name));
    return true;
  };

  globalThis.stufenweise = Object.freeze({ ...globalThis.stufenweise, showCode });
})();
