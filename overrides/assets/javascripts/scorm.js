/* Tells a learning platform that speaks SCORM 1.2 or 2004 when an item begins, is completed and ends. Neither sends nor
 * asks for a score, a time or a name.
 *
 * Contract: stufenweise.platform, missing if there is no such platform
 *   begin()   starts the session; resolves to "open", "done" (completed before) or "watching" (nothing counts). Rejects
 *             if the platform refuses; the error's message is the platform's error number, "104" if the session is over
 *   done()    resolves to whether the platform stored the completion
 *   end()     ends the session
 */
(() => {
  const site = new URL("../../..", document.currentScript.src).href;
  // Only the page that the platform opened may talk to it. A parameter can not tell: some platforms drop parameters.
  if (document.referrer.startsWith(site)) return;

  const DIALECTS = [
    {
      name: "API_1484_11",
      prefix: "",
      last: "Terminate",
      status: "cmi.completion_status",
      mode: "cmi.mode",
      exit: "cmi.exit"
    },
    {
      name: "API",
      prefix: "LMS",
      last: "Finish",
      status: "cmi.core.lesson_status",
      mode: "cmi.core.lesson_mode",
      seen: "browsed"
    }
  ];

  // Search the parent windows, then those of the window that opened this one (SCORM 2004 RTE 3.3.6.1). At most 500
  // windows, so that the search ends.
  const around = (start, { name, prefix }) => {
    try {
      for (let own = start, steps = 0; own && steps < 500; own = own.parent, steps += 1) {
        if (typeof own[name]?.[`${prefix}Initialize`] === "function") return own[name];
        if (own.parent === own) return undefined;
      }
    } catch {
      // A window of another origin: no access.
    }
    return undefined;
  };
  const offered = DIALECTS.map((dialect) => ({
    ...dialect,
    api: around(window, dialect) ?? around(top.opener, dialect)
  })).filter(({ api }) => api);
  if (!offered.length) return;

  let spoken;
  const call = (name, ...values) => String(spoken.api[`${spoken.prefix}${name}`](...values));
  const set = (key, value) => call("SetValue", key, value) === "true";
  const answers = (dialect) => {
    try {
      spoken = dialect;
      return call("Initialize", "") === "true";
    } catch {
      return false;
    }
  };

  const begin = async () => {
    if (!offered.some(answers)) {
      const { api, prefix } = spoken;
      spoken = undefined;
      throw new Error(api[`${prefix}GetLastError`]());
    }
    const known = call("GetValue", spoken.status);
    const done = ["completed", "passed"].includes(known);
    const mode = call("GetValue", spoken.mode);
    const watching = ["browse", "review"].includes(mode);
    // Moodle 5.1 counts a preview without a status as completed.
    if (mode === "browse" && spoken.seen && !done) set(spoken.status, spoken.seen);
    if (!watching) {
      // Without a status, platforms count an opened item as completed (SCORM 1.2 RTE 3.4.4; 2004 SN, UP.4).
      if (!done && known !== "incomplete") set(spoken.status, "incomplete");
      // Without "suspend" the next visit starts a new attempt (SCORM 2004 RTE 4.2.8).
      if (spoken.exit) set(spoken.exit, "suspend");
      call("Commit", "");
    }
    return done ? "done" : watching ? "watching" : "open";
  };

  const platform = {
    begin,
    done: async () => set(spoken.status, "completed") && call("Commit", "") === "true",
    end: async () => {
      if (spoken) call(spoken.last, "");
      spoken = undefined;
    }
  };
  globalThis.stufenweise = Object.freeze({ ...globalThis.stufenweise, platform: Object.freeze(platform) });
})();
