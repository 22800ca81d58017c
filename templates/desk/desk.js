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
  function copied(button, text) {
    function tell(done) { button.textContent = done ? "已复制" : "请选中文字复制"; }
    function bySelection() {
      var range = document.createRange(), chosen = window.getSelection();
      range.selectNodeContents(text);
      chosen.removeAllRanges(); chosen.addRange(range);
      tell(document.execCommand("copy"));
    }
    if (navigator.clipboard && window.isSecureContext) {
      navigator.clipboard.writeText(text.textContent).then(function () { tell(true); }, bySelection);
    } else { bySelection(); }
  }
  Array.prototype.forEach.call(document.querySelectorAll("[data-copy]"), function (button) {
    button.hidden = false;
    button.addEventListener("click", function () { copied(button, document.getElementById(button.dataset.copy)); });
  });
  Array.prototype.forEach.call(document.querySelectorAll("[data-print]"), function (button) {
    button.parentNode.hidden = false;
    button.addEventListener("click", function () { window.print(); });
  });
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
