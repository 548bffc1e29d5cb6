/* Stores a plan as the pair's programme, or saves it as a calendar file. Loaded when first needed.
 *
 * Contract: stufenweise.plannerKeep. A plan is { sessions, place, choices, href, file }: its sessions with their days,
 * where the pair meets, the planner's choices as in its address, the address of the pair's page, the name of the
 * calendar file.
 *   calendar(plan)   offers the calendar file to the reader
 *   take(plan)       stores the plan and opens the pair's page
 */
(() => {
  const { keptProgramme, meetings, saveMeetings, store } = stufenweise;
  /* Ids of sessions that are not stored yet: stored later, a session keeps the id that is in the calendar file. */
  const ids = [];

  const calendar = ({ sessions, place, href, file }) => {
    saveMeetings(file, meetings(keptProgramme.preview(sessions, ids)), keptProgramme.saving(ids), place, href);
  };

  const take = ({ sessions, place, choices, href }) => {
    keptProgramme.take(sessions, choices, ids);
    keptProgramme.note({ place });
    store.persist();
    location.href = href;
  };

  globalThis.stufenweise = Object.freeze({ ...globalThis.stufenweise, plannerKeep: Object.freeze({ calendar, take }) });
})();
