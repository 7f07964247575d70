// The year of delivery: drafts that survive a lost connection, check boxes in bulk, the wall that turns. Every page works without it.
(function () {
  "use strict";
  // What was sent is forgotten once a page has answered, not before: a connection may break in between.
  if (window.localStorage) {
    Object.keys(localStorage).filter((key) => key.startsWith("luoshi:") && key.endsWith(":sent")).forEach((key) => {
      localStorage.removeItem(key.slice(0, -":sent".length));
      localStorage.removeItem(key);
    });
  }
  const form = document.querySelector("form[data-keep]");
  if (form && window.localStorage) {
    const key = "luoshi:" + form.dataset.keep;
    const line = form.querySelector("[data-kept]");
    const fields = () => Array.from(form.elements).filter((one) => one.name && !["hidden", "file", "submit"].includes(one.type) && one.tagName !== "BUTTON");
    const tell = () => { if (line) line.textContent = navigator.onLine ? line.dataset.keptText : line.dataset.offlineText; };
    const kept = localStorage.getItem(key);
    if (kept) {
      const values = JSON.parse(kept);
      fields().forEach((one) => {
        if (!(one.name in values)) return;
        if (one.type === "checkbox") one.checked = values[one.name];
        else if (!one.value) one.value = values[one.name];
      });
      tell();
    }
    form.addEventListener("input", () => {
      const values = {};
      fields().forEach((one) => { values[one.name] = one.type === "checkbox" ? one.checked : one.value; });
      try { localStorage.setItem(key, JSON.stringify(values)); tell(); } catch (error) { /* the browser's store is full: the server keeps the draft */ }
    });
    form.addEventListener("submit", (event) => {
      if (!navigator.onLine) { event.preventDefault(); tell(); return; }
      localStorage.setItem(key + ":sent", "1");
    });
    window.addEventListener("offline", tell);
    window.addEventListener("online", tell);
  }
  document.addEventListener("change", (event) => {
    if (!event.target.matches("[data-check-all]")) return;
    event.target.closest("table").querySelectorAll("tbody input[type=checkbox]").forEach((one) => { one.checked = event.target.checked; });
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-fill]");
    const target = document.querySelector("[data-item-form]");
    if (!link || !target) return;
    event.preventDefault();
    const values = JSON.parse(link.dataset.fill);
    Object.keys(values).forEach((name) => { if (target.elements[name]) target.elements[name].value = values[name]; });
    target.elements.name.focus();
    target.scrollIntoView({ block: "center" });
  });
  const wall = document.querySelector("body.wall[data-rotate]");
  if (wall && window.innerWidth > 900) {
    const panes = Array.from(document.querySelectorAll(".pane"));
    let at = 0;
    setInterval(() => {
      panes[at].classList.remove("is-shown");
      at = (at + 1) % panes.length;
      panes[at].classList.add("is-shown");
    }, 1000 * Number(wall.dataset.rotate));
  }
})();
