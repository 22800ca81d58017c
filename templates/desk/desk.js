/* Keys of the desk and a net under the edited text. Everything works without. */
(function () {
  "use strict";
  var form = document.querySelector("form[data-keep]");
  if (form) {
    var key = "gonghui-desk-" + form.dataset.keep;
    var text = form.elements.text;
    var first = text.value;
    try {
      var before = sessionStorage.getItem(key);
      if (before && before !== first) { text.value = before; }
      text.addEventListener("input", function () { sessionStorage.setItem(key, text.value); });
      form.addEventListener("submit", function () { sessionStorage.removeItem(key); });
    } catch (e) { /* a browser that keeps nothing */ }
  }
  var rows = document.querySelectorAll(".inbox tbody a");
  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.altKey || event.metaKey || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) { return; }
    if (rows.length && (event.key === "j" || event.key === "k")) {
      var at = Array.prototype.indexOf.call(rows, document.activeElement);
      var next = event.key === "j" ? Math.min(at + 1, rows.length - 1) : Math.max(at - 1, 0);
      rows[next].focus();
      return;
    }
    var target = document.querySelector("[data-key='" + (/^[ar]$/.test(event.key) ? event.key : "none") + "']");
    if (target) { target.scrollIntoView({ block: "center" }); target.focus(); }
  });
})();
