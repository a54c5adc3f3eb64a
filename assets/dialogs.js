/* Behaviour of dialogs, sheets, menus and places that HTML lacks, by delegation, so that it works before
   the page is hydrated: [data-opens] and [data-closes] for dialogs, [data-asks] for buttons that have
   one filled first, [data-looks] for links that open a sheet instead, docked sheets, arrow keys and
   place of menus, links within a page. The build joins the scripts of this folder into one. */
(() => {
  const wide = matchMedia("(min-width: 1200px)");
  const phone = matchMedia("(max-width: 767px)");
  const isDocked = (dialog) => dialog.classList.contains("sheet--docked");
  const isModal = (dialog) => dialog.matches(":modal");

  /* A dialog about one of many waits until it is about that one: else what is typed at once goes. */
  const PATIENCE = 5000;
  let wait = null;

  function endWait() {
    wait?.seen.disconnect();
    clearTimeout(wait?.timer);
    wait = null;
  }

  function waitFor(dialog, about) {
    const seen = new MutationObserver(() => open(dialog.id, about));
    seen.observe(dialog, { attributeFilter: ["data-about"] });
    wait = { seen, timer: setTimeout(endWait, PATIENCE) };
  }

  /* Of presses on a slow line the last one opens its dialog: what the answer to an earlier one opened
     would change under the typing hand. Those whose answer has not come stand here, oldest first. */
  let presses = [];
  const pressOf = (id, about) => `${id} ${about}`;

  function answer(id, about) {
    const press = pressOf(id, about);
    presses = presses.slice(presses.indexOf(press) + 1);
    if (!about || presses.every((later) => later === press)) open(id, about);
  }

  function open(id, about) {
    const dialog = document.getElementById(id);
    endWait();
    if (dialog && about && dialog.dataset.about !== about) return waitFor(dialog, about);
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
  const hasKey = (event) => event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("[data-looks]");
    if (!link || link.getAttribute("aria-disabled") === "true") return;
    if (hasKey(event)) return event.stopPropagation();
    event.preventDefault();
    look(link);
  }, true);

  /* The client's router would leave the focus on a link within the page: the next Tab went on there. */
  const pathOf = (where) => where.origin + where.pathname.replace(/\/$/, "");
  const isSameSearch = (link) => ["", location.search].includes(link.search);
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href*='#']");
    const isHere = link && !hasKey(event) && pathOf(link) === pathOf(location) && isSameSearch(link);
    const there = isHere && document.getElementById(link.hash.slice(1));
    if (!there) return;
    event.preventDefault();
    if (there.tabIndex < 0) there.tabIndex = -1;
    there.scrollIntoView();
    there.focus({ preventScroll: true });
  }, true);

  document.addEventListener("click", (event) => {
    const asker = event.target.closest?.("[data-asks]");
    if (!asker) return;
    endWait();
    presses.push(pressOf(asker.dataset.asks, asker.dataset.key));
  }, true);

  document.addEventListener("click", (event) => {
    const opener = event.target.closest?.("[data-opens]");
    event.target.closest?.("[role=menuitem]")?.closest("[popover]")?.hidePopover();
    if (opener) open(opener.dataset.opens);  // after the menu, so that the focus returns to its button
    event.target.closest?.("[data-closes]")?.closest("dialog")?.close();
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

  window.kit = { ...window.kit, open: answer, arrived, close: (id) => document.getElementById(id)?.close() };
})();
