/* The next step that a pair agrees: kept in this browser, saved as a calendar entry, printed.
 *
 * Reads: form[data-next-step] with the fields "by" and "text", on a tutorial's page;
 * [data-do=calendar] with the entry's title in data-summary, [data-do=print]; [data-agreed] gets what was agreed last.
 * Kept as "next-steps": { SLUG: { by, text, done } }; what is done is no longer shown.
 */
(() => {
  const WEEK = 7;
  const { dom, store, calendar, keptProgramme, saveFile, tutorial: { slug, title } } = globalThis.stufenweise;
  const { fill, onAction } = dom;
  const form = document.querySelector("[data-next-step]");
  const { by, text } = form.elements;
  const agreed = document.querySelector("[data-agreed]");

  const inWeek = () => {
    const day = new Date();
    day.setDate(day.getDate() + WEEK);
    while ([0, 6].includes(day.getDay())) day.setDate(day.getDate() + 1);
    return [day.getFullYear(), day.getMonth() + 1, day.getDate()].map((n) => `${n}`.padStart(2, "0")).join("-");
  };

  const read = () => store.get("next-steps") ?? {};

  const keep = () => {
    const { [slug]: mine, ...others } = read();
    store.set("next-steps", text.value ? { ...others, [slug]: { by: by.value, text: text.value } } : others);
  };

  const show = () => {
    const steps = read();
    if (document.activeElement !== text) text.value = steps[slug]?.text ?? "";
    if (document.activeElement !== by) by.value = steps[slug]?.by || by.value || inWeek();
    const [last] = Object.values(steps).filter(({ done }) => !done).sort((a, b) => (a.by < b.by ? 1 : -1));
    agreed.hidden = !last;
    const day = last?.by && new Date(`${last.by}T12:00`).toLocaleDateString(document.documentElement.lang, { dateStyle: "long" });
    agreed.textContent = last ? fill(agreed.dataset.agreed, { date: day || "–", text: last.text }) : "";
  };

  const save = ({ dataset }) => {
    const at = location.protocol === "file:" ? [] : [location.href.split("#")[0]];
    const summary = fill(dataset.summary, { text: text.value || title });
    const { id, sequence } = keptProgramme.saving();
    const entry = {
      uid: `${id}-${slug}@stufenweise`,
      sequence,
      day: by.value || inWeek(),
      summary,
      description: [text.value, title, ...at].filter(Boolean).join("\n"),
    };
    saveFile(`${slug}.ics`, calendar([entry], new Date()), "text/calendar");
  };

  onAction(form, { calendar: save, print: () => print() });
  form.addEventListener("input", keep);
  form.addEventListener("submit", (event) => event.preventDefault());
  store.subscribe(show);
  show();
})();
