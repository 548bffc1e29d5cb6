/* Changes the screens of the session view by keys and swipes, by clicking its own buttons.
 *
 * Reads: [data-turns] with button[data-turn="back"] and button[data-turn="next"] in it.
 * Page up and page down change the screen only if there is nothing left to scroll.
 */
(() => {
  const { all } = stufenweise.dom;
  /* Shortest swipe in CSS pixels: a shorter one is a tap with a shaky finger. */
  const FAR = 60;
  const KEYS = { ArrowLeft: "back", PageUp: "back", ArrowRight: "next", PageDown: "next" };

  const [reading] = all("[data-turns]");

  const turn = (way) => {
    const button = reading.querySelector(`[data-turn="${way}"]`);
    if (!button.hidden) button.click();
  };
  const scrolls = (key) => {
    const rest = reading.scrollHeight - reading.clientHeight - reading.scrollTop;
    return key === "PageUp" ? reading.scrollTop > 1 : key === "PageDown" && rest > 1;
  };
  const busy = (node) =>
    node.closest("select, textarea, input:not([type=checkbox]), dialog") !== reading ||
    (node !== reading && node.scrollWidth > node.clientWidth && node.tabIndex === 0 && !node.matches("button, a"));

  reading.addEventListener("keydown", (event) => {
    // The theme has its own keys, which would open another page.
    event.stopPropagation();
    const way = KEYS[event.key];
    const held = event.altKey || event.ctrlKey || event.metaKey || event.shiftKey;
    if (!way || held || busy(event.target) || scrolls(event.key)) return;
    event.preventDefault();
    turn(way);
  });

  let from;
  reading.addEventListener("pointerdown", (event) => {
    const touched = event.pointerType === "touch" && event.isPrimary && !busy(event.target);
    from = touched && !event.target.closest(".md-typeset__scrollwrap") ? event : undefined;
  });
  reading.addEventListener("pointercancel", () => (from = undefined));
  reading.addEventListener("pointerup", (event) => {
    if (!from || !event.isPrimary) return;
    const x = event.clientX - from.clientX;
    const across = Math.abs(x) > FAR && Math.abs(x) > 2 * Math.abs(event.clientY - from.clientY);
    from = undefined;
    if (across && getSelection().isCollapsed) turn(x < 0 ? "next" : "back");
  });
})();
