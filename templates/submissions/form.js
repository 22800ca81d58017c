/* Autosave on the phone, one sending only, smaller photos. The form works without. */
(function () {
  "use strict";
  var TOO_LONG = 2048;
  var LARGEST = 25 * 1048576;
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

  var home = document.body.getAttribute("data-home");
  if (home) { gonghuiKept.keepPages(home); }

  Array.prototype.forEach.call(document.querySelectorAll("form[data-once]"), function (one) {
    var gone = false;
    one.addEventListener("submit", function (event) {
      if (gone) { event.preventDefault(); return; }
      gone = true;
      setTimeout(function () { gone = false; }, 8000);
    });
  });

  document.body.classList.add("js");
  var faults = document.getElementById("faults");
  if (faults) { faults.focus(); }

  /* What is too large is said before it is sent over a slow line. */
  Array.prototype.forEach.call(document.querySelectorAll("form:not([data-photos]) input[type=file][name]"), function (one) {
    var most = one.name === "file" ? 20 : 25;
    var line = document.createElement("p");
    line.className = "fault";
    line.setAttribute("role", "alert");
    one.parentNode.appendChild(line);
    one.addEventListener("change", function () {
      var large = Array.prototype.filter.call(one.files, function (file) { return file.size > most * 1048576; });
      line.textContent = large.map(function (file) {
        return file.name + " 有 " + Math.round(file.size / 1048576) + " MB，太大了，请选小于 " + most + " MB 的";
      }).join("；");
      if (large.length) { one.value = ""; }
    });
  });

  /* A step is sent without leaving its page: on a bad line the words stay and go later. */
  var RETRY = [4000, 10000, 20000, 40000];
  Array.prototype.forEach.call(document.querySelectorAll("form[data-step]"), function (one) {
    if (!window.FormData || !window.Promise) { return; }
    var pressed = null, busy = false, tries = 0, timer = null;
    var bar = one.querySelector(".bar");
    var line = document.createElement("p");
    line.className = "line-words";
    line.setAttribute("role", "status");
    line.hidden = true;
    bar.insertBefore(line, bar.firstChild);
    one.addEventListener("click", function (event) {
      var button = event.target.closest ? event.target.closest("button[name]") : null;
      if (button) { pressed = button; }
    });
    function say(words) { line.textContent = words; line.hidden = !words; }
    function plainly() {
      if (pressed) {
        var hidden = document.createElement("input");
        hidden.type = "hidden"; hidden.name = pressed.name; hidden.value = pressed.value;
        one.appendChild(hidden);
      }
      one.submit();
    }
    function later() {
      busy = false;
      tries += 1;
      say("信号不好，没有发出去。您写的都存在手机里，信号好了自动再发，也可以再点一次。");
      clearTimeout(timer);
      timer = setTimeout(go, RETRY[Math.min(tries, RETRY.length) - 1]);
    }
    function go() {
      if (busy) { return; }
      busy = true;
      clearTimeout(timer);
      say("正在发送……");
      var data = new FormData(one);
      if (pressed) { data.append(pressed.name, pressed.value); }
      gonghuiKept.post(location.pathname, data).then(function (answer) {
        if (answer.status === 200 && answer.told && answer.told.next) { say(""); location.assign(answer.told.next); return; }
        if (answer.status >= 502) { later(); return; }
        plainly();
      }, later);
    }
    one.addEventListener("submit", function (event) {
      event.preventDefault();
      if (!pressed) { pressed = one.querySelector(".bar button[name]"); }
      tries = 0;
      go();
    });
    window.addEventListener("online", function () { if (tries && !busy) { go(); } });
  });

  var photos = document.querySelector("form[data-photos]");
  if (!photos || !window.FormData || !window.Promise || !HTMLCanvasElement.prototype.toBlob) { return; }
  var input = photos.querySelector("input[type=file]");
  var words = photos.querySelector("[data-photo-words]");
  var button = photos.querySelector(".upload");
  var draft = location.pathname.split("/")[4];
  if (button) { button.hidden = true; }

  function cards() { return photos.querySelectorAll("[data-waiting]"); }
  function quiet() { return !/^(caption|credit)/.test((document.activeElement || {}).name || ""); }
  function reload() { if (quiet()) { location.reload(); } else { setTimeout(reload, 1500); } }

  /* What the server is still making ready is asked for until it is there. */
  function watch() {
    fetch(location.pathname.replace(/[^/]+$/, "state"), { credentials: "same-origin" }).then(function (answer) { return answer.json(); }).then(function (told) {
      if (told.waiting) { setTimeout(watch, 1500); } else { reload(); }
    }).catch(function () { setTimeout(watch, 5000); });
  }
  if (cards().length) { watch(); }

  /* What was not taken is still to be read after the page has shown the others. */
  var refusedKey = "gonghui-photos-" + draft;
  function remember(bad) {
    try { if (bad.length) { sessionStorage.setItem(refusedKey, bad.join("；")); } } catch (e) { /* said once, then */ }
  }
  function remind() {
    try {
      var kept = sessionStorage.getItem(refusedKey);
      if (kept && words && !cards().length) { tell("没有收下：" + kept, true); sessionStorage.removeItem(refusedKey); }
    } catch (e) { /* nothing kept */ }
  }

  function tell(text, bad) { words.textContent = text; words.className = bad ? "fault" : "hint"; }

  function upload(photo, n, all, bar) {
    var data = new FormData();
    data.append("csrfmiddlewaretoken", photos.elements.csrfmiddlewaretoken.value);
    Array.prototype.forEach.call(photos.elements, function (one) {
      if (/^(caption|credit)\d+$/.test(one.name)) { data.append(one.name, one.value); }
    });
    data.append("go", "add");
    data.append("photo", photo.blob, photo.name);
    tell("正在传第 " + n + " 张，共 " + all + " 张……", false);
    return gonghuiKept.post(location.pathname, data, function (share) { bar.value = share; }).then(function (answer) {
      if (answer.status !== 200 || !answer.told) { throw new Error(String(answer.status)); }
      return gonghuiKept.drop("photos", photo.id).catch(function () {}).then(function () { return answer.told.faults; });
    });
  }

  /* Photos wait on the phone until the server has them; closing the page loses none. */
  function sendAll(waiting, tooLarge) {
    var bar = document.createElement("progress");
    var bad = (tooLarge || []).slice(), lost = 0;
    bar.max = 1;
    bar.setAttribute("aria-label", "照片上传进度");
    words.parentNode.insertBefore(bar, words.nextSibling);
    waiting.reduce(function (before, photo, n) {
      return before.then(function () {
        bar.value = 0;
        return upload(photo, n + 1, waiting.length, bar).then(function (told) { bad = bad.concat(told); }, function () { lost += 1; });
      });
    }, Promise.resolve()).then(function () {
      bar.remove();
      if (lost) {
        tell("信号不好，还有 " + lost + " 张没传上去，已存在手机里，信号好了会接着传。" + bad.join("；"), true);
        setTimeout(resume, 8000);
        return;
      }
      remember(bad);
      reload();
    });
  }
  function resume() {
    gonghuiKept.photosOf(draft).then(function (waiting) {
      if (waiting.length && words) { sendAll(waiting.sort(function (a, b) { return a.at - b.at; })); }
    }).catch(function () {});
  }
  remind();
  resume();

  if (!input) { return; }
  input.addEventListener("change", function () {
    var files = Array.prototype.slice.call(input.files), at = Date.now(), large = [];
    files = files.filter(function (file) {
      if (file.size <= LARGEST) { return true; }
      large.push(file.name + " 有 " + Math.round(file.size / 1048576) + " MB，太大了，请选小于 25 MB 的");
      return false;
    });
    if (large.length) { tell(large.join("；"), true); }
    if (!files.length) { input.value = ""; return; }
    var waiting = [];
    files.reduce(function (before, file, n) {
      return before.then(function () {
        tell("正在准备第 " + (n + 1) + " 张……", false);
        return gonghuiKept.smaller(file, TOO_LONG).then(function (blob) {
          var photo = { id: gonghuiKept.key(), of: draft, at: at + n, name: file.name, blob: blob };
          waiting.push(photo);
          return gonghuiKept.put("photos", photo).catch(function () { /* sent all the same */ });
        });
      });
    }, Promise.resolve()).then(function () { input.value = ""; sendAll(waiting, large); });
  });
})();
