/* The words of a text as the search compares them: spelling folded, stemmed, compounds taken apart. Knows no page.
 *
 * What stands in the index was made the same way when the site was built (generator/stufenweise/assemble/search_words.py).
 * Contract: stufenweise.searchWords
 *   folded(text)                         its words in lower case, umlauts spelled out, without accents
 *   parts(word, known, language)         the parts of a folded compound; none if it is no compound. A language has stem,
 *                                        links, and never: a Set of what is no part
 *   pieces(text)                         words and what is between them, in turns, as they are written
 *   distance(a, b, most)                 how many letters are wrong, missing, too many or swapped; more than `most` count
 *                                        as one more than that
 */
(() => {
  const SHORTEST_COMPOUND = 7;
  const SHORTEST_PART = 3;
  const SHORTEST_HEAD = 4;
  const SPELLED_OUT = { ä: "ae", ö: "oe", ü: "ue", ß: "ss" };
  const WORD = /[\p{L}\p{N}]+/gu;

  const plain = (text) => {
    const lower = text.toLowerCase();
    // Most words need no more, and all that stands on the screen is folded.
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
      .map((link) => first.slice(0, -link.length)),
  ];

  /* Of several ways to take a word apart, the one whose shortest part is longest; two parts go before three. */
  const parts = (word, known, language) => {
    const { stem, links, never } = language;
    const isPart = (one) => known.has(stem(one)) && !never.has(one);
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
        const found = parts(first, known, language);
        if (found.length) return [...found, word.slice(end)];
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
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) wrong = Math.min(wrong, before[j - 2] + 1);
        next.push(wrong);
        if (wrong < least) least = wrong;
      }
      if (least > most) return most + 1;
      before = row;
      row = next;
    }
    return row[b.length] > most ? most + 1 : row[b.length];
  };

  globalThis.stufenweise = Object.freeze({ ...globalThis.stufenweise, searchWords: Object.freeze({ folded, parts, pieces, distance }) });
})();
