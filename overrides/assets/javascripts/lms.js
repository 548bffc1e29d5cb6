/* A tutorial as an item of a course in a learning platform: it is done when the pair says so. Nothing else is told; no
 * tick, no score, nothing of what was read.
 *
 * Reads: [data-lms] with the buttons data-do=done and data-do=back, and [aria-live] with its sentences as data- attributes;
 * stufenweise.platform, see scorm.js and cmi5.js. Without a platform all stays hidden. dialog.session closes when an hour
 * is over, or before: then stufenweise.store still holds a "session" with this tutorial.
 */
(() => {
  const { platform, store, tutorial, dom } = globalThis.stufenweise ?? {};
  const box = document.querySelector("[data-lms]");
  if (!platform || !box) return;
  const [done, back, status] = ["[data-do=done]", "[data-do=back]", "[aria-live]"].map(dom.finder(box));
  const say = (word) => dom.write(status, status.dataset[word]);
  // The button keeps the focus; a disabled one would lose it.
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
    ({ message }) => close(message === "104" ? "ended" : "silent"),
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

  // When the hour is over, this is what is left to do; the session view forgets a session that has come to its end, and
  // another tutorial's may be paused.
  const paused = () => store.list("session").some(({ works }) => works.some(({ slug }) => slug === tutorial.slug));
  document.querySelector("dialog.session").addEventListener("close", () =>
    setTimeout(() => allowed() && !paused() && done.focus()),
  );

  // Another page in the place of this one would end the session before the pair is done.
  const apart = ({ target }) => {
    const link = target.closest?.("a[href]");
    const address = link?.getAttribute("href") ?? "#";
    if (address.startsWith("#") || !/^https?:$/.test(new URL(address, location.href).protocol)) return;
    link.setAttribute("target", "_blank");
    link.relList?.add("noopener");
  };
  addEventListener("click", apart, true);

  addEventListener("pagehide", end);
  // Back from the browser's memory: the platform has closed the session, and would hear nothing.
  addEventListener("pageshow", ({ persisted }) => persisted && close("ended"));
})();
