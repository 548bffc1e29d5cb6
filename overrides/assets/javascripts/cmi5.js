/* Tells a learning platform that speaks cmi5 when a unit begins, is completed and ends. Sends the learner's identity as
 * the platform gave it, and the durations that the standard requires; nothing else.
 * https://github.com/AICC/CMI-5_Spec_Current/blob/quartz/cmi5_spec.md
 *
 * Contract: stufenweise.platform, missing if no cmi5 platform launched the page
 *   begin()   starts the session; resolves to "open", "done" (completed before) or "watching" (nothing counts); rejects
 *             if the platform does not answer
 *   done()    reports completion; resolves to true, rejects if the platform refuses it
 *   end()     ends the session
 *   back      the address to which the platform wants people to return, known after begin(); may be undefined
 */
(() => {
  const asked = new URLSearchParams(location.search);
  const launched = ["endpoint", "fetch", "actor", "registration", "activityId"].map((name) => asked.get(name));
  if (!launched.every(Boolean)) return;
  const [endpoint, fetcher, actor, registration, activity] = launched;
  const VERBS = "http://adlnet.gov/expapi/verbs/";
  const CATEGORIES = "https://w3id.org/xapi/cmi5/context/categories/";
  const since = Date.now();
  let token;
  let launch;
  let begun = false;

  const at = (path, values) =>
    [`${endpoint.replace(/\/$/, "")}/${path}`, ...(values ? [new URLSearchParams(values)] : [])].join("?");
  const ask = async (address, options = {}) => {
    const headers = {
      Authorization: `Basic ${token}`,
      "X-Experience-API-Version": "1.0.3",
      "Content-Type": "application/json"
    };
    const answer = await fetch(address, { ...options, headers });
    if (!answer.ok) throw new Error(answer.status);
    return answer;
  };

  // A page without TLS has no crypto.randomUUID (RFC 9562, 5.4).
  const uuid = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const digits = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return digits.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  };

  const say = (verb, result, ...categories) => {
    const template = launch.contextTemplate ?? {};
    const activities = template.contextActivities ?? {};
    const category = [
      ...(activities.category ?? []),
      ...["cmi5", ...categories].map((category) => ({ id: CATEGORIES + category }))
    ];
    const statement = {
      id: uuid(),
      actor: JSON.parse(actor),
      verb: { id: VERBS + verb, display: { en: verb } },
      object: { objectType: "Activity", id: activity },
      timestamp: new Date().toISOString(),
      ...result,
      context: { ...template, registration, contextActivities: { ...activities, category } }
    };
    // keepalive: the request is sent even if the page closes.
    return ask(at("statements"), { method: "POST", keepalive: true, body: JSON.stringify(statement) });
  };
  const spent = () => `PT${Math.round((Date.now() - since) / 1000)}S`;

  // Was it completed in an earlier session? Only one "completed" per registration is allowed (9.3).
  const known = async () => {
    try {
      const values = { agent: actor, verb: `${VERBS}completed`, activity, registration, limit: 1 };
      return (await (await ask(at("statements", values))).json()).statements.length > 0;
    } catch {
      return false;
    }
  };

  const begin = async () => {
    token = (await (await fetch(fetcher, { method: "POST" })).json())["auth-token"];
    if (!token) throw new Error("auth-token");
    launch = await (
      await ask(at("activities/state", { agent: actor, activityId: activity, registration, stateId: "LMS.LaunchData" }))
    ).json();
    // The standard requires this request (11.0). We ignore the answer: a unit has one language and no sound.
    await ask(at("agents/profile", { agent: actor, profileId: "cmi5LearnerPreferences" })).catch(() => {});
    await say("initialized");
    begun = true;
    if ((launch.launchMode ?? "Normal") !== "Normal") return "watching";
    return (await known()) ? "done" : "open";
  };

  const platform = {
    begin,
    done: async () => (await say("completed", { result: { completion: true, duration: spent() } }, "moveon")).ok,
    end: async () => {
      if (!begun) return;
      begun = false;
      await say("terminated", { result: { duration: spent() } });
    },
    get back() {
      return /^https?:\/\//.test(launch?.returnURL ?? "") ? launch.returnURL : undefined;
    }
  };
  globalThis.stufenweise = Object.freeze({ ...globalThis.stufenweise, platform: Object.freeze(platform) });
})();
