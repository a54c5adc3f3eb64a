/* Behaviour that HTML lacks, by delegation, so that it works before the page is hydrated:
   [data-opens] and [data-closes] for dialogs, [data-looks] for links that open a sheet instead,
   docked sheets, arrow keys and place of menus, [data-draft] for forms that survive a reload. */
(() => {
  const wide = matchMedia("(min-width: 1200px)");
  const phone = matchMedia("(max-width: 767px)");
  const isDocked = (dialog) => dialog.classList.contains("sheet--docked");
  const isModal = (dialog) => dialog.matches(":modal");

  /* A dialog about one of many waits until it is about that one: else what is typed at once goes. */
  function open(id, about) {
    const dialog = document.getElementById(id);
    if (dialog && about && dialog.dataset.about !== about) {
      const again = (_, seen) => seen.disconnect() ?? open(id, about);
      return new MutationObserver(again).observe(dialog, { attributeFilter: ["data-about"] });
    }
    if (!dialog || dialog.open && (isModal(dialog) || wide.matches)) return;
    dialog.close();
    const isBeside = isDocked(dialog) && wide.matches;
    if (isDocked(dialog)) dialog.setAttribute("closedby", isBeside ? "closerequest" : "any");
    dialog[isBeside ? "show" : "showModal"]();
  }

  function place(menu) {
    const button = document.querySelector(`[popovertarget="${menu.id}"]`);
    if (!button) return;
    const at = button.getBoundingClientRect();
    const below = at.bottom + 4 + menu.offsetHeight <= innerHeight;
    const top = below ? at.bottom + 4 : Math.max(8, at.top - 4 - menu.offsetHeight);
    const left = at.left + menu.offsetWidth <= innerWidth - 8 ? at.left : at.right - menu.offsetWidth;
    menu.style.top = `${top}px`;
    menu.style.left = `${Math.max(8, Math.min(left, innerWidth - 8 - menu.offsetWidth))}px`;
    if (phone.matches) menu.style.maxWidth = `${innerWidth - 16}px`;
  }

  function move(event, items, at) {
    const next = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 }[event.key];
    const letter = event.key.length === 1 && !event.ctrlKey && !event.metaKey;
    const found = letter && [...items.slice(at + 1), ...items.slice(0, at + 1)].find(
      (item) => item.textContent.trim().toLowerCase().startsWith(event.key.toLowerCase()));
    const item = next === undefined ? found : items.at(next % items.length);
    if (!item) return;
    event.preventDefault();
    item.focus();
  }

  /* The sheet opens at once and is busy until arrived() says that what was asked for is there. */
  function look(link) {
    const sheet = document.getElementById(link.dataset.looks);
    sheet.dataset.wants = link.dataset.key;
    sheet.setAttribute("aria-busy", "true");
    if (sheet.contains(link)) return;
    sheet.close();
    open(sheet.id);
  }
  function arrived(id, key) {
    const sheet = document.getElementById(id);
    if (sheet?.dataset.wants !== key) return;
    sheet.removeAttribute("aria-busy");
    sheet.querySelector(".sheet__body").scrollTop = 0;
  }

  /* On its way down: with a key the browser follows the link, and the page does not hear of it. */
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("[data-looks]");
    if (!link || link.getAttribute("aria-disabled") === "true") return;
    const hasKey = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    if (hasKey) return event.stopPropagation();
    event.preventDefault();
    look(link);
  }, true);

  document.addEventListener("click", (event) => {
    const opener = event.target.closest?.("[data-opens]");
    event.target.closest?.("[role=menuitem]")?.closest("[popover]")?.hidePopover();
    if (opener) open(opener.dataset.opens);  // after the menu, so that the focus returns to its button
    event.target.closest?.("[data-closes]")?.closest("dialog")?.close();
    const given = event.target.closest?.("[data-forgets]");
    if (given) forget();
    if (given?.dataset.forgets === "reload") location.reload();
    const isOutside = event.target.matches?.("dialog[closedby=any]:modal");
    if (isOutside && !("closedBy" in event.target)) event.target.close();
  });

  document.addEventListener("toggle", (event) => {
    if (!event.target.matches?.(".menu") || event.newState !== "open") return;
    place(event.target);
    event.target.querySelector("[role=menuitem]")?.focus();
  }, true);

  document.addEventListener("keydown", (event) => {
    const menu = event.target.closest?.("[role=menu]");
    if (menu && event.key === "Tab") menu.hidePopover();
    else if (menu) {
      const items = [...menu.querySelectorAll("[role=menuitem]")];
      move(event, items, items.indexOf(document.activeElement));
    } else if (event.key === "Escape" && !document.querySelector("dialog:modal, :popover-open")) {
      document.querySelector("dialog.sheet--docked[open]")?.close();
    }
  });

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

  window.kit = { ...window.kit, open, arrived, forget, close: (id) => document.getElementById(id)?.close() };
})();
