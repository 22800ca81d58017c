/* Autosave on the phone, one sending only, smaller photos. The form works without. */
(function () {
  "use strict";
  var TOO_LONG = 2048;
  var form = document.querySelector("form[data-autosave]");
  var saved = document.querySelector("[data-saved]");

  function store(key, value) {
    try { value === null ? localStorage.removeItem(key) : localStorage.setItem(key, value); return true; } catch (e) { return false; }
  }
  function kept(key) { try { return localStorage.getItem(key); } catch (e) { return null; } }

  function fields() {
    return Array.prototype.filter.call(form.elements, function (one) {
      return one.name && one.name !== "csrfmiddlewaretoken" && one.name !== "website" &&
        /^(text|tel|textarea)$/.test(one.type);
    });
  }

  if (form) {
    var key = "gonghui-" + location.pathname.split("/")[2].slice(0, 8) + "-" + form.dataset.autosave;
    try {
      var before = JSON.parse(kept(key) || "{}");
      fields().forEach(function (one) {
        if (before[one.name] && !one.value) { one.value = before[one.name]; }
      });
    } catch (e) { store(key, null); }
    var keep = function () {
      var values = {};
      fields().forEach(function (one) { values[one.name] = one.value; });
      if (store(key, JSON.stringify(values)) && saved) { saved.textContent = "已替您存好"; }
    };
    form.addEventListener("input", keep);
    form.addEventListener("focusout", keep);
    setInterval(keep, 10000);
  }
  if (document.querySelector("[data-sent]")) {
    try {
      Object.keys(localStorage).forEach(function (one) {
        if (one.indexOf("gonghui-") === 0) { store(one, null); }
      });
    } catch (e) { /* a phone that keeps nothing has nothing to clear */ }
  }

  Array.prototype.forEach.call(document.querySelectorAll("form[data-once]"), function (one) {
    var gone = false;
    one.addEventListener("submit", function (event) {
      if (gone) { event.preventDefault(); return; }
      gone = true;
      setTimeout(function () { gone = false; }, 8000);
    });
  });

  var faults = document.getElementById("faults");
  if (faults) { faults.focus(); }

  var photos = document.querySelector("form[data-photos]");
  if (!photos || !window.fetch || !window.FormData || !HTMLCanvasElement.prototype.toBlob) { return; }
  var input = photos.querySelector("input[type=file]");
  if (!input) { return; }
  var words = photos.querySelector("[data-photo-words]");
  var button = photos.querySelector(".upload");
  if (button) { button.hidden = true; }

  function smaller(file) {
    return new Promise(function (done) {
      var address = URL.createObjectURL(file);
      var image = new Image();
      image.onload = function () {
        var scale = Math.min(1, TOO_LONG / Math.max(image.naturalWidth, image.naturalHeight));
        URL.revokeObjectURL(address);
        if (scale === 1) { done(file); return; }
        var canvas = document.createElement("canvas");
        canvas.width = Math.round(image.naturalWidth * scale);
        canvas.height = Math.round(image.naturalHeight * scale);
        canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
        canvas.toBlob(function (blob) { done(blob || file); }, "image/jpeg", 0.88);
      };
      image.onerror = function () { URL.revokeObjectURL(address); done(file); };
      image.src = address;
    });
  }

  function send(file, blob) {
    var data = new FormData();
    data.append("csrfmiddlewaretoken", photos.elements.csrfmiddlewaretoken.value);
    Array.prototype.forEach.call(photos.elements, function (one) {
      if (/^(caption|credit)\d+$/.test(one.name)) { data.append(one.name, one.value); }
    });
    data.append("go", "add");
    data.append("photo", blob, file.name);
    return fetch(location.pathname, { method: "POST", body: data, credentials: "same-origin", headers: { "Accept": "application/json" } })
      .then(function (answer) {
        if (!answer.ok) { throw new Error(String(answer.status)); }
        return answer.json();
      });
  }

  input.addEventListener("change", function () {
    var files = Array.prototype.slice.call(input.files);
    var bad = [];
    var step = function (n) {
      if (n === files.length) {
        if (bad.length) { words.textContent = bad.join("；"); words.className = "fault"; input.value = ""; if (bad.length < files.length) { setTimeout(function () { location.reload(); }, 4000); } return; }
        input.value = "";
        location.reload();
        return;
      }
      words.textContent = "正在上传第 " + (n + 1) + " 张，共 " + files.length + " 张……";
      smaller(files[n]).then(function (blob) { return send(files[n], blob); }).then(function (told) {
        bad = bad.concat(told.faults);
        step(n + 1);
      }).catch(function () {
        bad.push("第 " + (n + 1) + " 张没有传上去，信号不好，请再选一次");
        step(n + 1);
      });
    };
    step(0);
  });
})();
