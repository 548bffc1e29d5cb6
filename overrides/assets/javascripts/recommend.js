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

  const recommend = (answers, levels, tutorials, goals) => {
    const sum = (list, of) => list.reduce((all, one) => all + of(one), 0);
    const points = (kind, key) => sum(answers, (answer) => answer[kind]?.[key] ?? 0);
    const wish = (code) => points("goals", code);
    const wanted = Object.keys(goals).filter(wish);
    const serves = (code, level) => wish(code) * (goals[code].levels[level] ?? 0);
    // All goals together count as one answer. Multiply the others instead of dividing the goals: rounding breaks ties.
    const all = sum(wanted, wish) || 1;
    const level = best(levels, (one) => all * points("levels", one) + sum(wanted, (code) => serves(code, one)));

    /* The answer that gave it the most points, among those with a reason to show. */
    const said = (kind, key) => {
      const of = (one) => (one.because && one[kind]?.[key]) || 0;
      const answer = best(answers, of);
      return answer && of(answer) > 0 && { answer };
    };
    const goal = best(wanted, (code) => serves(code, level));

    const time = Math.min(...answers.map(({ minutes = HOUR }) => minutes), HOUR);
    const fits = ({ least = 0 }) => least <= time;
    const worth = ({ slug }) => points("tutorials", slug);
    const known = (one) => worth(one) < 0 || (one.level < level && !worth(one));
    const rank = (one) =>
      worth(one) +
      OWN_LEVEL * (one.level === level) +
      Math.max(0, ...wanted.map((code) => POINTS[one.goals.indexOf(code)] ?? 0));
    const find = (slug) => tutorials.find((one) => one.slug === slug);
    /* A tutorial after all those it requires; leaves out known ones and those too long for a session. */
    const path = (one) => (known(one) || !fits(one) ? [] : [...one.requires.map(find).flatMap(path), one]);
    const open = tutorials
      .filter((one) => fits(one) && !known(one) && (one.level === level || worth(one) > 0))
      .sort((a, b) => rank(b) - rank(a));
    let chosen = [];
    // First with at most one tutorial of another level, then with any.
    for (const most of [1, COUNT]) {
      for (const tutorial of open) {
        const next = [...new Set(chosen.concat(path(tutorial)))];
        if (next.length <= COUNT && sum(next, (other) => other.level !== level) <= most) chosen = next;
      }
    }

    const why = (one) => {
      const before = chosen.find(({ requires }) => requires.includes(one.slug))?.slug;
      return (
        said("tutorials", one.slug) || (before ? { before } : { goal: one.goals.find((code) => wanted.includes(code)) })
      );
    };
    return {
      level,
      short: time === SHORT,
      reason: said("levels", level) || { goal: goal && serves(goal, level) ? goal : undefined },
      tutorials: chosen.map((one) => ({ slug: one.slug, reason: why(one) }))
    };
  };

  globalThis.stufenweise = Object.freeze({ ...globalThis.stufenweise, recommend });
})();
