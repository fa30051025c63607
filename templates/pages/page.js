// Adds searching and filtering to a page that can be read without: shows or hides what carries data-item.
(function () {
  "use strict";
  var form = document.getElementById("filter");
  var wanted = document.getElementById("words-wanted");
  var told = document.getElementById("found");
  var choices = Array.from(form.querySelectorAll("select"));
  var items = Array.from(document.querySelectorAll("[data-item]")).map(function (element) {
    return { element: element, text: element.textContent.toLowerCase() };
  });
  var groups = Array.from(document.querySelectorAll("[data-group]")).reverse();
  var names = ["gaps", "changes", "lines", "returns"];

  // An item is kept by every choice that it says something about; a choice that does not concern it leaves it alone.
  function fits(item, words) {
    var data = item.element.dataset;
    return choices.every(function (choice) {
      var said = data[choice.dataset.by];
      if (!choice.value || said === undefined) return true;
      return choice.dataset.by === "partners" ? said.split(" ").includes(choice.value) : said === choice.value;
    }) && words.every(function (word) { return item.text.includes(word); });
  }

  function show() {
    var words = wanted.value.toLowerCase().split(/\s+/).filter(Boolean);
    var shown = {}, all = {};
    items.forEach(function (item) {
      var kind = item.element.dataset.item, fit = fits(item, words);
      all[kind] = (all[kind] || 0) + 1;
      shown[kind] = (shown[kind] || 0) + (fit ? 1 : 0);
      item.element.hidden = !fit;
      var details = item.element.querySelector("details");
      if (details) {
        var evidence = details.textContent.toLowerCase();
        var found = words.some(function (word) { return evidence.includes(word); });
        if (found || details.dataset.found) details.open = found;
        details.dataset.found = found ? "yes" : "";
      }
    });
    var chosen = choices.filter(function (choice) { return choice.value; }).map(function (choice) { return choice.value; });
    if (words.length) chosen.unshift("“" + wanted.value.trim() + "”");
    groups.forEach(function (group) {
      var has = Array.from(group.querySelectorAll("[data-item]"));
      group.hidden = has.length > 0 && !has.some(function (one) { return !one.hidden; });
      if (group.tagName !== "DETAILS") return;
      if (chosen.length && !group.hidden) { group.open = true; group.dataset.chosen = ""; }
      else if ("chosen" in group.dataset) { group.open = false; delete group.dataset.chosen; }
    });
    told.textContent = (chosen.length ? "Chosen: " + chosen.join(", ") + ". " : "") + "Shown: " + names
      .filter(function (name) { return all[name]; })
      .map(function (name) { return shown[name] + " of " + all[name] + " " + name; }).join(", ") + ".";
  }

  // A link to something that is filtered out shows everything again, and goes there.
  function reveal() {
    var target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!target) return;
    if (target.closest("[hidden]")) {
      form.reset();
      show();
    }
    for (var folded = target.closest("details"); folded; folded = folded.parentElement.closest("details")) folded.open = true;
    target.scrollIntoView();
  }

  form.hidden = false;
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  form.addEventListener("input", show);
  form.addEventListener("reset", function () { setTimeout(show); });
  window.addEventListener("hashchange", reveal);
  window.addEventListener("beforeprint", function () {
    if (!document.getElementById("print-all").checked) return;
    document.querySelectorAll("details:not([open])").forEach(function (one) { one.open = true; one.dataset.closed = ""; });
  });
  window.addEventListener("afterprint", function () {
    document.querySelectorAll("details[data-closed]").forEach(function (one) { one.open = false; delete one.dataset.closed; });
  });
  show();
})();
