/* Finds pages by words. Knows no page, and keeps nothing of what is asked.
 *
 * Contract: stufenweise.searchEngine(data, stem), of which `data` is what search_index.py makes, has
 *   find(query, count)   { pages, total, without }: the best pages first; `without` are the words that no page has
 *                        together with the others. A page is { address, kind, title, summary, level, minutes, language,
 *                        without, sections, marked }: sections() gives the best two { anchor, heading, line }, and
 *                        marked(text) [[piece, found], …], a text in pieces, and whether each is a word that was looked for
 *   near(query)          words that titles and search words have, and that look like one that was typed
 */
(() => {
  const { searchWords } = stufenweise;
  const { folded, parts, pieces, distance } = searchWords;

  const SAME_MEANING = 0.7;
  const BEGINNING = 0.5;
  const TYPING_MISTAKE = 0.5;
  const COMPOUND = 0.8;
  const PART_OF_COMPOUND = 0.35;
  const FURTHER_SECTIONS = 0.1;
  const IS_ITS_NAME = 2;
  const IN_ITS_TITLE = 1.25;
  const SHORTEST_BEGINNING = 2;
  const MOST_BEGINNINGS = 12;
  const SHORTEST_MISTAKEN = 5;
  const TWO_MISTAKES = 8;
  /* A page that has not all words has to be far more about the others. */
  const WITHOUT_A_WORD = 0.35;
  const WORTH_SHOWING = 0.15;
  const MOST_NEAR = 4;

  const searchEngine = (data, stem) => {
    /* By its stem: the words that have it and those of which it is a part; in turns how much further the next document is,
     * and what the stem weighs there. */
    const known = new Map(data.index.map(([term, ...row]) => [term, row]));
    const stemmed = new Map(data.index.flatMap(([term, words]) => words.split(" ").map((word) => [word, term])));
    const vocabulary = [...stemmed.keys()];
    const wordsOf = (term) => known.get(term).slice(0, 2).join(" ").split(" ");
    const remember = (word) => {
      if (!stemmed.has(word)) stemmed.set(word, stem(word));
      return stemmed.get(word);
    };
    const stop = new Set(data.stop);
    const language = { stem: remember, links: data.links, never: new Set([...data.stop, ...data.endings]) };
    const first = data.pages.length;
    const pageOf = (id) => (id < first ? id : data.sections[id - first][0]);

    const told = (text) => folded(text).filter((word) => !stop.has(word));
    const key = (text) => told(text).map(remember).join(" ");

    /* Each way to say something leads to all groups of words that mean it. */
    const groups = new Map();
    for (const group of data.same) {
      for (const one of group) groups.set(one, new Set([...(groups.get(one) ?? []), ...group]));
    }
    const longest = Math.max(1, ...[...groups.keys()].map((one) => one.split(" ").length));
    const sayable = new Set([...known.keys(), ...[...groups.keys()].filter((one) => !one.includes(" "))]);

    /* Documents by number: { score, stems }. */
    const hitsOf = new Map();
    const hits = (term) => {
      if (!hitsOf.has(term)) {
        const found = new Map();
        const stems = [term];
        const [, , weights = []] = known.get(term) ?? [];
        let id = 0;
        weights.forEach((number, at) => (at % 2 ? found.set(id, { score: number, stems }) : (id += number)));
        hitsOf.set(term, found);
      }
      return hitsOf.get(term);
    };

    /* The better of several ways to find something, document by document. */
    const either = (ways) => {
      const result = new Map();
      for (const [found, weight] of ways) {
        for (const [id, { score, stems }] of found) {
          if (!result.has(id)) result.set(id, { score: 0, stems: [] });
          const one = result.get(id);
          one.score = Math.max(one.score, score * weight);
          one.stems.push(...stems);
        }
      }
      return result;
    };

    /* What several words find together: a document has all of them. */
    const together = (all) => {
      const [least, ...others] = [...all].sort((one, other) => one.size - other.size);
      if (!others.length) return least;
      const result = new Map();
      for (const [id, { score, stems }] of least) {
        const rest = others.map((found) => found.get(id));
        if (!rest.every(Boolean)) continue;
        result.set(id, { score: rest.reduce((sum, one) => sum + one.score, score), stems: [...stems, ...rest.flatMap((one) => one.stems)] });
      }
      return result;
    };

    /* The same by pages: a page has them in whatever section. */
    const onPages = (all) => {
      const there = all.map((found) => new Set([...found.keys()].map(pageOf)));
      const both = new Set([...(there[0] ?? [])].filter((page) => there.every((pages) => pages.has(page))));
      const result = new Map();
      for (const found of all) {
        for (const [id, { score, stems }] of found) {
          if (!both.has(pageOf(id))) continue;
          if (!result.has(id)) result.set(id, { score: 0, stems: [] });
          const one = result.get(id);
          one.score += score;
          one.stems.push(...stems);
        }
      }
      return result;
    };

    const saying = (one) => together(one.split(" ").map(hits));
    const meanings = (one) => {
      const others = [...(groups.get(one) ?? [])].filter((other) => other !== one);
      return [[saying(one), 1], ...others.map((other) => [saying(other), SAME_MEANING])];
    };

    const beginnings = (word) => {
      const found = vocabulary.filter((one) => one.length > word.length && one.startsWith(word)).sort((a, b) => a.length - b.length);
      const result = new Set();
      for (const one of found) {
        result.add(remember(one));
        if (result.size === MOST_BEGINNINGS) break;
      }
      return [...result];
    };

    const corrected = (word) => {
      const most = word.length >= TWO_MISTAKES ? 2 : 1;
      const found = vocabulary
        .filter((one) => one[0] === word[0] || one[0] === word[1])
        .map((one) => [distance(word, one, most), one])
        .filter(([wrong]) => wrong <= most);
      const least = Math.min(...found.map(([wrong]) => wrong));
      return [...new Set(found.filter(([wrong]) => wrong === least).map(([, one]) => remember(one)))];
    };

    /* All that one word finds. */
    const finds = (word, unfinished) => {
      const ways = meanings(remember(word));
      const isKnown = sayable.has(remember(word));
      const compound = parts(word, sayable, language);
      if (compound.length) {
        const each = compound.map((part) => either(meanings(remember(part))));
        ways.push([onPages(each), COMPOUND]);
        if (!isKnown) ways.push(...each.map((found) => [found, PART_OF_COMPOUND]));
      }
      if (unfinished && word.length >= SHORTEST_BEGINNING) {
        ways.push(...beginnings(word).map((one) => [hits(one), BEGINNING]));
      }
      if (!isKnown && !compound.length && word.length >= SHORTEST_MISTAKEN && !ways.some(([found]) => found.size)) {
        ways.push(...corrected(word).flatMap((one) => meanings(one).map(([found, weight]) => [found, weight * TYPING_MISTAKE])));
      }
      return either(ways);
    };

    const findsPhrase = (said) =>
      either([...meanings(said.map(remember).join(" ")), [onPages(said.map((word) => finds(word, false))), COMPOUND]]);

    /* What the last query's words found: with one more letter most of them are the same. */
    let lately = new Map();

    /* A query as what has to be found: words, or several of them that mean one thing. */
    const units = (query) => {
      const all = folded(query);
      const words = all.some((word) => !stop.has(word)) ? all.filter((word) => !stop.has(word)) : all;
      const result = [];
      const now = new Map();
      for (let at = 0; at < words.length; ) {
        let size = Math.min(longest, words.length - at);
        while (size > 1 && !groups.has(words.slice(at, at + size).map(remember).join(" "))) size -= 1;
        const said = words.slice(at, at + size);
        at += size;
        const unfinished = at === words.length && !/\s$/.test(query);
        const name = `${said.join(" ")}${unfinished ? "*" : ""}`;
        const found = lately.get(name) ?? (size > 1 ? findsPhrase(said) : finds(said[0], unfinished));
        now.set(name, found);
        result.push({ said: said.join(" "), found });
      }
      lately = now;
      return result;
    };

    const nothingYet = (number, asked) => {
      const scores = asked.map(() => ({ own: 0, best: 0, all: 0 }));
      return { number, parts: scores, sections: new Map(), stems: [] };
    };

    const find = (query, count = Infinity) => {
      const asked = units(query);
      const pages = new Map();
      asked.forEach(({ found }, unit) => {
        for (const [id, { score, stems }] of found) {
          const number = pageOf(id);
          if (!pages.has(number)) pages.set(number, nothingYet(number, asked));
          const page = pages.get(number);
          const part = page.parts[unit];
          page.stems.push(stems);
          if (id < first) {
            part.own += score;
          } else {
            part.best = Math.max(part.best, score);
            part.all += score;
            page.sections.set(id, (page.sections.get(id) ?? 0) + score);
          }
        }
      });
      const whole = key(query);
      const stemsAsked = whole.split(" ");
      for (const page of pages.values()) {
        const scores = page.parts.map(({ own, best, all }) => own + best + FURTHER_SECTIONS * (all - best));
        page.without = asked.filter((_, unit) => !scores[unit]).map(({ said }) => said);
        const names = data.pages[page.number][8];
        const title = names[0].split(" ");
        const name = names.includes(whole) ? IS_ITS_NAME : stemsAsked.every((one) => title.includes(one)) ? IN_ITS_TITLE : 1;
        const kind = data.kinds[data.pages[page.number][1]] ?? 0.4;
        page.score = scores.reduce((sum, one) => sum + one, 0) * name * kind * WITHOUT_A_WORD ** page.without.length;
      }
      const most = Math.min(asked.length - 1, Math.floor(asked.length / 2));
      const found = [...pages.values()]
        .filter(({ without }) => without.length <= most)
        .sort((a, b) => b.score - a.score || a.number - b.number);
      const least = (found[0]?.score ?? 0) * WORTH_SHOWING;
      const worth = found.filter(({ score, without }) => !without.length || score > least);
      const isMissing = (said) => worth.length && worth.every(({ without }) => without.includes(said));
      const never = asked.map(({ said }) => said).filter(isMissing);
      return { pages: worth.slice(0, count).map(shown), total: worth.length, without: never };
    };

    const shown = ({ number, without, sections, stems }) => {
      const [address, kind, title, summary, level, minutes, ofLanguage] = data.pages[number];
      const best = [...sections].sort(([a, one], [b, other]) => other - one || a - b);
      const bestTwo = best.map(([id]) => data.sections[id - first]).filter(([, anchor]) => anchor).slice(0, 2);
      let words;
      // To look for words in texts takes longest: only what is drawn is asked for it.
      const isFound = (word) => (words ??= new Set([...new Set(stems.flat())].flatMap(wordsOf))).has(word);
      return {
        address, kind, title, summary, level, minutes, language: ofLanguage, without,
        marked: (text) => pieces(text).map((piece, at) => [piece, at % 2 === 1 && folded(piece).some(isFound)]),
        sections: () => bestTwo.map(([, anchor, heading, text]) => ({ anchor, heading, line: bestLine(text, isFound) })),
      };
    };

    /* The line of a section that has most of what was looked for. */
    const bestLine = (text, isFound) => {
      const lines = text.split("\n");
      const counts = lines.map((line) => new Set(folded(line).filter(isFound)).size);
      return lines[counts.indexOf(Math.max(...counts))];
    };

    /* Words of titles and search words, folded, and as they are written. */
    const namingWords = () => {
      const written = new Map();
      for (const [, , title, , , , , words] of data.pages) {
        for (const one of [title, ...words].flatMap((text) => pieces(text).filter((_, at) => at % 2))) {
          const [word, ...rest] = folded(one);
          if (word?.length > 3 && !rest.length && !stop.has(word) && !written.has(word)) written.set(word, one);
        }
      }
      return [...written];
    };

    let naming;
    const near = (query) => {
      const wanted = folded(query).filter((word) => !stop.has(word) && word.length > 2);
      if (!wanted.length) return [];
      naming ??= namingWords();
      const found = naming.flatMap(([word, one]) => wanted.map((typed) => [distance(typed, word, Math.ceil(typed.length / 2)) / typed.length, one]));
      const nearest = found.filter(([wrong]) => wrong <= 0.5).sort(([a], [b]) => a - b);
      return [...new Set(nearest.map(([, one]) => one))].slice(0, MOST_NEAR);
    };

    return { find, near };
  };

  globalThis.stufenweise = Object.freeze({ ...globalThis.stufenweise, searchEngine });
})();
