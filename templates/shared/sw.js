/* The last week on the phone. Pages come from the network and only without it from the
   phone, and then they say so; style, script and picture bear their content in their
   name. ``LIST`` stands above: by path what each page is made from, or null to stop;
   and ``LOOK``: the site's name and the style of the page that says what is missing. */
'use strict';
var CACHE = 'gonghui-site-1';
var TOLD = 'offline-told.json';
var PATIENCE = 6000;
var MOST_PICTURES = 60;
var HOME = self.registration.scope;

function pathOf(address) {
  var clean = address.split('#')[0].split('?')[0];
  if (clean.indexOf(HOME) !== 0) { return null; }
  return clean.slice(HOME.length) || 'index.html';
}
function at(path) { return HOME + path; }

function readTold(cache) {
  return cache.match(at(TOLD)).then(function (kept) { return kept ? kept.json() : {}; });
}
function writeTold(cache, told) {
  return cache.put(at(TOLD), new Response(JSON.stringify(told)));
}
function keep(cache, path) {
  return fetch(at(path), { cache: 'no-cache' }).then(function (answer) {
    if (!answer.ok) { throw new Error(path); }
    return cache.put(at(path), answer);
  });
}

/* One page after the other, so that a slow line is left to the reader. */
function keepWeek(cache) {
  return readTold(cache).then(function (told) {
    var steps = Promise.resolve();
    Object.keys(told).forEach(function (path) { if (!LIST[path]) { delete told[path]; } });
    Object.keys(LIST).forEach(function (path) {
      if (told[path] === LIST[path]) { return; }
      steps = steps.then(function () { return keep(cache, path); }).then(
        function () { told[path] = LIST[path]; return writeTold(cache, told); },
        function () { return null; }
      );
    });
    return steps.then(function () { return writeTold(cache, told); });
  });
}
/* By what lies there and not by what was noted: a page that a reader opened while the
   list could not be fetched is noted nowhere, and may have been taken back since. */
function dropOthers(cache) {
  return cache.keys().then(function (kept) {
    return Promise.all(kept.map(function (one) {
      var path = pathOf(one.url);
      var stays = LIST[path] || path === TOLD || /^(assets|pictures)\//.test(path);
      return stays ? null : cache.delete(one);
    }));
  });
}
function tidy(cache) {
  return dropOthers(cache).then(function () { return dropPictures(cache); });
}
/* A picture goes with the last kept page that shows it, taken back or grown old. */
function dropPictures(cache) {
  return cache.keys().then(function (kept) {
    var pictures = kept.filter(function (one) { return one.url.indexOf(at('pictures/')) === 0; });
    var steps = Promise.resolve();
    kept.filter(function (one) { return /\.html$/.test(one.url); }).forEach(function (one) {
      steps = steps.then(function () { return cache.match(one); }).then(
        function (answer) { return answer ? answer.text() : ''; }
      ).then(function (text) {
        pictures = pictures.filter(function (each) { return text.indexOf(each.url.split('/').pop()) < 0; });
      });
    });
    return steps.then(function () {
      return Promise.all(pictures.map(function (each) { return cache.delete(each); }));
    });
  });
}
/* What a broken line left out, once each time that the worker wakes. */
var isFilled = false;
function fill(answer) {
  if (isFilled || !answer.ok || answer.type !== 'basic') { return null; } /* not from the network */
  isFilled = true;
  return caches.open(CACHE).then(keepWeek);
}
function stop() {
  return self.registration.unregister().then(function () { return caches.delete(CACHE); });
}

self.addEventListener('install', function (event) {
  self.skipWaiting();
  if (LIST) { event.waitUntil(caches.open(CACHE).then(keepWeek)); }
});
self.addEventListener('activate', function (event) {
  if (!LIST) { event.waitUntil(stop()); return; }
  event.waitUntil(Promise.all([self.clients.claim(), caches.open(CACHE).then(tidy)]));
});

