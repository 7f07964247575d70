// Report: marks open their item beside the text; the legend switches kinds; the outline follows.
(function () {
  "use strict";
  const report = document.getElementById("report");
  if (!report) return;
  const stored = "luoshi.marks";

  function marks() {
    return Array.from(document.querySelectorAll("[data-mark]"));
  }

  function apply() {
    const on = {};
    marks().forEach((box) => {
      report.classList.toggle("show-" + box.dataset.mark, box.checked);
      on[box.dataset.mark] = box.checked;
    });
    try { localStorage.setItem(stored, JSON.stringify(on)); } catch { /* private windows keep nothing */ }
  }

  try {
    const kept = JSON.parse(localStorage.getItem(stored) || "{}");
    marks().forEach((box) => { if (box.dataset.mark in kept) box.checked = kept[box.dataset.mark]; });
  } catch { /* an unreadable memory is no memory */ }
  apply();
  marks().forEach((box) => box.addEventListener("change", apply));

  function same(item) {
    return report.querySelectorAll('[data-in~="' + CSS.escape(item) + '"]');
  }

  report.addEventListener("click", function (event) {
    const link = event.target.closest("[data-item]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    if (String(getSelection())) return;
    report.querySelectorAll(".is-open").forEach((one) => one.classList.remove("is-open"));
    same(link.dataset.item).forEach((one) => one.classList.add("is-open"));
    window.htmx.ajax("GET", link.getAttribute("href"), { target: "#drawer", swap: "innerHTML" });
  });

  report.addEventListener("mouseover", function (event) {
    const link = event.target.closest("[data-item]");
    report.querySelectorAll(".is-hover").forEach((one) => one.classList.remove("is-hover"));
    if (link) same(link.dataset.item).forEach((one) => one.classList.add("is-hover"));
  });

  // j and k go from one marked place to the next; Enter opens it, as on any link.
  document.addEventListener("keydown", function (event) {
    if (!["j", "k"].includes(event.key) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select") || document.querySelector("dialog[open]")) return;
    const all = Array.from(report.querySelectorAll("a.mk:not([tabindex])"));
    const here = all.indexOf(document.activeElement);
    const below = all.findIndex((one) => one.getBoundingClientRect().top > 120);
    const next = here < 0 ? below : here + (event.key === "j" ? 1 : -1);
    if (all[next]) {
      all[next].focus();
      all[next].scrollIntoView({ block: "center" });
    }
  });

  const links = new Map();
  document.querySelectorAll("#outline a").forEach((link) => links.set(link.hash.slice(1), link));
  const headings = Array.from(report.querySelectorAll(".heading[id]")).filter((heading) => links.has(heading.id));
  const observer = new IntersectionObserver(function () {
    let here = headings[0];
    for (const heading of headings) {
      if (heading.getBoundingClientRect().top > 160) break;
      here = heading;
    }
    links.forEach((link) => link.classList.remove("is-here"));
    if (here) {
      const link = links.get(here.id);
      link.classList.add("is-here");
      link.scrollIntoView({ block: "nearest" });
    }
  }, { rootMargin: "-60px 0px -40% 0px", threshold: [0, 1] });
  headings.forEach((heading) => observer.observe(heading));
})();
