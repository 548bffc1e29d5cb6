/* The planner's list of chosen tutorials, with buttons to move one up or down or to remove it.
 *
 * Reads: [data-own] with data-up, -down, -remove, the names of the buttons, and data-added, -moved, -removed, what its
 *   [aria-live] announces; its <ol> is the list. The form's select "add" gets the focus when a tutorial is removed.
 * Contract: stufenweise.plannerSelection
 *   draw(slugs, changed)     draws the list. A button changes `slugs` itself and calls changed(), which draws again
 *   announce(word, values)       announces the sentence data-{word}: "added", "moved" or "removed"
 */
(() => {
  const { dom, plannerOffer } = stufenweise;
  const { all, fill, make, makeButton } = dom;
  const { named, title } = plannerOffer;
  const [own] = all("[data-own]");
  const [status] = all("[aria-live]", own);
  const [list] = all("ol", own);
  const [add] = all("[name=add]", own);

  const announce = (word, values) => (status.textContent = fill(own.dataset[word], values));

  const button = (name, slug, sign, onclick, able = true) => {
    const ariaLabel = fill(own.dataset[name], { title: title(slug) });
    return makeButton(sign, { className: "control", disabled: !able, onclick, ariaLabel });
  };

  const draw = (slugs, changed) => {
    const entry = (slug, index) => {
      const move = (step) => () => {
        slugs.splice(index + step, 0, ...slugs.splice(index, 1));
        changed();
        const [up, down] = all("button", list.children[index + step]);
        (up.disabled || (step > 0 && !down.disabled) ? down : up).focus();
        announce("moved", { title: title(slug), n: index + step + 1 });
      };
      const remove = () => {
        slugs.splice(index, 1);
        changed();
        add.focus();
        announce("removed", { title: title(slug) });
      };
      const up = button("up", slug, "↑", move(-1), index > 0);
      const down = button("down", slug, "↓", move(1), index < slugs.length - 1);
      return make("li", named("span", slug), up, down, button("remove", slug, "×", remove));
    };
    list.replaceChildren(...slugs.map(entry));
  };

  globalThis.stufenweise = Object.freeze({
    ...globalThis.stufenweise,
    plannerSelection: Object.freeze({ draw, announce })
  });
})();
