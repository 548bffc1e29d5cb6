/* Hands the reader a file that a page has made, as the browser's own "save as".
 *
 * Contract: stufenweise.saveFile(name, text, type)
 */
(() => {
  const LONG = 60_000;

  const saveFile = (name, text, type) => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), LONG);
  };

  globalThis.stufenweise = Object.freeze({ ...globalThis.stufenweise, saveFile });
})();
