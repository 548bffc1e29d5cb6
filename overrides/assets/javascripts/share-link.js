/* Shows a link with its QR code, to be opened on another device: of a step, or of all that the pair keeps.
 *
 * Reads: dialog.session-share with its title, [data-code-place], [data-code-link], [data-code-text].
 * Contract: stufenweise.shareLink({ title, text, code }, ...links)   the words to show; the code is of the first link that fits
 */
(() => {
  const { dom: { all, ask, finder, write }, showCode } = stufenweise;
  const [dialog] = all(".session-share");
  // An address in a folder leads nowhere on another device.
  for (const button of location.protocol === "file:" ? all("[data-do=share], [data-do=code]") : []) button.remove();
  dialog?.addEventListener("focusin", ({ target }) => target.select?.());

  const shareLink = ({ title, text, code }, ...links) => {
    const find = finder(dialog);
    write(find("h2"), title);
    write(find("[data-code-text]"), text);
    find("[data-code-link]").value = links[0];
    ask(dialog);
    showCode(find("[data-code-place]"), code, ...links);
  };

  globalThis.stufenweise = Object.freeze({ ...globalThis.stufenweise, shareLink });
})();
