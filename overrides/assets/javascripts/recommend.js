/* Computes a level and three tutorials from the answers of the self-check. A pure function: no page.
 *
 * Contract: stufenweise.recommend(answers, levels, tutorials, goals) returns { level, short, reason, tutorials: [{
 *   slug, reason }] }; short: whether the sessions are half an hour
 *   answers    [{ levels, tutorials, goals, because, minutes }]: points by level, slug and goal code, why the answer
 *              speaks for them, and the length of a session; each may be missing
 *   levels     level numbers, ascending
 *   tutorials  [{ slug, level, requires: [slug], goals: [code], least }]; least: minutes of the shortest session for it
 *   goals      by code: { levels }, how well each level number serves the goal
 *   a reason   { answer }, { goal } (its code), { before } (slug of the tutorial that it prepares) or {}
 */
(() => {
  /* How many tutorials to recommend. */
  const COUNT = 3;
  /* Points for a tutorial of the recommended level: more than for its goals. */
  const OWN_LEVEL = 3;
  /* Points if a tutorial's first or second goal is wanted. */
  const POINTS = [2, 1];
  /* Lengths of a session in minutes: the usual and the short one. */
  const HOUR = 60;
  const SHORT = 30;

  const best = (list, of) => [...list].sort((a, b) => of(b) - of(a))[0];

  const sum = (list, of) => list.reduce((all, item) => all + of(item), 0);

  /* The answer that gave the most points, among those with a reason to show. */
  const reasonOf = (answers, kind, key) => {
    const of = (answer) => (answer.because && answer[kind]?.[key]) || 0;
    const answer = best(answers, of);
    return answer && of(answer) > 0 && { answer };
  };

  /* Takes tutorials as long as there is room for their paths: first with at most one of another level, then with any. */
  const choose = (tutorials, path, level) => {
    let chosen = [];
    for (const most of [1, COUNT]) {
      for (const tutorial of tutorials) {
        const next = [...new Set(chosen.concat(path(tutorial)))];
        if (next.length <= COUNT && sum(next, (other) => other.level !== level) <= most) chosen = next;
      }
    }
    return chosen;
  };

  const recommend = (answers, levels, tutorials, goals) => {
    const points = (kind, key) => sum(answers, (answer) => answer[kind]?.[key] ?? 0);
    const wish = (code) => points("goals", code);
    const wanted = Object.keys(goals).filter(wish);
    const serves = (code, level) => wish(code) * (goals[code].levels[level] ?? 0);
    // All goals together count as one answer. Multiply the others instead of dividing the goals: rounding breaks ties.
    const all = sum(wanted, wish) || 1;
    const level = best(
      levels,
      (candidate) => all * points("levels", candidate) + sum(wanted, (code) => serves(code, candidate))
    );

    const goal = best(wanted, (code) => serves(code, level));

    const time = Math.min(...answers.map(({ minutes = HOUR }) => minutes), HOUR);
    const fits = ({ least = 0 }) => least <= time;
    const worth = ({ slug }) => points("tutorials", slug);
    const known = (tutorial) => worth(tutorial) < 0 || (tutorial.level < level && !worth(tutorial));
    const rank = (tutorial) =>
      worth(tutorial) +
      OWN_LEVEL * (tutorial.level === level) +
      Math.max(0, ...wanted.map((code) => POINTS[tutorial.goals.indexOf(code)] ?? 0));
    /* A tutorial after all those it requires; leaves out known ones and those too long for a session. */
    const path = (tutorial) =>
      known(tutorial) || !fits(tutorial)
        ? []
        : [...tutorial.requires.flatMap((required) => path(tutorials.find(({ slug }) => slug === required))), tutorial];
    const open = tutorials
      .filter((tutorial) => fits(tutorial) && !known(tutorial) && (tutorial.level === level || worth(tutorial) > 0))
      .sort((a, b) => rank(b) - rank(a));
    const chosen = choose(open, path, level);

    const why = (tutorial) => {
      const before = chosen.find(({ requires }) => requires.includes(tutorial.slug))?.slug;
      return (
        reasonOf(answers, "tutorials", tutorial.slug) ||
        (before ? { before } : { goal: tutorial.goals.find((code) => wanted.includes(code)) })
      );
    };
    return {
      level,
      short: time === SHORT,
      reason: reasonOf(answers, "levels", level) || { goal: goal && serves(goal, level) ? goal : undefined },
      tutorials: chosen.map((tutorial) => ({ slug: tutorial.slug, reason: why(tutorial) }))
    };
  };

  globalThis.stufenweise = Object.freeze({ ...globalThis.stufenweise, recommend });
})();
