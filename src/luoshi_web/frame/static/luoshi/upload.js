// New report: files can be dropped; the chosen name is shown.
(function () {
  "use strict";
  const drop = document.querySelector("[data-drop]");
  if (!drop) return;
  const input = drop.querySelector("input[type=file]");
  const name = drop.querySelector("[data-drop-name]");
  const form = drop.closest("form");

  drop.classList.add("is-live");

  function show() {
    if (input.files.length) name.textContent = input.files[0].name;
    drop.classList.toggle("has-file", input.files.length > 0);
  }

  input.addEventListener("change", show);
  ["dragenter", "dragover"].forEach((kind) => drop.addEventListener(kind, function (event) {
    event.preventDefault();
    drop.classList.add("is-over");
  }));
  ["dragleave", "drop"].forEach((kind) => drop.addEventListener(kind, function (event) {
    event.preventDefault();
    drop.classList.remove("is-over");
  }));
  drop.addEventListener("drop", function (event) {
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    show();
  });
  form.addEventListener("submit", function () {
    const button = form.querySelector("button.btn-primary");
    button.disabled = true;
  });
})();