function inTime(request) {
  return new Promise(function (done, fail) {
    var late = setTimeout(function () { fail(new Error('late')); }, PATIENCE);
    fetch(request, { cache: 'no-cache' }).then(
      function (answer) { clearTimeout(late); done(answer); },
      function (error) { clearTimeout(late); fail(error); }
    );
  });
}
function dayWords(text, answer) {
  var day = /data-day="\d{4}-(\d\d)-(\d\d)"/.exec(text), sent;
  if (day) { return Number(day[1]) + '月' + Number(day[2]) + '日'; }
  sent = new Date(answer.headers.get('date') || NaN);
  return isNaN(sent) ? '' : (sent.getMonth() + 1) + '月' + sent.getDate() + '日';
}
function page(text, status) {
  return new Response(text, { status: status, headers: { 'Content-Type': 'text/html; charset=utf-8' } });
}
function marked(answer) {
  return answer.text().then(function (text) {
    var day = dayWords(text, answer);
    var words = '这是' + (day ? ' ' + day + ' ' : '') + '的旧页，联网后更新';
    return page(text.replace('<main ', '<p class="offline" role="status">' + words + '</p>\n<main '), 200);
  });
}
function dayLink(path) {
  var day = /^days\/\d{4}-(\d\d)-(\d\d)\.html$/.exec(path);
  return '<a href="' + at(path) + '">' + Number(day[1]) + '月' + Number(day[2]) + '日</a> ';
}
/* What is not kept: it says so and leads to what the phone has. */
function nothing(cache, path) {
  return readTold(cache).then(function (told) {
    var days = Object.keys(told).filter(function (one) { return /^days\//.test(one); }).sort().reverse();
    var home = told['index.html'] ? '<a href="' + at('index.html') + '">回到首页</a> ' : '';
    var week = days.length ? '<p>最近一周的内容手机里有，没有网也能看：</p><p>' + days.map(dayLink).join('') + '</p>' : '';
    return page('<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">' +
      '<meta name="viewport" content="width=device-width, initial-scale=1">' +
      '<meta name="color-scheme" content="light dark"><title>没有联网</title><style>' + LOOK.style + '</style></head>' +
      '<body><main><p><b>' + LOOK.name + '</b></p><h1>没有联网，这一页没有存在手机里</h1><p>' + home +
      '<a href="' + at(path).replace(/&/g, '&amp;') + '">再试一次</a></p>' + week + '</main></body></html>', 503);
  });
}
function fromPhone(cache, path) {
  return cache.match(at(path)).then(function (kept) { return kept ? marked(kept) : nothing(cache, path); });
}
function readPage(request, path) {
  return caches.open(CACHE).then(function (cache) {
    return inTime(request).then(function (answer) {
      if (answer.status === 404 || answer.status === 410) {
        return cache.delete(at(path)).then(function () { return answer; });
      }
      if (answer.ok && LIST[path]) {
        return cache.put(at(path), answer.clone()).then(function () { return answer; }, function () { return answer; });
      }
      return answer.status >= 500 ? cache.match(at(path)).then(function (kept) { return kept ? marked(kept) : answer; }) : answer;
    }, function () { return fromPhone(cache, path); });
  });
}
function limitPictures(cache) {
  return cache.keys().then(function (kept) {
    var pictures = kept.filter(function (one) { return one.url.indexOf(at('pictures/')) === 0; });
    return Promise.all(pictures.slice(0, Math.max(0, pictures.length - MOST_PICTURES)).map(function (one) {
      return cache.delete(one);
    }));
  });
}
function readFile(request, path) {
  return caches.open(CACHE).then(function (cache) {
    return cache.match(at(path)).then(function (kept) {
      return kept || fetch(request).then(function (answer) {
        if (!answer.ok || answer.type === 'opaque') { return answer; }
        return cache.put(at(path), answer.clone()).then(function () { return limitPictures(cache); }).then(
          function () { return answer; }, function () { return answer; });
      });
    });
  });
}

self.addEventListener('fetch', function (event) {
  var request = event.request, path = pathOf(request.url), answer;
  if (!LIST || request.method !== 'GET' || path === null) { return; }
  if (request.mode === 'navigate') {
    answer = readPage(request, path);
    event.respondWith(answer);
    event.waitUntil(answer.then(fill));
  } else if (/^(assets|pictures)\//.test(path)) {
    event.respondWith(readFile(request, path));
  }
});
