/* Computes the dates of a plan from its first day, lists them, and saves them for the calendar.
 *
 * Reads: section[data-milestones] (the plan's name) with data-summary, the title of an entry with {what} in it; inside
 *   it the field "from", button[data-do=calendar] with data-file, and li[data-week] with a time and a span. Week 1
 *   begins on the first day. The same plan from the same day gives the same event ids, so a calendar updates its
 *   entries.
 */
(() => {
  /* In milliseconds. */
  const DAY = 86_400_000;
  const { dom, days, calendar, saveFile } = stufenweise;
  const { all, fill, onAction } = dom;
  const [plan] = all("[data-milestones]");
  if (!plan) return;
  const [from] = all("[name=from]", plan);
  const [save] = all("[data-do=calendar]", plan);
  const entries = all("li", plan);

  const draw = () => {
    const start = Date.parse(from.value);
    save.disabled = Number.isNaN(start);
    for (const entry of entries) {
      const [time] = all("time", entry);
      const day = save.disabled ? "" : new Date(start + (entry.dataset.week - 1) * 7 * DAY).toISOString().slice(0, 10);
      time.dateTime = day;
      time.textContent = day && days.shown(day, { dateStyle: "medium" });
    }
  };

  const events = () =>
    entries.map((entry, index) => ({
      uid: `${from.value}-${plan.dataset.milestones}-${index + 1}@stufenweise`,
      day: all("time", entry)[0].dateTime,
      alarm: "P1D",
      summary: fill(plan.dataset.summary, { what: all("span", entry)[0].textContent })
    }));

  onAction(plan, { calendar: () => saveFile(save.dataset.file, calendar(events(), new Date()), "text/calendar") });
  all("form", plan)[0].onsubmit = () => false;
  from.addEventListener("change", draw);
  // The next Monday.
  from.value = days.workday((8 - new Date().getDay()) % 7 || 7);
  plan.hidden = false;
  draw();
})();
