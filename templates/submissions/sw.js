/* Answers for the form when the line is gone: the page in the pocket opens, styles and
   scripts come from the phone. Stories and photos never pass through here. */
"use strict";
var CACHE = "gonghui-form-1";
var PATIENCE = 8000;

self.addEventListener("install", function () { self.skipWaiting(); });
self.addEventListener("activate", function (event) { event.waitUntil(self.clients.claim()); });

function inTime(request) {
  return new Promise(function (done, fail) {
    var late = setTimeout(function () { fail(new Error("late")); }, PATIENCE);
    fetch(request).then(function (answer) { clearTimeout(late); done(answer); }, function (error) { clearTimeout(late); fail(error); });
  });
}

function nothingKept() {
  var words = "<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>没有信号</title><h1>没有信号</h1><p>这部手机还没有存过报送页。有信号时打开一次，以后没有信号也能写。</p>";
  return new Response(words, { status: 503, headers: { "Content-Type": "text/html; charset=utf-8" } });
}

function pocketOf(path) {
  var place = path.match(/^\/s\/[^/]+\//);
  return place ? place[0] + "pocket" : "";
}

self.addEventListener("fetch", function (event) {
  var request = event.request;
  var address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== self.location.origin) { return; }
  if (address.pathname.indexOf("/assets/") === 0) {
    event.respondWith(caches.match(request).then(function (kept) { return kept || fetch(request); }));
    return;
  }
  var isKept = /\/(pocket|questions)$/.test(address.pathname);
  if (request.mode !== "navigate" && !isKept) { return; }
  event.respondWith(inTime(request).then(function (answer) {
    if (isKept && answer.ok) {
      var copy = answer.clone();
      caches.open(CACHE).then(function (cache) { cache.put(request.url, copy); });
    }
    return answer;
  }, function () {
    var wanted = isKept ? request.url : address.origin + pocketOf(address.pathname);
    return caches.match(wanted).then(function (kept) { return kept || nothingKept(); });
  }));
});
