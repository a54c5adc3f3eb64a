/* Elements as people name them, in any engine: in(scope), role and name, or the words of a label.
   Returns where to press the visible element, and whether it is in use and not covered. */
(role, name, scope) => {
  const SELECTORS = {
    button: "button, [role=button], summary",
    link: "a[href]",
    menuitem: "[role=menuitem]",
    menu: "[role=menu]",
    dialog: "dialog",
    heading: "h1, h2, h3",
    field: "input:not([type=hidden]), textarea, select",
  };
  const words = (text) => (text ?? "").replace(/\s+/g, " ").trim();
  const named = (element) =>
    words(
      [...(element.getAttribute("aria-labelledby")?.split(" ") ?? [])]
        .map((id) => document.getElementById(id)?.textContent).join(" ") ||
        element.getAttribute("aria-label") ||
        [...(element.labels ?? [])].map((label) => label.textContent).join(" ") ||
        element.innerText,
    );
  const isVisible = (element) => element.checkVisibility({ visibilityProperty: true }) &&
    element.getBoundingClientRect().height > 0;
  const top = [...document.querySelectorAll("dialog:modal")].at(-1);
  const within = scope ? document.querySelector(scope) : (top ?? document);
  const found = [...(within?.querySelectorAll(SELECTORS[role]) ?? []), ...(top?.matches(SELECTORS[role]) ? [top] : [])]
    .filter((element) => isVisible(element) && named(element).includes(name));
  const element = found.find((each) => named(each) === name) ?? found[0];
  if (!element) return null;
  element.scrollIntoView({ block: "nearest" });
  const box = element.getBoundingClientRect();
  const [x, y] = [box.x + Math.min(box.width / 2, 40), box.y + Math.min(box.height / 2, 40)];
  const hit = document.elementFromPoint(x, y);
  const isHit = element.contains(hit) || [...(element.labels ?? [])].some((label) => label.contains(hit));
  const isReady = !element.matches(":disabled, [aria-disabled=true], [aria-busy=true] *");
  return { x, y, isHit, isReady, hit: hit?.outerHTML.slice(0, 120), value: element.value ?? null,
    isFocused: element === document.activeElement };
}
