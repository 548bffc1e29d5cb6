/* Tells the editor how texts of each kind are read and written. */
(() => {
  const keys = JSON.parse(document.querySelector("#head-keys").textContent);
  for (const [format, of] of Object.entries(keys)) {
    CMS.registerCustomFormat(format, "md", stufenweise.frontMatter(of, jsyaml));
  }
})();
