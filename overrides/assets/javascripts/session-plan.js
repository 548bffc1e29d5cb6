/* Draws the plan of a session: its fields, whether it fits, the table of its parts.
 *
 * Reads: dialog.session with the frames for stufenweise.hour, as in planner-offer.js; the fields "length", "start" and
 *   "meeting", the latter in [data-meetings]; [data-words], the names of the parts; .session__fit with data-over,
 *   -fits, -exact and .session__skip with data-skip, -none, which say whether it fits; table.session__plan with
 *   data-buffer, data-end; [data-more], which unless hidden gets a box for each a[data-slug][data-minutes] on the page:
 *   tutorials that can follow. Only those that fit into the session are shown.
 * Writes: boxes with data-step, or with data-follow, data-title, data-minutes.
 * Contract: stufenweise.sessionPlan
 *   frames                   by length in minutes: the frame for stufenweise.hour
 *   words                    by part and phase: its name
 *   offer(meetings, next)    fills in the choices; meetings: how many the tutorial has; next: the number of the next
 *                            one
 *   draw(session, now)       draws the plan; session: as in session-clock.js, with { own } of session-state.js
 */
(() => {
  /* In milliseconds. */
  const MINUTE = 60_000;
  const {
    dom,
    hour,
    plannerOffer: { frames },
    sessionClock
  } = stufenweise;
  const { all, make, write } = dom;
  const { begins, buffer, clock } = sessionClock;
  const view = document.querySelector("dialog.session");
  const find = dom.finder(view);
  const field = (name) => find(`[name=${name}]`);
  const words = find("[data-words]").dataset;
  const fit = find(".session__fit");
  const skip = find(".session__skip");

  const box = (checked, text, data) => {
    const input = make("input");
    Object.assign(input, { type: "checkbox", checked, autocomplete: "off" });
    Object.assign(input.dataset, data);
    return make("label", input, text);
  };

  const line = (kind, time, what, minutes, current) => {
    const row = make("tr", make("td", time), make("th", what), make("td", minutes));
    row.className = `session__${kind}`;
    row.cells[1].scope = "row";
    if (current) row.ariaCurrent = "step";
    return row;
  };

  const drawTable = ({ state, rows, index }, times, { dataset, tBodies: [body] }) => {
    body.replaceChildren();
    rows.forEach((row, at) => {
      const { step, minutes } = row;
      const inside = rows.filter(({ work, phase }) => work === row.work && phase === row.phase);
      const alone = inside.length < 2;
      if (row.part === "why" && state.works[1]) body.append(line("work", "", state.works[row.work].title, ""));
      if (!alone && row === inside[0]) {
        body.append(
          line(
            "group",
            clock(times[at]),
            words[row.phase],
            inside.reduce((sum, other) => sum + other.minutes, 0)
          )
        );
      }
      const name = step ? box(minutes > 0, make("span", row.name), { step: step.id }) : row.name;
      body.append(
        line(alone ? "group" : "inner", minutes ? clock(times[at]) : "–", name, minutes || "–", at === index)
      );
    });
    const end = times.at(-1);
    const rest = buffer(state, end);
    if (rest > 0) body.append(line("rest", clock(end), dataset.buffer, rest));
    body.append(line("rest", clock(end + Math.max(0, rest) * MINUTE), dataset.end, ""));
  };

  /* Shows the tutorials that can follow if they fit or are chosen already. */
  const drawMore = ({ length, works }) => {
    const taken = works.map(({ minutes }) => [minutes]);
    const more = find("[data-more]");
    for (const input of all("[data-follow]", more)) {
      const { follow, minutes } = input.dataset;
      input.checked = works.some(({ slug }) => slug === follow);
      input.parentNode.hidden = !input.checked && hour.plan(length, frames[length], [...taken, [+minutes]]).over;
    }
    more.hidden = !all("label:not([hidden])", more).length;
  };

  const draw = (session, now) => {
    const { state, rows, index, own } = session;
    const times = begins(session, now);
    const rest = buffer(state, times.at(-1));
    fit.classList.toggle("session__over", rest < 0);
    write(fit, fit.dataset[rest < 0 ? "over" : rest ? "fits" : "exact"], { n: Math.abs(rest) });
    const parts = hour
      .spare(rows.slice(Math.max(index, 0)))
      .map(({ part, minutes }) => `${words[part]} (−${minutes})`)
      .join(", ");
    write(skip, skip.dataset[parts ? "skip" : "none"], { parts });
    field("length").value = state.length;
    field("meeting").value = state.works[own].part;
    field("start").value = clock(state.start);
    field("start").disabled = state.at && !state.fresh;
    drawMore(state);
    const { step } = document.activeElement.dataset;
    drawTable(session, times, find("table.session__plan"));
    if (step) find(`[data-step="${step}"]`).focus();
  };

  const offer = (meetings, next) => {
    find("[data-meetings]").hidden = meetings < 2;
    if (next > 1) field("meeting").options[0].append(" ✓");
    const more = find("[data-more]");
    // The previous tutorial makes no sense after this one.
    for (const { dataset, textContent } of more.hidden ? [] : all("a[data-slug][data-minutes]:not([rel=prev])")) {
      const text = write(make("span"), more.dataset.more, { title: textContent, n: dataset.minutes });
      more.append(box(false, text, { follow: dataset.slug, title: textContent, minutes: dataset.minutes }));
    }
  };

  globalThis.stufenweise = Object.freeze({
    ...globalThis.stufenweise,
    sessionPlan: Object.freeze({ frames, words, offer, draw })
  });
})();
