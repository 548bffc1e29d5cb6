/* Narrows the tutorials down, in the table and in the field of dots, and keeps the choice in the address.
 *
 * Contract: form[data-find] with fields named like the facets; [data-choices=FACET] lists what each offers;
 * tr[data-tutorial] with data-level, -orientation, -effort, -minutes, -goals, -items; other [data-tutorial] follow it.
 * The choice stands behind the "#", which no server is told and which works from file:// too.
 */
(() => {
  const PAUSE = 400;
  const { store } = globalThis.stufenweise;
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const [form] = all("[data-find]");
  const [status] = all("[role=status]", form);
  const [clear] = all("[type=reset]", form);
  const rows = all("tr[data-tutorial]");
  const followers = all("li:has(> [data-tutorial])");

  /* Spelling aside: capitals, accents, "ae" for "ä". */
  const plain = (text) =>
    text
      .toLowerCase()
      .replace(/[äöü]/g, (sign) => ({ ä: "ae", ö: "oe", ü: "ue" })[sign])
      .replaceAll("ß", "ss")
      .normalize("NFD")
      .replace(/\p{M}/gu, "");
  const texts = new Map(rows.map((row) => [row, plain(row.textContent)]));

  const state = ({ dataset }, ticks) => {
    const items = dataset.items.split(" ");
    const n = items.filter((item) => ticks.has(item)).length;
    return n === items.length ? ["done"] : n ? ["open", "started"] : ["open"];
  };

  /* What is wanted of a facet becomes the question whether a row has it. */
  const tests = {
    level(wanted) {
      const levels = wanted.split(",");
      return ({ dataset }) => levels.includes(dataset.level);
    },
    orientation: (wanted) => ({ dataset }) => [wanted, "both"].includes(dataset.orientation),
    effort: (wanted) => ({ dataset }) => Number(dataset.effort) <= wanted,
    minutes: (wanted) => ({ dataset }) => Number(dataset.minutes) <= wanted,
    goal: (wanted) => ({ dataset }) => dataset.goals.split(" ").includes(wanted),
    state(wanted) {
      const ticks = new Set(store.list("ticks"));
      return (row) => state(row, ticks).includes(wanted);
    },
    q(wanted) {
      const words = plain(wanted).split(/\s+/);
      return (row) => words.every((word) => texts.get(row).includes(word));
    },
  };

  const chosen = () => {
    const data = new FormData(form);
    const found = Object.keys(tests).map((name) => [name, data.getAll(name).join(",").trim()]);
    return found.filter(([, value]) => value);
  };

  let pending;
  const announce = (text, pause) => {
    clearTimeout(pending);
    pending = setTimeout(() => (status.textContent = text), pause);
  };

  const draw = (pause = 0) => {
    const wanted = chosen().map(([name, value]) => tests[name](value));
    for (const row of rows) row.hidden = !wanted.every((has) => has(row));
    const left = new Set(rows.filter((row) => !row.hidden).map((row) => row.dataset.tutorial));
    for (const item of followers) item.hidden = !left.has(item.firstElementChild.dataset.tutorial);
    clear.hidden = !wanted.length;
    const { count, none } = status.dataset;
    announce(left.size ? count.replace("{n}", left.size).replace("{m}", rows.length) : none, pause);
  };

  const remember = (typing) => {
    const address = `#${new URLSearchParams(chosen())}`;
    if (address === location.hash || (address === "#" && !location.hash)) return;
    history[typing ? "replaceState" : "pushState"](null, "", address);
  };

  /* Whatever the address says that there is no choice for is left out. */
  const recall = () => {
    const said = new URLSearchParams(location.hash.slice(1));
    for (const field of form.elements) {
      const value = said.get(field.name) ?? "";
      if (field.type === "checkbox") field.checked = value.split(",").includes(field.value);
      else if (field.tagName === "SELECT") field.value = all("option", field).some((one) => one.value === value) ? value : "";
      else if (field.type === "search") field.value = value;
    }
    draw();
  };

  for (const { dataset, children } of all("[data-choices]")) {
    for (const { dataset: choice, textContent } of children) {
      if (dataset.choices === "level") {
        const label = document.createElement("label");
        const box = document.createElement("input");
        Object.assign(box, { type: "checkbox", name: "level", value: choice.value });
        label.append(box, ` ${textContent}`);
        all(".find__levels", form)[0].append(label);
      } else {
        form.elements[dataset.choices].append(new Option(textContent, choice.value));
      }
    }
  }

  form.addEventListener("input", ({ target: { type } }) => {
    remember(type === "search");
    draw(type === "search" ? PAUSE : 0);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () =>
    // The fields are emptied after this has been heard.
    setTimeout(() => {
      for (const box of all("[type=checkbox]", form)) box.checked = false;
      remember();
      draw();
      form.elements.q.focus();
    }),
  );
  addEventListener("popstate", recall);
  addEventListener("hashchange", recall);
  store.subscribe(() => draw());
  all(".find-choices")[0].after(form);
  form.hidden = false;
  recall();
})();
