// Review desk: keys for decisions, panels, choosing several entries, choosing words of the text.
(function () {
  "use strict";
  const desk = document.getElementById("desk");
  if (!desk) return;
  const selected = new Set();

  function panels() {
    return Array.from(desk.querySelectorAll("[data-panel-body]"));
  }

  function togglePanel(name) {
    panels().forEach(function (panel) {
      const isWanted = panel.dataset.panelBody === name && panel.hidden;
      panel.hidden = !isWanted;
      const button = desk.querySelector('[data-panel="' + panel.dataset.panelBody + '"]');
      if (button) button.setAttribute("aria-expanded", String(isWanted));
      if (isWanted) {
        const field = panel.querySelector("input:not([type=hidden]), select, textarea");
        if (field) field.focus();
      }
    });
  }

  function showSelected() {
    const bulk = desk.querySelector("[data-bulk]");
    if (!bulk) return;
    const there = new Set(Array.from(desk.querySelectorAll("[data-select]"), (box) => box.value));
    selected.forEach((id) => { if (!there.has(id)) selected.delete(id); });
    desk.querySelectorAll("[data-select]").forEach((box) => { box.checked = selected.has(box.value); });
    bulk.hidden = selected.size === 0;
    bulk.querySelector("[data-bulk-count]").textContent = String(selected.size);
    desk.querySelectorAll("[data-with-selected]").forEach(function (form) {
      form.querySelectorAll("[name=item]").forEach((field) => field.remove());
      selected.forEach(function (id) {
        const field = document.createElement("input");
        field.type = "hidden";
        field.name = "item";
        field.value = id;
        form.append(field);
      });
    });
  }

  function here() {
    return desk.querySelector(".desk-entry.is-at");
  }

  function keepInView() {
    // The list alone is scrolled: on a phone the entry stands above it and must stay in view.
    const row = here();
    const list = row && row.parentElement;
    if (!list) return;
    const top = row.offsetTop;
    if (top < list.scrollTop) list.scrollTop = top;
    else if (top + row.offsetHeight > list.scrollTop + list.clientHeight) list.scrollTop = top + row.offsetHeight - list.clientHeight;
  }

  function submit(key) {
    const form = Array.from(desk.querySelectorAll("form[data-key]")).find((one) => one.dataset.key === key && !one.closest("[hidden]"));
    const button = form && form.querySelector("button:not([disabled])");
    if (button) form.requestSubmit(button);
  }

  // Offset of a place in the source: each paragraph knows where it begins.
  function offsetOf(node, at) {
    const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
    const line = element && element.closest("[data-offset]");
    if (!line) return null;
    const range = document.createRange();
    range.selectNodeContents(line);
    range.setEnd(node, at);
    return Number(line.dataset.offset) + Array.from(range.toString()).length;
  }

  function chosenPlace() {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    const pane = desk.querySelector(".desk-source");
    if (!pane || !pane.contains(range.startContainer) || !pane.contains(range.endContainer)) return null;
    const start = offsetOf(range.startContainer, range.startOffset);
    const end = offsetOf(range.endContainer, range.endOffset);
    return start === null || end === null || end <= start ? null : { source: pane.dataset.sourceId, start: start, end: end, address: pane.dataset.newAddress };
  }

  document.addEventListener("selectionchange", function () {
    const button = desk.querySelector("[data-add-selection]");
    if (button) button.hidden = chosenPlace() === null;
  });

  desk.addEventListener("mousedown", function (event) {
    // The selection must survive the press of the button that uses it.
    if (event.target.closest("[data-add-selection]")) event.preventDefault();
  });

  desk.addEventListener("click", function (event) {
    const target = event.target;
    const opener = target.closest("[data-panel]");
    const bulkOpener = target.closest("[data-bulk-open]");
    if (opener) togglePanel(opener.dataset.panel);
    else if (target.closest("[data-panel-close]")) togglePanel("");
    else if (target.closest("[data-form-close]")) target.closest("form").remove();
    else if (target.closest("[data-bulk-clear]")) { selected.clear(); showSelected(); }
    else if (bulkOpener) {
      desk.querySelectorAll("[data-bulk-form]").forEach(function (form) {
        form.hidden = form.dataset.bulkForm !== bulkOpener.dataset.bulkOpen || !form.hidden;
      });
    } else if (target.closest("[data-add-selection]")) {
      const place = chosenPlace();
      if (!place) return;
      const at = desk.querySelector("[name=at]").value;
      const query = new URLSearchParams({ source: place.source, start: place.start, end: place.end, at: at });
      window.htmx.ajax("GET", place.address + "?" + query, { target: "#drawer", swap: "innerHTML" });
    }
  });

  desk.addEventListener("change", function (event) {
    const box = event.target.closest("[data-select]");
    if (!box) return;
    if (box.checked) selected.add(box.value); else selected.delete(box.value);
    showSelected();
  });

  document.addEventListener("keydown", function (event) {
    const target = event.target;
    if (event.key === "Escape") { togglePanel(""); return; }
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (target.closest("input:not([type=checkbox]), textarea, select, dialog[open]")) return;
    const actions = {
      a: () => submit("a"),
      u: () => submit("u"),
      m: () => submit("m"),
      e: () => togglePanel("edit"),
      l: () => togglePanel("assign"),
      s: () => togglePanel("split"),
      r: () => togglePanel("reject"),
      j: () => step(1),
      k: () => step(-1),
      x: () => {
        const box = here() && here().querySelector("[data-select]");
        if (box) { box.checked = !box.checked; box.dispatchEvent(new Event("change", { bubbles: true })); }
      },
    };
    if (Object.hasOwn(actions, event.key)) {
      event.preventDefault();
      event.stopImmediatePropagation();
      actions[event.key]();
    }
  }, true);

  function step(by) {
    const rows = Array.from(desk.querySelectorAll(".desk-entry"));
    const at = rows.indexOf(here());
    const next = rows[Math.min(Math.max(at + by, 0), rows.length - 1)];
    if (next && next !== here()) next.querySelector("[data-open]").click();
  }

  document.addEventListener("htmx:afterSwap", function (event) {
    if (event.detail.target !== desk) return;
    showSelected();
    keepInView();
    const drawer = document.getElementById("drawer");
    const request = event.detail.requestConfig;
    if (request && request.elt && request.elt.closest("[data-closes-drawer]")) {
      drawer.classList.remove("is-open");
      drawer.replaceChildren();
    }
    const said = desk.querySelector(".desk-said");
    if (said) setTimeout(() => said.remove(), 6000);
    const notices = document.getElementById("notices");
    if (notices) notices.replaceChildren();
  });

  keepInView();
})();
