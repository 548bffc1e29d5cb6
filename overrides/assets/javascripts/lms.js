/**
 * A tutorial as an item of a course in a learning platform: it is done when the pair says so. Nothing else is told:
 * no tick, no score, no time beyond what the standard demands. Only the page that the platform has opened speaks;
 * whoever goes on from there reads the site.
 */
(() => {
  const box = document.querySelector("[data-lms]");
  const asked = new URLSearchParams(location.search);
  if (!box || asked.get("item") !== box.dataset.lmsItem) return;
  const button = box.querySelector("button");
  const status = box.querySelector("[role=status]");
  const show = (word) => { status.textContent = status.dataset[word]; };

  // SCORM: the platform's object is looked for in the windows around and the one that opened this (RTE 3.3.6.1).
  const around = (start, name) => {
    for (let own = start, steps = 0; own && steps < 500; own = own.parent, steps += 1) {
      try {
        if (own[name]) return own[name];
      } catch {
        return undefined; // A window of another origin
      }
      if (own.parent === own) return undefined;
    }
    return undefined;
  };
  const find = (name) => around(window, name) ?? (top.opener ? around(top.opener, name) : undefined);

  const scorm = () => {
    const newer = find("API_1484_11");
    const api = newer ?? find("API");
    if (!api) return undefined;
    const call = (name, ...values) => api[newer ? name : `LMS${name}`](...values);
    const key = newer ? "cmi.completion_status" : "cmi.core.lesson_status";
    const set = (value) => call("SetValue", key, value) !== "false" && call("Commit", "") !== "false";
    return {
      begin: async () => {
        call("Initialize", "");
        const known = call("GetValue", key);
        const done = ["completed", "passed"].includes(known);
        if (!done && known !== "incomplete") set("incomplete");
        return done;
      },
      done: async () => set("completed"),
      end: () => call(newer ? "Terminate" : "Finish", ""),
    };
  };

  // cmi5: https://github.com/AICC/CMI-5_Spec_Current/blob/quartz/cmi5_spec.md
  const cmi5 = () => {
    const [endpoint, fetcher, actor, registration, activity] = ["endpoint", "fetch", "actor", "registration", "activityId"].map((name) => asked.get(name));
    if (!(endpoint && fetcher && actor && registration && activity)) return undefined;
    const since = Date.now();
    let token;
    let template;
    const at = (path) => `${endpoint.replace(/\/$/, "")}/${path}`;
    const headers = () => ({ Authorization: `Basic ${token}`, "X-Experience-API-Version": "1.0.3", "Content-Type": "application/json" });
    const told = async (address, options = {}) => {
      const answer = await fetch(address, { ...options, headers: headers() });
      if (!answer.ok && answer.status !== 404) throw new Error(answer.status);
      return answer;
    };
    const say = (verb, name, category, result, keepalive) => told(at("statements"), {
      method: "POST",
      keepalive,
      body: JSON.stringify({
        id: crypto.randomUUID(),
        actor: JSON.parse(actor),
        verb: { id: `http://adlnet.gov/expapi/verbs/${verb}`, display: { en: name } },
        object: { objectType: "Activity", id: activity },
        timestamp: new Date().toISOString(),
        ...(result ? { result } : {}),
        context: {
          ...template,
          registration,
          contextActivities: {
            ...template.contextActivities,
            category: [
              ...(template.contextActivities?.category ?? []),
              ...category.map((one) => ({ id: `https://w3id.org/xapi/cmi5/context/categories/${one}` })),
            ],
          },
        },
      }),
    });
    const spent = () => `PT${Math.round((Date.now() - since) / 1000)}S`;
    return {
      begin: async () => {
        token = (await (await fetch(fetcher, { method: "POST" })).json())["auth-token"];
        if (!token) throw new Error("auth-token");
        const of = new URLSearchParams({ agent: actor, activityId: activity, registration, stateId: "LMS.LaunchData" });
        const launch = await (await told(at(`activities/state?${of}`))).json();
        template = launch.contextTemplate ?? {};
        await told(at(`agents/profile?${new URLSearchParams({ agent: actor, profileId: "cmi5LearnerPreferences" })}`));
        await say("initialized", "initialized", ["cmi5"]);
        if ((launch.launchMode ?? "Normal") !== "Normal") button.hidden = true;
        return false;
      },
      done: async () => Boolean(await say("completed", "completed", ["cmi5", "moveon"], { completion: true, duration: spent() })),
      end: () => { if (template) say("terminated", "terminated", ["cmi5"], { duration: spent() }, true); },
    };
  };

  const platform = box.dataset.lms === "cmi5" ? cmi5() : scorm();
  if (!platform) return;
  box.hidden = false;
  button.disabled = true;
  platform.begin().then((done) => {
    button.disabled = done;
    if (done) show("done");
  }).catch(() => show("failed"));
  button.addEventListener("click", () => {
    button.disabled = true;
    platform.done().then((heard) => {
      button.disabled = heard;
      show(heard ? "done" : "failed");
    }).catch(() => {
      button.disabled = false;
      show("failed");
    });
  });
  addEventListener("pagehide", () => platform.end(), { once: true });
})();
