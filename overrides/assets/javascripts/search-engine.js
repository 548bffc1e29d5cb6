/* Finds pages by words. Uses no page and stores no query.
 *
 * Contract: stufenweise.searchEngine(data, stem) returns the two functions; data: the output of search_index.py; stem:
 *   a function, word -> stem
 *   find(query, count)   returns { pages, total, without }: the best pages first; without: words that no page has
 *                        together with the others. A page is { address, kind, title, summary, level, minutes, language,
 *                        without, sections, marked }: sections() returns its best two { anchor, heading, line };
 *                        marked(text) returns [[piece, found], …], the text in pieces, and whether each is a word of
 *                        the query
 *   near(query)          similar words from titles and search words, for "did you mean"
 */
(() => {
  const { searchWords } = stufenweise;
  const { folded, parts, pieces, distance } = searchWords;

  /* Weight of a hit, by how it was found: by a synonym, by the beginning of a word, despite a typing mistake, by all
   * parts of a compound on one page, by one part of a compound. */
  const SYNONYM = 0.7;
  const BEGINNING = 0.5;
  const MISTAKE = 0.5;
  const COMPOUND = 0.8;
  const PART = 0.35;
  /* Weight of a page's sections other than the best. */
  const FURTHER = 0.1;
  /* Factors for a page whose name is the query, or whose title has all of its words. */
  const NAME = 2;
  const TITLE = 1.25;
  /* Letters a word needs before we search for words that begin with it, correct one mistake, correct two. */
  const BEGUN = 2;
  const MISTAKABLE = 5;
  const TWO_MISTAKES = 8;
  /* Stems tried at most for the beginning of a word. */
  const MOST_BEGUN = 12;
  /* Factor for each missing word: such a page must match the others much better. */
  const LACKING = 0.35;
  /* Share of the best page's score that a page with missing words needs to be shown. */
  const WORTH = 0.15;
  /* Similar words suggested at most. */
  const MOST_NEAR = 4;
  /* Weight of a page whose kind is not in `data.kinds`. */
  const OTHER = 0.4;

  const searchEngine = (data, stem) => {
    /* By stem: the words with this stem, the words of which it is a part, and a list that alternates between the
     * distance to the next document's number and the stem's weight in that document. */
    const index = new Map(data.index.map(([term, ...row]) => [term, row]));
    const stems = new Map(data.index.flatMap(([term, words]) => words.split(" ").map((word) => [word, term])));
    const allWords = [...stems.keys()];
    const wordsOf = (term) => index.get(term).slice(0, 2).join(" ").split(" ");
    const stemOf = (word) => {
      if (!stems.has(word)) stems.set(word, stem(word));
      return stems.get(word);
    };
    const stop = new Set(data.stop);
    const rules = { stem: stemOf, links: data.links, never: new Set([...data.stop, ...data.endings]) };
    const pages = data.pages.map(([address, kind, title, summary, level, minutes, language, words, names]) => ({
      address,
      kind,
      title,
      summary,
      level,
      minutes,
      language,
      words,
      names
    }));
    /* Documents are the pages and, with numbers after them, their sections. */
    const pageOf = (id) => (id < pages.length ? id : sectionOf(id)[0]);
    const sectionOf = (id) => data.sections[id - pages.length];

    const contentWords = (text) => folded(text).filter((word) => !stop.has(word));
    const phraseOf = (words) => words.map(stemOf).join(" ");

    /* Maps each phrase to all its synonyms. */
    const groups = new Map();
    for (const group of data.same) {
      for (const phrase of group) groups.set(phrase, new Set([...(groups.get(phrase) ?? []), ...group]));
    }
    const longest = Math.max(1, ...[...groups.keys()].map((phrase) => phrase.split(" ").length));
    const knownStems = new Set([...index.keys(), ...[...groups.keys()].filter((phrase) => !phrase.includes(" "))]);

    /* Documents by number: { score, stems }. */
    const byStem = new Map();
    const hitsOfStem = (term) => {
      if (!byStem.has(term)) {
        const hits = new Map();
        const hit = { stems: [term] };
        const [, , weights = []] = index.get(term) ?? [];
        let id = 0;
        for (const [at, number] of weights.entries()) {
          if (at % 2) hits.set(id, { ...hit, score: number });
          else id += number;
        }
        byStem.set(term, hits);
      }
      return byStem.get(term);
    };

    /* Merges hits found in several ways, by document; `join` makes one score of two. */
    const merged = (ways, join) => {
      const result = new Map();
      for (const [hits, weight = 1] of ways) {
        for (const [id, { score, stems }] of hits) {
          const before = result.get(id) ?? { score: 0, stems: [] };
          result.set(id, { score: join(before.score, score * weight), stems: [...before.stems, ...stems] });
        }
      }
      return result;
    };
    const bestOf = (ways) => merged(ways, Math.max);

    /* Hits in documents that have all of the words; with placeOf = pageOf, in pages that have all of them somewhere. */
    const inAll = (all, placeOf = (id) => id) => {
      if (all.length < 2) return all[0];
      const places = all.map((hits) => new Set([...hits.keys()].map(placeOf)));
      const isCommon = ([id]) => places.every((its) => its.has(placeOf(id)));
      return merged(
        all.map((hits) => [[...hits].filter(isCommon)]),
        (a, b) => a + b
      );
    };

    const hitsOfPhrase = (phrase) => inAll(phrase.split(" ").map(hitsOfStem));
    const meanings = (phrase) =>
      [...(groups.get(phrase) ?? [phrase])].map((other) => [hitsOfPhrase(other), other === phrase ? 1 : SYNONYM]);

    const beginnings = (start) => {
      const words = allWords
        .filter((word) => word.length > start.length && word.startsWith(start))
        .sort((a, b) => a.length - b.length);
      return [...new Set(words.map(stemOf))].slice(0, MOST_BEGUN);
    };

    const corrected = (typed) => {
      const most = typed.length >= TWO_MISTAKES ? 2 : 1;
      const near = allWords
        .filter((word) => word[0] === typed[0] || word[0] === typed[1])
        .map((word) => [distance(typed, word, most), word])
        .filter(([wrong]) => wrong <= most);
      const least = Math.min(...near.map(([wrong]) => wrong));
      return [...new Set(near.filter(([wrong]) => wrong === least).map(([, word]) => stemOf(word)))];
    };

    const hitsOfWord = (word, unfinished) => {
      const ways = meanings(stemOf(word));
      const isKnown = knownStems.has(stemOf(word));
      const compound = parts(word, knownStems, rules);
      if (compound.length) {
        const ofParts = compound.map((part) => bestOf(meanings(stemOf(part))));
        ways.push([inAll(ofParts, pageOf), COMPOUND]);
        if (!isKnown) ways.push(...ofParts.map((hits) => [hits, PART]));
      }
      if (unfinished && word.length >= BEGUN) {
        ways.push(...beginnings(word).map((term) => [hitsOfStem(term), BEGINNING]));
      }
      if (!isKnown && !compound.length && word.length >= MISTAKABLE && !ways.some(([hits]) => hits.size)) {
        ways.push(
          ...corrected(word).flatMap((term) => meanings(term).map(([hits, weight]) => [hits, weight * MISTAKE]))
        );
      }
      return bestOf(ways);
    };

    const hitsOfWords = (words) =>
      bestOf([
        ...meanings(phraseOf(words)),
        [
          inAll(
            words.map((word) => hitsOfWord(word)),
            pageOf
          ),
          COMPOUND
        ]
      ]);

    /* The hits of the last query's words, for reuse: after one more letter most words are the same. */
    let previousUnits = new Map();

    /* Splits a query into units, { text, hits }: single words, or several words with one meaning. */
    const unitsOf = (query) => {
      const content = contentWords(query);
      const words = content.length ? content : folded(query);
      const result = [];
      const units = new Map();
      for (let at = 0; at < words.length; ) {
        let size = Math.min(longest, words.length - at);
        while (size > 1 && !groups.has(phraseOf(words.slice(at, at + size)))) size -= 1;
        const ofUnit = words.slice(at, at + size);
        at += size;
        const unfinished = at === words.length && !/\s$/.test(query);
        const text = ofUnit.join(" ");
        const name = `${text}${unfinished ? "*" : ""}`;
        const hits = previousUnits.get(name) ?? (size > 1 ? hitsOfWords(ofUnit) : hitsOfWord(text, unfinished));
        units.set(name, hits);
        result.push({ text, hits });
      }
      previousUnits = units;
      return result;
    };

    /* Hits grouped by page: what each unit of the query found in the page itself and in its sections. */
    const collectPages = (units) => {
      const byPage = new Map();
      units.forEach(({ hits }, unit) => {
        for (const [id, { score, stems }] of hits) {
          const number = pageOf(id);
          if (!byPage.has(number)) {
            byPage.set(number, {
              number,
              parts: units.map(() => ({ own: 0, best: 0, all: 0 })),
              sections: new Map(),
              stems: []
            });
          }
          const page = byPage.get(number);
          const part = page.parts[unit];
          page.stems.push(stems);
          if (id === number) {
            part.own += score;
          } else {
            part.best = Math.max(part.best, score);
            part.all += score;
            page.sections.set(id, (page.sections.get(id) ?? 0) + score);
          }
        }
      });
      return [...byPage.values()];
    };

    const nameFactor = (names, phrase) => {
      if (names.includes(phrase)) return NAME;
      const title = names[0].split(" ");
      return phrase.split(" ").every((term) => title.includes(term)) ? TITLE : 1;
    };

    const scored = (page, units, phrase) => {
      const { kind, names } = pages[page.number];
      const scores = page.parts.map(({ own, best, all }) => own + best + FURTHER * (all - best));
      const without = units.filter((_, unit) => !scores[unit]).map(({ text }) => text);
      const factor = nameFactor(names, phrase) * (data.kinds[kind] ?? OTHER) * LACKING ** without.length;
      return { ...page, without, score: scores.reduce((sum, score) => sum + score, 0) * factor };
    };

    /* Sorts pages by score. A page may lack half of the words if its score is a fair share of the best one. */
    const worth = (scoredPages, units) => {
      const most = Math.min(units.length - 1, Math.floor(units.length / 2));
      const sorted = scoredPages
        .filter(({ without }) => without.length <= most)
        .sort((a, b) => b.score - a.score || a.number - b.number);
      return sorted.filter(({ score, without }) => !without.length || score > sorted[0].score * WORTH);
    };

    const foundNowhere = (scoredPages, units) =>
      units
        .map(({ text }) => text)
        .filter((text) => scoredPages.length && scoredPages.every(({ without }) => without.includes(text)));

    const find = (query, count = Infinity) => {
      const units = unitsOf(query);
      const phrase = phraseOf(contentWords(query));
      const scoredPages = worth(
        collectPages(units).map((page) => scored(page, units, phrase)),
        units
      );
      return {
        pages: scoredPages.slice(0, count).map(shown),
        total: scoredPages.length,
        without: foundNowhere(scoredPages, units)
      };
    };

    const shown = ({ number, without, sections, stems }) => {
      const best = [...sections].sort(([a, score], [b, other]) => other - score || a - b);
      const bestTwo = best
        .map(([id]) => sectionOf(id))
        .filter(([, anchor]) => anchor)
        .slice(0, 2);
      let words;
      // Searching for words in texts is slow, so do it only for results that are drawn.
      const isFound = (word) => {
        words ??= new Set([...new Set(stems.flat())].flatMap(wordsOf));
        return words.has(word);
      };
      return {
        ...pages[number],
        without,
        marked: (text) => pieces(text).map((piece, at) => [piece, at % 2 === 1 && folded(piece).some(isFound)]),
        sections: () => bestTwo.map(([, anchor, heading, text]) => ({ anchor, heading, line: bestLine(text, isFound) }))
      };
    };

    /* The section's line with the most words of the query. */
    const bestLine = (text, isFound) => {
      const lines = text.split("\n");
      const counts = lines.map((line) => new Set(folded(line).filter(isFound)).size);
      return lines[counts.indexOf(Math.max(...counts))];
    };

    /* Words of titles and search words, as [folded, as written]. */
    const namingWords = () => {
      const written = new Map();
      for (const { title, words } of pages) {
        for (const piece of [title, ...words].flatMap((text) => pieces(text).filter((_, at) => at % 2))) {
          const [word, ...rest] = folded(piece);
          if (word?.length > 3 && !rest.length && !stop.has(word) && !written.has(word)) written.set(word, piece);
        }
      }
      return [...written];
    };

    let naming;
    const near = (query) => {
      const words = contentWords(query).filter((word) => word.length > 2);
      if (!words.length) return [];
      naming ??= namingWords();
      const compared = naming.flatMap(([word, written]) =>
        words.map((typed) => [distance(typed, word, Math.ceil(typed.length / 2)) / typed.length, written])
      );
      const nearest = compared.filter(([wrong]) => wrong <= 0.5).sort(([a], [b]) => a - b);
      return [...new Set(nearest.map(([, written]) => written))].slice(0, MOST_NEAR);
    };

    return { find, near };
  };

  globalThis.stufenweise = Object.freeze({ ...globalThis.stufenweise, searchEngine });
})();
