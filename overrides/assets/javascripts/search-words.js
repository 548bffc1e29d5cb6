/* Prepares words for the search: folds spelling, splits compounds, compares words. Pure functions: no page.
 *
 * The index is made in the same way when the site is built (generator/stufenweise/assemble/search_words.py).
 * Contract: stufenweise.searchWords
 *   folded(text)                   its words in lower case, with umlauts spelled out and without accents
 *   parts(word, known, language)   the parts of a folded compound, [] if it is none. known: a Set of stems; language:
 *                                  { stem, links, never }, links between parts, and a Set of words that are no parts
 *   pieces(text)                   the text as it is, cut into what is between words and words, alternately
 *   distance(a, b, most)           how many letters are wrong, missing, extra or swapped; most + 1 if more than `most`
 */
(() => {
  /* In letters: shorter ones occur by chance in too many words. The head is the last part. */
  const SHORTEST_COMPOUND = 7;
  const SHORTEST_PART = 3;
  const SHORTEST_HEAD = 4;
  const SPELLED_OUT = { ä: "ae", ö: "oe", ü: "ue", ß: "ss" };
  const WORD = /[\p{L}\p{N}]+/gu;

  const plain = (text) => {
    const lower = text.toLowerCase();
    // The fast way: most words are plain ASCII, and all text on the screen is folded.
    if (!/[^ -~]/.test(lower)) return lower;
    const spelled = lower.normalize("NFC").replace(/[äöüß]/g, (sign) => SPELLED_OUT[sign]);
    return spelled.normalize("NFD").replace(/\p{M}/gu, "");
  };

  const folded = (text) => plain(text).match(WORD) ?? [];

  const pieces = (text) => text.normalize("NFC").split(/([\p{L}\p{M}\p{N}]+)/u);

  const withoutLink = (first, links) => [
    first,
    ...links
      .filter((link) => first.endsWith(link) && first.length - link.length >= SHORTEST_PART)
      .map((link) => first.slice(0, -link.length))
  ];

  /* Of several ways to split a word, takes the one whose shortest part is longest; prefers two parts to three. */
  const parts = (word, known, language) => {
    const { stem, links, never } = language;
    const isPart = (text) => known.has(stem(text)) && !never.has(text);
    if (!links.length || word.length < SHORTEST_COMPOUND) return [];
    const ends = [];
    for (let end = SHORTEST_PART; end <= word.length - SHORTEST_HEAD; end += 1) {
      if (isPart(word.slice(end))) ends.push(end);
    }
    let best = [];
    let shortest = 0;
    for (const end of ends) {
      for (const first of withoutLink(word.slice(0, end), links)) {
        const length = Math.min(first.length, word.length - end);
        if (length > shortest && isPart(first)) {
          best = [first, word.slice(end)];
          shortest = length;
        }
      }
    }
    if (best.length) return best;
    for (const end of ends) {
      for (const first of withoutLink(word.slice(0, end), links)) {
        const earlier = parts(first, known, language);
        if (earlier.length) return [...earlier, word.slice(end)];
      }
    }
    return [];
  };

  /* Optimal string alignment, row by row; a row without a value that is small enough ends it. */
  const distance = (a, b, most) => {
    if (Math.abs(a.length - b.length) > most) return most + 1;
    let before = [];
    let row = Array.from({ length: b.length + 1 }, (_, index) => index);
    for (let i = 1; i <= a.length; i += 1) {
      const next = [i];
      let least = i;
      for (let j = 1; j <= b.length; j += 1) {
        const same = a[i - 1] === b[j - 1] ? 0 : 1;
        let wrong = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + same);
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
          wrong = Math.min(wrong, before[j - 2] + 1);
        next.push(wrong);
        if (wrong < least) least = wrong;
      }
      if (least > most) return most + 1;
      before = row;
      row = next;
    }
    return row[b.length] > most ? most + 1 : row[b.length];
  };

  globalThis.stufenweise = Object.freeze({
    ...globalThis.stufenweise,
    searchWords: Object.freeze({ folded, parts, pieces, distance })
  });
})();
