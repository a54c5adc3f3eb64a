/* Behaviour of forms that HTML lacks, by delegation: [data-send] for forms of routes, [data-files]
   for uploads, [data-composer] for messages, [data-copies] for what is pasted elsewhere. */
(() => {
  /* [data-send]: a form for a route. Sent from here, a refusal keeps what was typed and stands
     beside its field; without this script the browser sends it and gets a page that says why. */
  const zone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;
  const typed = (input) => `typed-${input.name}`;

  function say(form, title, errors = {}) {
    const alert = form.querySelector("[role=alert]");
    alert.hidden = !title;
    alert.lastElementChild.textContent = title;
    for (const line of form.querySelectorAll("[data-error]")) {
      const words = errors[line.dataset.error] ?? "";
      line.hidden = !words;
      line.lastElementChild.textContent = words;
      form.querySelectorAll(`[name="${line.dataset.error}"]`).forEach(
        (control) => control.setAttribute("aria-invalid", String(words !== "")));
    }
    form.querySelector("[aria-invalid=true]")?.focus();
  }

  async function send(form, button) {
    const query = new URLSearchParams(location.search);
    form.querySelectorAll("[data-query]").forEach((input) => { input.value = query.get(input.name) ?? ""; });
    form.querySelectorAll("input[data-zone]").forEach((input) => { input.value = zone(); });
    form.querySelectorAll("[data-keep]").forEach((input) => sessionStorage.setItem(typed(input), input.value));
    const headers = { Accept: "application/problem+json" };
    const body = new URLSearchParams(new FormData(form));
    button?.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(form.getAttribute("action"), { method: "POST", headers, body });
      if (answer.ok) return location.assign(answer.url);
      const problem = await answer.json();
      say(form, problem.title, problem.errors);
    } catch { say(form, form.dataset.offline); }
    button?.removeAttribute("aria-busy");
  }

  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-send]")) return;
    event.preventDefault();
    const button = event.submitter;
    if (button?.getAttribute("aria-busy") !== "true") send(event.target, button);
  });

  document.querySelectorAll("[data-keep]").forEach((input) => { input.value ||= sessionStorage.getItem(typed(input)) ?? ""; });
  document.querySelectorAll("select[data-zone]").forEach((select) => {
    if ([...select.options].some((option) => option.value === zone())) select.value = zone();
  });

  /* [data-files]: uploads each file at once; its hidden field sends their ids with the form.
     [data-composer]: keeps what was typed until kit.sent(); a message sent twice has one nonce. */
  const tell = (box, key, name, percent) => box.querySelector("[role=status]").replaceChildren(
    (box.dataset[key] ?? key).replace("{name}", () => name).replace("{percent}", percent));
  const listFiles = (box) => { box.querySelector("[type=hidden]").value =
    [...box.querySelectorAll("li")].map((row) => row.dataset.file).join(","); };
  const clearFiles = () => document.querySelectorAll("[data-files]").forEach((box) => {
    box.querySelectorAll("li, [role=status]").forEach((each) => each.matches("li") ? each.remove() : each.replaceChildren());
    listFiles(box);
  });

  function addFile(box, { id, name, size }) {
    const [row, words, button] = ["li", "span", "button"].map((tag) => document.createElement(tag));
    words.append(`${name}, ${size}`);
    Object.assign(button, { type: "button", className: "btn btn--ghost btn--icon", textContent: "\u00d7" });
    button.setAttribute("aria-label", box.dataset.remove.replace("{name}", () => name));
    button.onclick = () => { row.remove(); listFiles(box); tell(box, "removed", name); box.querySelector("[type=file]").focus(); };
    Object.assign(row.dataset, { file: id });
    row.append(words, button);
    box.querySelector("ul").append(row);
    listFiles(box);
  }

  const upload = (box, file) => new Promise((done) => {
    const request = new XMLHttpRequest();
    request.open("POST", `${box.dataset.files}?name=${encodeURIComponent(file.name)}`);
    request.setRequestHeader("Accept", "application/json");
    request.responseType = "json";
    request.upload.onprogress = (event) => tell(box, "progress", file.name, Math.round(100 * event.loaded / event.total));
    request.onloadend = () => {
      if (request.status === 201) addFile(box, request.response);
      tell(box, request.status === 201 ? "done" : request.response?.title ?? "failed", file.name);
      done(request.status === 201 ? "" : box.querySelector("[role=status]").textContent);
    };
    request.send(file);
  });

  async function addFiles(box, chosen) {
    const faults = [];
    box.setAttribute("aria-busy", "true");
    for (const file of [...chosen]) faults.push(await upload(box, file));
    box.removeAttribute("aria-busy");
    if (faults.some(Boolean)) tell(box, faults.filter(Boolean).join(" "));
  }

  document.addEventListener("change", (event) => {
    const box = event.target.matches("[data-files] [type=file]") && event.target.closest("[data-files]");
    if (box) addFiles(box, event.target.files).then(() => { event.target.value = ""; });
  });
  for (const kind of ["dragover", "dragleave", "drop"]) document.addEventListener(kind, (event) => {
    const box = event.target.closest?.("[data-files]");
    if (!box || kind !== "dragleave" && event.preventDefault()) return;
    box.classList.toggle("is-over", kind === "dragover");
    if (kind === "drop") addFiles(box, event.dataTransfer.files);
  });
  document.addEventListener("submit", (event) => {
    const box = event.target.querySelector("[data-files][aria-busy=true]");
    if (box) { event.preventDefault(); event.stopImmediatePropagation(); tell(box, "wait"); }
    if (!event.target.matches("[data-composer]")) return;
    const { nonce, body } = event.target.elements;
    nonce.value ||= [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16)).join("-");
    event.target.dataset.sent = body.value;
  }, true);
  document.addEventListener("keydown", (event) => {
    const form = event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.closest?.("[data-composer]");
    if (form) form.requestSubmit(form.querySelector("[type=submit]:enabled"));
  });
  const sent = () => document.querySelectorAll("[data-composer]").forEach((form) => {
    const { nonce, body } = form.elements;
    body.value = body.value.startsWith(form.dataset.sent) ? body.value.slice(form.dataset.sent.length) : body.value;
    nonce.value = form.dataset.sent = "";
  });

  /* [data-copies]: its value goes onto the clipboard; the status after the button says so aloud. */
  function copyOldWay(button) {
    const area = Object.assign(document.createElement("textarea"), { value: button.dataset.copies });
    button.after(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    button.focus();
    return done;
  }
  async function copy(button) {
    const written = navigator.clipboard?.writeText(button.dataset.copies).then(() => true, () => false);
    if (!(await written || copyOldWay(button))) return;
    const status = button.nextElementSibling;
    button.dataset.done = "true";
    status.textContent = button.dataset.copied;
    setTimeout(() => { delete button.dataset.done; status.textContent = ""; }, 2000);
  }
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-copies]");
    if (button) copy(button);
  });

  window.kit = { ...window.kit, clearFiles, sent };
})();
