/* Keeps a plan: as the pair's programme, and as a file for the calendar. Loaded when one of them is wanted.
 *
 * Contract: stufenweise.plannerKeep. A plan is { sessions, place, choices, href, file }: the sessions with their days as they are
 * or would be kept, where the pair meets, the planner's choices as in its address, the address of the pair's page, the file's name.
 *   calendar(plan)   hands out the file
 *   take(plan)       makes it the pair's, and goes to the pair's page
 */
(() => {
  const { keptProgramme, meetings, saveMeetings, store } = stufenweise;
  /* Those of what is not kept yet: a session that is kept later has the id that it was saved with. */
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
