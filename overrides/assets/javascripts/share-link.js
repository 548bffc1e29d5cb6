/* Shows a link and its QR code, to open a step or the pair's data on another device.
 *
 * Reads: dialog.session-share with its title, [data-code-place], [data-code-link], [data-code-text].
 * Contract: stufenweise.shareLink({ title, text, code }, ...links)   shows the dialog with these texts; the code is
 *   made of the first link that is short enough
 */
(() => {
  const {
    dom: { all, ask, finder, write },
    showCode
  } = stufenweise;
  const [dialog] = all(".session-share");
  // A file:// address does not work on another device.
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
