/* A tutorial as an item of a course in a learning platform. It is completed when the pair presses "done". The platform
 * learns nothing else: no ticks, no score, not what was read.
 *
 * Reads: [data-lms] with the buttons data-do=done and data-do=back, and [aria-live] with its sentences as data-
 *   attributes; stufenweise.platform, see scorm.js and cmi5.js. Without a platform, all stays hidden. dialog.session,
 *   the session view; if it closes before the session's end, stufenweise.store still has a "session" with this
 *   tutorial.
 */
(() => {
  const { platform, store, tutorial, dom } = globalThis.stufenweise ?? {};
  const box = document.querySelector("[data-lms]");
  if (!platform || !box) return;
  const [done, back, status] = ["[data-do=done]", "[data-do=back]", "[aria-live]"].map(dom.finder(box));
  const say = (word) => dom.write(status, status.dataset[word]);
  // aria-disabled, because a disabled button would lose the focus.
  const allow = (on) => done.setAttribute("aria-disabled", !on);
  const allowed = () => done.getAttribute("aria-disabled") === "false";

  const close = (word) => {
    done.hidden = back.hidden = true;
    say(word);
  };
  const end = () => platform.end().catch(() => {});

  allow(false);
  box.hidden = false;
  platform.begin().then(
    (state) => {
      back.hidden = !platform.back;
      done.hidden = state === "watching";
      allow(state === "open");
      say(state);
    },
    ({ message }) => close(message === "104" ? "ended" : "silent")
  );

  done.onclick = async () => {
    if (!allowed()) return;
    allow(false);
    const heard = await platform.done().catch(() => false);
    allow(!heard);
    say(heard ? "done" : "failed");
  };

  back.onclick = async () => {
    const place = platform.back;
    await end();
    location.assign(place);
  };

  // After a finished session, focus "done". A session in the store that has this tutorial is paused and not finished.
  const paused = () => store.list("session").some(({ works }) => works.some(({ slug }) => slug === tutorial.slug));
  document
    .querySelector("dialog.session")
    .addEventListener("close", () => setTimeout(() => allowed() && !paused() && done.focus()));

  // Open links in a new tab: leaving this page would end the session too early.
  const apart = ({ target }) => {
    const link = target.closest?.("a[href]");
    const address = link?.getAttribute("href") ?? "#";
    if (address.startsWith("#") || !/^https?:$/.test(new URL(address, location.href).protocol)) return;
    link.setAttribute("target", "_blank");
    link.relList?.add("noopener");
  };
  addEventListener("click", apart, true);

  addEventListener("pagehide", end);
  // Restored by the browser's back button: the platform's session is closed and takes no more messages.
  addEventListener("pageshow", ({ persisted }) => persisted && close("ended"));
})();
