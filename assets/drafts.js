/* Forms that survive a reload, by delegation: [data-draft] and, to give up, [data-forgets]. */
(() => {
  /* [data-draft]: what is typed into the form stays in this tab until it is sent (kit.forget), given
     up ([data-forgets]) or the sign-in that the value stands for ends; a reload puts it back. */
  const DRAFT = "draft:";
  const here = () => DRAFT + location.pathname.replace(/\/$/, "");
  const forget = (path) => sessionStorage.removeItem(path ? DRAFT + path : here());
  const forgetAll = () => Object.keys(sessionStorage).filter((key) => key.startsWith(DRAFT)).forEach(
    (key) => sessionStorage.removeItem(key));
  const fields = (form) => [...form.elements].filter(
    ({ name, type }) => name && !["hidden", "file", "password"].includes(type));

  function keep({ target, type }) {
    const form = target.closest?.("form[data-draft]");
    if (!form?.dataset.draft || type === "focusout" && !sessionStorage.getItem(here())) return;
    const typed = fields(form).map(({ name, value, checked }) => [name, value, checked]);
    sessionStorage.setItem(here(), JSON.stringify({ whose: form.dataset.draft, typed }));
  }
  for (const type of ["input", "change", "focusout"]) document.addEventListener(type, keep);

  function refill(form) {
    form.dataset.filled = "true";
    const { whose, typed } = JSON.parse(sessionStorage.getItem(here()));
    if (whose !== form.dataset.draft) return forgetAll();
    for (const field of fields(form)) {
      const isChoice = ["radio", "checkbox"].includes(field.type);
      const [, value, checked] = typed.find(
        (each) => each[0] === field.name && (!isChoice || each[1] === field.value)) ?? [];
      if (isChoice && checked !== undefined && checked !== field.checked) field.click();
      if (isChoice || value === undefined || value === field.value) continue;
      Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), "value").set.call(field, value);
      ["input", "change"].forEach((type) => field.dispatchEvent(new Event(type, { bubbles: true })));
    }
    form.querySelectorAll("[data-refilled]").forEach((note) => { note.hidden = false; });
  }
  new MutationObserver(() => {
    if (!sessionStorage.getItem(here())) return;
    const form = document.querySelector("form[data-draft]:not([data-draft=''], [data-filled])");
    if (form) refill(form);
  }).observe(document, { childList: true, subtree: true, attributeFilter: ["data-draft"] });

  const signedOut = new BroadcastChannel("signed-out");
  signedOut.onmessage = forgetAll;
  document.addEventListener("submit", ({ target }) => {
    if (!target.matches("[action='/auth/sign-out']")) return;
    forgetAll();
    signedOut.postMessage("");
  });
  document.addEventListener("click", (event) => {
    const given = event.target.closest?.("[data-forgets]");
    if (given) forget();
    if (given?.dataset.forgets === "reload") location.reload();
  });

  window.kit = { ...window.kit, forget };
})();
