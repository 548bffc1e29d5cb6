// Sends the reader to the first of the browser's languages that the site has. Nothing is kept.
// Without a match the page stays, and its list of languages is the choice.
(() => {
  const { languages, root = "" } = document.currentScript.dataset;
  const offered = languages.split(" ");

  // RFC 4647, 3.4 (lookup): "de-AT" finds "de"; beyond it, "pt" finds "pt-BR".
  const find = (wanted) => {
    const parts = wanted.toLowerCase().split("-");
    for (let length = parts.length; length > 0; length -= 1) {
      const range = parts.slice(0, length).join("-");
      const match = offered.find((code) => code.toLowerCase() === range);
      if (match) return match;
    }
    return offered.find((code) => code.toLowerCase().startsWith(`${parts[0]}-`));
  };

  const language = navigator.languages.map(find).find(Boolean);
  if (language) {
    // A folder opened from a disk has no server that would look for its index.
    const page = location.protocol === "file:" ? "index.html" : "";
    location.replace(`${root}${language}/${page}`);
  }
})();
