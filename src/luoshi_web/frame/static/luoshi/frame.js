// Frame: keyboard, drawer, menus. Every page works without it; this makes it quick.
(function () {
  "use strict";
  const body = document.body;
  const drawer = document.getElementById("drawer");
  const help = document.getElementById("help");
  const side = document.getElementById("side");

  function isTyping(target) {
    return target.closest("input, textarea, select, [contenteditable]") !== null;
  }

  function rows() {
    return Array.from(document.querySelectorAll("[data-row]"));
  }

  function current() {
    return document.querySelector("[data-row].is-at");
  }

  function moveTo(row) {
    if (!row) return;
    const before = current();
    if (before) before.classList.remove("is-at");
    row.classList.add("is-at");
    row.scrollIntoView({ block: "nearest" });
    const link = row.querySelector("a[data-open]");
    if (link) link.focus({ preventScroll: true });
  }

  function move(step) {
    const all = rows();
    if (!all.length) return;
    const index = all.indexOf(current());
    const next = index < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(Math.max(index + step, 0), all.length - 1);
    moveTo(all[next]);
    if (drawer.classList.contains("is-open")) open(all[next]);
  }

  function open(row) {
    const link = row && row.querySelector("a[data-open]");
    if (link) link.click();
  }

  function closeDrawer() {
    if (!drawer.classList.contains("is-open")) return false;
    drawer.classList.remove("is-open");
    drawer.replaceChildren();
    const address = new URL(location.href);
    if (address.searchParams.has("open")) {
      address.searchParams.delete("open");
      history.pushState(null, "", address);
    }
    const row = current();
    const link = row && row.querySelector("a[data-open]");
    if (link) link.focus({ preventScroll: true });
    return true;
  }

  function follow(selector) {
    const link = document.querySelector(selector);
    if (link) link.click();
  }

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "Escape") {
      if (isTyping(event.target)) event.target.blur();
      else if (help.open) help.close();
      else closeDrawer();
      return;
    }
    if (isTyping(event.target) || help.open) return;
    const actions = {
      "/": () => {
        const field = document.getElementById("filter") || document.getElementById("search");
        if (field) { field.focus(); field.select(); }
      },
      "?": () => help.showModal(),
      j: () => move(1),
      k: () => move(-1),
      e: () => follow("#drawer [data-edit], #content [data-edit]"),
      o: () => follow("#drawer [data-source], #content [data-source]"),
    };
    if (Object.hasOwn(actions, event.key)) {
      event.preventDefault();
      actions[event.key]();
    } else if (event.key === "Enter" && current() && (event.target === body || event.target.closest("[data-row]"))) {
      event.preventDefault();
      open(current());
    }
  });

  document.addEventListener("click", function (event) {
    const target = event.target;
    if (target.closest("[data-drawer-close]")) { event.preventDefault(); closeDrawer(); }
    else if (target.closest("[data-dismiss]")) target.closest(".notice").remove();
    else if (target.closest("[data-help]")) help.showModal();
    else if (target.closest("[data-help-close]") || target === help) help.close();
    else if (target.closest("[data-print]")) window.print();
    else if (target.closest("[data-toggle-side]")) {
      const isOpen = side.classList.toggle("is-open");
      target.closest("[data-toggle-side]").setAttribute("aria-expanded", String(isOpen));
      return;
    }
    const row = target.closest("[data-row]");
    if (row) {
      const before = current();
      if (before) before.classList.remove("is-at");
      row.classList.add("is-at");
      if (!target.closest("a, button, input, textarea, label, select, summary, form") && !String(getSelection())) open(row);
    }
    if (side && !target.closest("#side")) side.classList.remove("is-open");
  });

  document.addEventListener("submit", function (event) {
    const question = event.target.getAttribute("data-confirm");
    if (question && !window.confirm(question)) event.preventDefault();
  }, true);

  document.addEventListener("change", function (event) {
    if (event.target.matches("[data-submit-on-change]")) event.target.form.requestSubmit();
  });

  document.addEventListener("htmx:afterSwap", function (event) {
    if (event.detail.target === drawer) {
      drawer.classList.add("is-open");
      drawer.scrollTop = 0;
    }
  });

  // A request that never got an answer is said, not swallowed.
  document.addEventListener("htmx:sendError", function () {
    const notices = document.getElementById("notices");
    const line = document.createElement("div");
    line.className = "notice notice-error";
    line.setAttribute("role", "alert");
    line.textContent = body.dataset.offline;
    notices.replaceChildren(line);
  });
})();
