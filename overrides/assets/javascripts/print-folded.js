/* Opens what is folded while the page is printed, where the style alone can't (print.css). The mentor's part stays as it
 * is: folded, it is not printed.
 *
 * Reads: details in the text.
 */
(() => {
  let opened = [];
  const turn = (open) => opened.forEach((one) => Object.assign(one, { open }));

  addEventListener("beforeprint", () => {
    opened = globalThis.stufenweise.dom.all("article details:not([open], .mentor)");
    turn(true);
  });
  addEventListener("afterprint", () => turn(false));
})();
