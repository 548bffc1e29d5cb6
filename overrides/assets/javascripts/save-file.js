/* Saves a text as a file, through the browser's own download.
 *
 * Contract: stufenweise.saveFile(name, text, type)   type is the MIME type
 */
(() => {
  /* Milliseconds before the address is freed: the browser may still be reading it. */
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
