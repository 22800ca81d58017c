/* What the phone keeps by itself: stories and photos in IndexedDB, pages for no line. */
var gonghuiKept = (function () {
  "use strict";
  var opened = null;

  function open() {
    if (!opened) {
      opened = new Promise(function (done, fail) {
        if (!window.indexedDB) { fail(new Error("no IndexedDB")); return; }
        var asked = indexedDB.open("gonghui", 1);
        asked.onupgradeneeded = function () {
          asked.result.createObjectStore("stories", { keyPath: "id" });
          asked.result.createObjectStore("photos", { keyPath: "id" }).createIndex("of", "of");
        };
        asked.onsuccess = function () { done(asked.result); };
        asked.onerror = function () { fail(asked.error); };
        asked.onblocked = function () { fail(new Error("blocked")); };
      });
    }
    return opened;
  }

  function run(store, mode, act) {
    return open().then(function (db) {
      return new Promise(function (done, fail) {
        var deed = db.transaction(store, mode);
        var asked = act(deed.objectStore(store));
        deed.oncomplete = function () { done(asked ? asked.result : undefined); };
        deed.onerror = deed.onabort = function () { fail(deed.error || new Error("not kept")); };
      });
    });
  }

  function put(store, value) { return run(store, "readwrite", function (s) { s.put(value); }); }
  function get(store, id) { return run(store, "readonly", function (s) { return s.get(id); }); }
  function drop(store, id) { return run(store, "readwrite", function (s) { s.delete(id); }); }
  function all(store) { return run(store, "readonly", function (s) { return s.getAll(); }); }
  function photosOf(of) { return run("photos", "readonly", function (s) { return s.index("of").getAll(of); }); }

  function key() {
    var bytes = new Uint8Array(16);
    (window.crypto || window.msCrypto).getRandomValues(bytes);
    return Array.prototype.map.call(bytes, function (b) { return ("0" + b.toString(16)).slice(-2); }).join("");
  }

  /* Large photos are made smaller here; what the phone cannot open goes as it is. */
  function smaller(file, longest) {
    return new Promise(function (done) {
      var address = URL.createObjectURL(file);
      var image = new Image();
      image.onload = function () {
        var scale = Math.min(1, longest / Math.max(image.naturalWidth, image.naturalHeight));
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

  /* A POST that ends: an answer, or an error after a time; progress from 0 to 1. */
  function post(address, data, progress) {
    return new Promise(function (done, fail) {
      var asked = new XMLHttpRequest();
      var quiet = null;
      function wait() { clearTimeout(quiet); quiet = setTimeout(function () { asked.abort(); }, 45000); }
      asked.open("POST", address);
      asked.setRequestHeader("Accept", "application/json");
      asked.upload.onprogress = function (event) {
        wait();
        if (progress && event.lengthComputable) { progress(event.loaded / event.total); }
      };
      asked.onload = function () {
        clearTimeout(quiet);
        var told = null;
        try { told = JSON.parse(asked.responseText); } catch (e) { told = null; }
        done({ status: asked.status, told: told, mend: asked.getResponseHeader("X-Mend") });
      };
      asked.onerror = asked.onabort = function () { clearTimeout(quiet); fail(new Error("line")); };
      wait();
      asked.send(data);
    });
  }

  /* Under https (or on this machine) the form opens without a line from now on. */
  function keepPages(home) {
    if (!("serviceWorker" in navigator) || !window.caches) { return; }
    navigator.serviceWorker.register("/s/sw.js", { scope: "/s/" }).catch(function () {});
    var wanted = [home + "pocket", home + "questions", document.body.getAttribute("data-keep")];
    Array.prototype.forEach.call(document.querySelectorAll("link[rel=stylesheet],script[src]"), function (one) {
      wanted.push(one.href || one.src);
    });
    caches.open("gonghui-form-1").then(function (cache) {
      wanted.forEach(function (one) {
        var path = new URL(one, location.href).pathname;
        cache.keys().then(function (known) {
          known.forEach(function (request) {
            var old = new URL(request.url);
            if (old.pathname === path && old.href !== new URL(one, location.href).href) { cache.delete(request); }
          });
        });
        cache.add(one).catch(function () {});
      });
    });
  }

  return { put: put, get: get, drop: drop, all: all, photosOf: photosOf, key: key, smaller: smaller, post: post, keepPages: keepPages };
})();
