/* Exports and imports the pair's data, as a file or as a short text for links and QR codes. No page, no storage.
 *
 * Contract: stufenweise.keptState. A state is { name, kept: { KIND: entries } }, see kept-entries.js.
 *   toFile(state)               the state as JSON that people can read
 *   fromFile(file)              resolves to the result for a File that the user has chosen
 *   fromText(text)              resolves to the result for such a text
 *   toLinks(address, state)     resolves to two addresses with a short text behind "#", compressed and with a checksum; the
 *                               second without the texts that were typed into the tutorials
 *   inLink(text)                the short text in such an address
 *   ticks(state)                the list of ticked ids
 * Reading gives { state }, or { fault }: "wrong" (broken, or not ours), "newer" (of a later version) or "large".
 */
(() => {
  const FORMAT = "stufenweise";
  /* Increase it when older versions could not read the data any more. */
  const VERSION = 1;
  /* Limits for what we read, far above real data, so that a foreign file or link can not freeze the page: characters of
   * a short text, characters of a file and bytes of an unpacked text, entries in all. */
  const LONGEST = 60_000;
  const LARGEST = 1e6;
  const MOST = 20_000;
  /* Before the text in a link; pair-carry.js looks for it. */
  const MARK = "stand=";
  /* Ids of boxes, see checklist.js. */
  const ITEM = /^(levels|tutorials)(\/[a-z0-9-]+){2}$/;
  const {
    keptEntries: { mapValues, toValue, fromRecord, timesOf },
    keptShapes: { KINDS, isOurs, isTime, right }
  } = stufenweise;

  const isRight = (kept) =>
    Object.entries(kept).every(([kind, entries]) => {
      const all = Object.entries(entries);
      const shape = toValue(kind, entries);
      return (
        all.every(([, [time]]) => isTime(time) && time >= 0) &&
        right(kind, shape) &&
        (KINDS[kind] || shape.every((id) => ITEM.test(id)))
      );
    });

  /* Returns { state } with the kinds that this version knows, or a fault if their shape is wrong or there are too many
   * entries. */
  const stateOrFault = (name, kept) => {
    try {
      const known = Object.fromEntries(Object.entries(kept).filter(([kind]) => isOurs(kind)));
      const much = Object.values(known).flatMap(Object.keys).length;
      if (much > MOST) return { fault: "large" };
      if (isRight(known)) return { state: { name: typeof name === "string" ? name.slice(0, 60) : "", kept: known } };
    } catch {
      // Not ours.
    }
    return { fault: "wrong" };
  };

  // A file

  const toFile = ({ name, kept }) => {
    const values = mapValues(kept, (entries, kind) => toValue(kind, entries));
    return JSON.stringify(
      { format: FORMAT, version: VERSION, name, ticks: [], ...values, times: mapValues(kept, timesOf) },
      null,
      1
    );
  };

  const parsed = (text) => {
    if (text.length > LARGEST) return { fault: "large" };
    try {
      const { format, version, name, times = {}, ...values } = JSON.parse(text);
      if (format !== FORMAT || !values.ticks) return { fault: "wrong" };
      if (version > VERSION) return { fault: "newer" };
      const kept = {};
      for (const kind of Object.keys(KINDS).filter((kind) => values[kind])) {
        const record = { value: values[kind], times: times[kind] };
        if (!right(kind, record.value, record.times)) return { fault: "wrong" };
        kept[kind] = fromRecord(kind, record);
      }
      return stateOrFault(name, kept);
    } catch {
      return { fault: "wrong" };
    }
  };

  /* A file that is too large is not read. */
  const fromFile = async (file) => (file.size > LARGEST ? { fault: "large" } : parsed(await file.text()));

  // A text

  const bytesOf = (text) => new TextEncoder().encode(text);

  const through = async (bytes, stream, most) => {
    const parts = [];
    let size = 0;
    const reader = new Blob([bytes]).stream().pipeThrough(stream).getReader();
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      size += part.value.length;
      if (size > most) throw new RangeError();
      parts.push(part.value);
    }
    return new Uint8Array(await new Blob(parts).arrayBuffer());
  };

  /* Adler-32, for browsers without compression; compressed data has it built in. */
  const sum = (bytes) => {
    let [a, b] = [1, 0];
    for (const byte of bytes) {
      a = (a + byte) % 65521;
      b = (b + a) % 65521;
    }
    return (b * 65536 + a).toString(36);
  };

  const toBase64 = (bytes) =>
    btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""))
      .replace(/\+/g, "-")
      .replace(/\//g, "_")
      .replace(/=+$/, "");
  const fromBase64 = (text) =>
    Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));

  /* The same entries with `by` seconds added to each time. */
  const shifted = (kept, by) =>
    mapValues(kept, (entries) => mapValues(entries, ([time, ...leaf]) => [time + by, ...leaf]));

  const toText = async ({ name, kept }) => {
    const times = Object.values(kept).flatMap((entries) => Object.values(entries).map(([time]) => time));
    const first = times.length ? times.reduce((least, time) => Math.min(least, time)) : 0;
    const bytes = bytesOf(JSON.stringify([name, first, shifted(kept, -first)]));
    if (!globalThis.CompressionStream) return `${VERSION}p.${sum(bytes)}.${toBase64(bytes)}`;
    return `${VERSION}c.${toBase64(await through(bytes, new CompressionStream("deflate"), LARGEST))}`;
  };

  const fromText = async (text) => {
    const [, version, way, check = "", data] =
      /^(\d+)([a-z])\.(?:(\w+)\.)?([\w-]+)$/.exec(text.replace(/\s/g, "")) ?? [];
    if (version > VERSION) return { fault: "newer" };
    if (!data) return { fault: "wrong" };
    if (data.length > LONGEST) return { fault: "large" };
    try {
      const given = fromBase64(data);
      const bytes = way === "c" ? await through(given, new DecompressionStream("deflate"), LARGEST) : given;
      if (way === "p" && sum(bytes) !== check) return { fault: "wrong" };
      const [name, first, kinds] = JSON.parse(new TextDecoder().decode(bytes));
      return stateOrFault(name, shifted(kinds, first));
    } catch (error) {
      return { fault: error instanceof RangeError ? "large" : "wrong" };
    }
  };

  const toLinks = (address, { name, kept: { words, ...kept } }) => {
    const link = async (kinds) => `${address.split("#")[0]}#${MARK}${await toText({ name, kept: kinds })}`;
    return Promise.all([link({ ...kept, ...(words && { words }) }), link(kept)]);
  };
  const inLink = (text) => text.trim().split(`#${MARK}`).at(-1);

  const ticks = ({ kept }) => toValue("ticks", kept.ticks ?? {});

  globalThis.stufenweise = Object.freeze({
    ...globalThis.stufenweise,
    keptState: Object.freeze({ ticks, toFile, fromFile, fromText, toLinks, inLink })
  });
})();
