/* Search without a server: shards of terms and blocks of text come in as scripts.
   Nothing is fetched, so it works from a stick too. Folds as search/folding.py does. */
(function () {
  'use strict';
  var BASE = 44, FIRST = 7919, SECOND = 104729;
  var PAGE = 20, BLOCKS = 3, TERMS = 2, PAUSE = 250;
  /* One step asks a network for no more than this, whatever the question. */
  var REQUESTS = 6, BYTES = 112000, MOST_BYTES = 150000, BLOCK_BYTES = 24000;
  var DIGITS = [], parts = {}, waiting = {}, asked = 0, heard = 0;
  var head = null, place, form, input, list, status, more, turn = 0, shown = null;

  (function () {
    var code, number = 0;
    for (code = 33; code < 127; code += 1) {
      if ('"\\<>&\''.indexOf(String.fromCharCode(code)) < 0) { DIGITS[code] = number; number += 1; }
    }
  }());

  /* what the files say */
  window.gonghuiSearch = function (name, content) {
    parts[name] = content;
    if (name === 'head') { head = null; }
  };
  function fetchPart(name, query) {
    if (!query && parts[name] !== undefined) { return Promise.resolve(parts[name]); }
    if (waiting[name]) { return waiting[name]; }
    asked += 1;
    waiting[name] = new Promise(function (resolve, reject) {
      var script = document.createElement('script');
      script.src = place.getAttribute('data-files') + name + '.js' + (query || '');
      script.onload = function () {
        delete waiting[name];
        script.parentNode.removeChild(script);
        if (parts[name] === undefined) { reject(new Error(name)); return; }
        heard += weight(parts[name]);
        resolve(parts[name]);
      };
      script.onerror = function () {
        delete waiting[name];
        script.parentNode.removeChild(script);
        reject(new Error(name));
      };
      document.head.appendChild(script);
    });
    return waiting[name];
  }
  /* About how many bytes a file had: of a block its texts, of terms mostly digits. */
  function weight(content) {
    var bytes = 0;
    if (typeof content === 'string') { return content.length * 1.4; }
    if (Array.isArray(content)) { content.forEach(function (record) { bytes += record ? record[5].length * 3 + 200 : 1; }); }
    return bytes;
  }
  function isSpent() { return location.protocol !== 'file:' && (asked >= REQUESTS || heard >= BYTES); }
  function numbers(text) {
    var found = [], number = 0, weight = 1, n, digit;
    for (n = 0; n < text.length; n += 1) {
      digit = DIGITS[text.charCodeAt(n)];
      if (digit < BASE) { number += digit * weight; weight *= BASE; continue; }
      found.push(number + (digit - BASE) * weight);
      number = 0;
      weight = 1;
    }
    return found;
  }
  /* In one go, for a common term has thousands. */
  function documents(text) {
    var found = [], last = -1, gap = 1, weight = 1, n, digit;
    if (text.charAt(0) === "'") { return dense(text); }
    for (n = 0; n < text.length; n += 1) {
      digit = DIGITS[text.charCodeAt(n)];
      if (digit < BASE) { gap += digit * weight; weight *= BASE; continue; }
      last += gap + (digit - BASE) * weight;
      found.push(last);
      gap = 1;
      weight = 1;
    }
    return found;
  }
  /* Documents that lie close: a sign tells which of six numbers are meant. */
  function dense(text) {
    var found = [], n, digit, place;
    for (n = 1; n < text.length; n += 1) {
      digit = DIGITS[text.charCodeAt(n)];
      for (place = 0; place < 6; place += 1) {
        if (digit >> place & 1) { found.push((n - 1) * 6 + place); }
      }
    }
    return found;
  }
  function days(text) {
    var told = numbers(text), found = [], day = 0, n, count;
    for (n = 0; n < told.length; n += 2) {
      day += told[n];
      for (count = told[n + 1]; count > 0; count -= 1) { found.push(day); }
    }
    return found;
  }
  function readHead() {
    var told = parts.head, start = 0;
    if (!told) { return fetchPart('head').then(readHead); }
    if (!head) {
      head = {
        told: told, days: days(told.days), deltaDays: days(told.deltaDays), dead: {},
        common: told.common.split(' '), blocks: []
      };
      documents(told.dead).forEach(function (number) { head.dead[number] = head.hasDead = true; });
      told.deltaBlocks.forEach(function (block) {
        head.blocks.push({ name: 'x' + block[0], start: start, end: start + block[1] });
        start += block[1];
      });
    }
    return Promise.resolve(head);
  }

  /* folding: one character stays one character */
  function foldUnit(symbol) {
    var code = symbol.charCodeAt(0), small;
    if (code >= 0xFF01 && code < 0xFF5F) { code -= 0xFEE0; symbol = String.fromCharCode(code); }
    if (code === 0x3000 || code === 0xA0) { return ' '; }
    if (code >= 0x530) { return symbol; }
    small = symbol.toLowerCase();
    return small.length === 1 ? small : symbol;
  }
  function fold(text) { return text.replace(/[A-Z\u00A0-\u052F\u3000\uFF01-\uFF5E]/g, foldUnit); }
  function wordsOf(query) {
    var seen = {};
    return fold(query.replace(/[\u200B\uFEFF]/g, '')).split(/[\s\x1c-\x1f\x85]+/).filter(function (word) {
      var isNew = word !== '' && !seen['w' + word];
      seen['w' + word] = true;
      return isNew;
    });
  }
  function symbolsOf(word) { return Array.from(word); }

  /* which documents may hold the words */
  function termsOf(word) {
    var symbols = symbolsOf(word), terms = [], n;
    if (symbols.length === 1) { return symbols; }
    for (n = 0; n + 1 < symbols.length; n += 1) { terms.push(symbols[n] + symbols[n + 1]); }
    return terms;
  }
  function ranked(terms) {
    return terms.map(function (term, n) {
      var common = head.common.indexOf(term);
      return { term: term, n: n, rank: common < 0 ? 9999 : common };
    }).sort(function (a, b) { return b.rank - a.rank || a.n - b.n; });
  }
  /* The terms of all words: first those to be asked at once, then the others. Of each
     word its rarest comes first; of one word two that are no neighbours, for these say
     nearly the same. */
  function termsInTurn(words, most) {
    var turns = words.map(function (word) { return ranked(termsOf(word)); }), all = [], n;
    if (turns.length === 1 && turns[0].length > 2 && turns[0][1].n === turns[0][0].n + 1 &&
        turns[0][2].rank === turns[0][1].rank) {
      turns[0].push(turns[0].splice(1, 1)[0]);
    }
    turns.sort(function (a, b) { return b[0].rank - a[0].rank; });
    for (n = 0; turns.some(function (turn) { return n < turn.length; }); n += 1) {
      turns.forEach(function (turn) { if (n < turn.length) { all.push(turn[n].term); } });
    }
    return { first: all.slice(0, most), left: all.slice(most) };
  }
  function shardOf(term, shards) {
    var symbols = symbolsOf(term);
    var second = symbols.length > 1 ? symbols[1].codePointAt(0) : 0;
    return (symbols[0].codePointAt(0) * FIRST + second * SECOND) % shards;
  }
  function line(text, name) {
    var start = text.indexOf('\n' + name + ' '), from;
    if (start < 0) { return []; }
    from = start + name.length + 2;
    return documents(text.slice(from, text.indexOf('\n', from)));
  }
  function both(one, other) {
    var found = [], n = 0, m = 0;
    while (n < one.length && m < other.length) {
      if (one[n] === other[m]) { found.push(one[n]); n += 1; m += 1; }
      else if (one[n] < other[m]) { n += 1; } else { m += 1; }
    }
    return found;
  }
  function lists(wanted) {
    return Promise.all(wanted.map(function (pair) {
      return fetchPart(pair[0]).then(function (text) { return line(text, pair[1]); });
    })).then(function (found) { return found.length ? found.reduce(both) : null; });
  }
  /* The filters of the delta stand in the head: a term, three filters, the delta's term
     and a text are six files. */
  function deltaLists(wanted, facets) {
    return lists(wanted).then(function (found) {
      return facets.reduce(function (some, facet) {
        var those = line(head.told.deltaFacets, facet[0] + facet[1]);
        return some ? both(some, those) : those;
      }, found);
    });
  }
  function everything(count) {
    var found = [], n;
    for (n = 0; n < count; n += 1) { found.push(n); }
    return found;
  }
  function inShard(told, term) { return ['b' + told.base + '-t' + shardOf(term, told.shards), term]; }
  function candidates(ask) {
    var told = head.told, base = [], delta = [], isFiltered = false;
    var facets = [['u', ask.town], ['t', ask.topic], ['s', ask.source]].filter(function (facet) { return facet[1]; });
    var terms = termsInTurn(ask.words, facets.length > 1 ? 1 : TERMS);
    terms.first.forEach(function (term, n) {
      base.push(inShard(told, term));
      if (n === 0 && told.delta) {
        delta.push(['d' + told.delta + '-t' + shardOf(term, told.deltaShards), term]);
      }
    });
    facets.forEach(function (facet) {
      var number = told.filters.indexOf(facet[0] + facet[1]);
      isFiltered = isFiltered || number < 0;
      base.push(['b' + told.base + '-f' + number, facet[0] + facet[1]]);
    });
    return Promise.all([
      head.days.length && !isFiltered ? lists(base) : [], told.delta ? deltaLists(delta, facets) : []
    ]).then(function (found) {
      var inBase = found[0] || everything(head.days.length);
      var inDelta = found[1] || everything(head.deltaDays.length);
      var dated = ask.from > -Infinity || ask.until < Infinity;
      if (dated || head.hasDead) {
        inBase = inBase.filter(function (n) { return !head.dead[n] && inRange(head.days[n], ask); });
      }
      if (dated) { inDelta = inDelta.filter(function (n) { return inRange(head.deltaDays[n], ask); }); }
      return { all: merged(inBase, inDelta), left: terms.left };
    });
  }
  /* Another term of the words, where so far none of the texts held them. */
  function narrow(now) {
    var pair = inShard(head.told, now.left.shift());
    return fetchPart(pair[0]).then(function (text) {
      var known = {}, rest;
      line(text, pair[1]).forEach(function (number) { known[number] = true; });
      rest = now.all.slice(now.next).filter(function (n) { return n < 0 || known[n]; });
      now.all = rest;
      now.next = 0;
    });
  }
  function inRange(day, ask) { return day >= ask.from && day <= ask.until; }
  /* Newest first; a number of the delta is told apart by being negative. */
  function merged(inBase, inDelta) {
    var all = [], b = inBase.length - 1, d = inDelta.length - 1;
    if (d < 0) { return inBase.reverse(); }
    while (b >= 0 || d >= 0) {
      if (b < 0 || (d >= 0 && head.deltaDays[inDelta[d]] >= head.days[inBase[b]])) {
        all.push(-1 - inDelta[d]);
        d -= 1;
      } else {
        all.push(inBase[b]);
        b -= 1;
      }
    }
    return all;
  }
  function blockOf(candidate) {
    var n = candidate, size = head.told.block, one;
    if (n >= 0) {
      one = Math.floor(n / size);
      return { name: 'b' + head.told.base + '-x' + one, place: n - one * size };
    }
    n = -1 - n;
    for (one = 0; head.blocks[one].end <= n; one += 1) { continue; }
    return { name: head.blocks[one].name, place: n - head.blocks[one].start };
  }

  window.gonghuiSearch.fold = fold;

  /* one question and how far its answer has come */
  function sureWithout(ask, left) {
    return !left.length && ask.words.every(function (word) { return symbolsOf(word).length <= 2; });
  }
  function holds(record, words) {
    var text = fold(record[1] + '\n' + record[5]);
    return words.every(function (word) { return text.indexOf(word) >= 0; });
  }
  function answer(ask, mine) {
    asked = 0;
    heard = 0;
    return readHead().then(function () { return candidates(ask); }).then(function (found) {
      if (mine !== turn) { return; }
      shown = { ask: ask, all: found.all, left: found.left, next: 0, count: 0, sure: sureWithout(ask, found.left) };
      list.textContent = '';
      return go(shown, mine);
    });
  }
  /* Reads on until a page is full, or enough was loaded for one step. */
  function go(now, mine) {
    var room = { blocks: BLOCKS, page: now.count + PAGE }, begun = now.count, looked = false;
    var isFree = location.protocol === 'file:';
    function most() {
      var bytes = Math.floor((MOST_BYTES - heard) / BLOCK_BYTES);
      return isFree ? PAGE : Math.max(1, Math.min(room.blocks, REQUESTS - asked, bytes));
    }
    function step() {
      var want = [], names = {}, n, at;
      if (mine !== turn) { return; }
      if (now.count >= room.page || now.next >= now.all.length || (looked && isSpent())) { return tell(now); }
      if (!isFree && room.blocks <= 0 && now.count > begun) { return tell(now); }
      if (room.blocks < BLOCKS && now.count === 0 && now.left.length) { return narrow(now).then(step); }
      for (n = now.next; n < now.all.length && now.count + n - now.next < room.page; n += 1) {
        at = blockOf(now.all[n]);
        if (!names[at.name] && parts[at.name] === undefined) {
          if (want.length === most()) { break; }
          names[at.name] = true;
          want.push(at.name);
        }
      }
      return Promise.all(want.map(function (name) { return fetchPart(name); })).then(function () {
        var fresh = [];
        if (mine !== turn) { return; }
        room.blocks -= want.length;
        looked = true;
        for (; now.next < n; now.next += 1) {
          at = blockOf(now.all[now.next]);
          take(parts[at.name][at.place], fresh);
        }
        now.count += fresh.length;
        show(fresh, now.ask.words);
        return step();
      });
    }
    function take(record, fresh) {
      if (record && holds(record, now.ask.words)) { fresh.push(record); }
    }
    return step();
  }

  /* what the reader sees */
  function element(name, text, of) {
    var made = document.createElement(name);
    if (text) { made.textContent = text; }
    if (of) { of.appendChild(made); }
    return made;
  }
  function marked(text, words, into) {
    var folded = fold(text), at = 0, next, word;
    function nearest(one) {
      var found = folded.indexOf(one, at);
      if (found >= 0 && (next < 0 || found < next || (found === next && one.length > word.length))) {
        next = found; word = one;
      }
    }
    while (at < text.length) {
      next = -1; word = '';
      words.forEach(nearest);
      if (next < 0) { break; }
      into.appendChild(document.createTextNode(text.slice(at, next)));
      element('mark', text.slice(next, next + word.length), into);
      at = next + word.length;
    }
    into.appendChild(document.createTextNode(text.slice(at)));
  }
  function snippet(text, words) {
    var folded = fold(text), at = -1, start, end, cut;
    words.forEach(function (word) {
      var found = folded.indexOf(word);
      if (found >= 0 && (at < 0 || found < at)) { at = found; }
    });
    start = Math.max(0, at - 24);
    cut = Math.max(text.lastIndexOf('。', at - 1), text.lastIndexOf('\n', at - 1)) + 1;
    if (cut > 0 && at - cut < 40) { start = cut; }
    end = Math.min(text.length, start + 96);
    if (/[\uDC00-\uDFFF]/.test(text.charAt(start))) { start -= 1; }
    if (/[\uD800-\uDBFF]/.test(text.charAt(end - 1))) { end -= 1; }
    return (start > 0 && start !== cut ? '…' : '') + text.slice(start, end).replace(/\s+/g, ' ').trim() +
      (end < text.length ? '…' : '');
  }
  function show(records, words) {
    var together = document.createDocumentFragment();
    records.forEach(function (record) { entryOf(record, words, together); });
    list.appendChild(together);
  }
  function entryOf(record, words, into) {
    var entry = element('li', '', into), text, meta;
    var link = element('a', '', element('h2', '', entry));
    entry.className = 'row';
    link.href = place.getAttribute('data-root') + record[0];
    marked(record[1], words, link);
    text = snippet(record[5], words);
    if (text) { marked(text, words, element('p', '', entry)); entry.lastChild.className = 'abstract'; }
    meta = element('p', '', entry);
    meta.className = 'meta';
    if (record[3]) { element('span', record[3], meta).className = 'level'; meta.appendChild(document.createTextNode(' ')); }
    element('span', record[4], meta);
    meta.appendChild(document.createTextNode(' '));
    element('time', dayWords(record[2]), meta).setAttribute('datetime', record[2]);
  }
  function dayWords(iso) {
    var told = iso.split('-');
    return Number(told[0]) + '年' + Number(told[1]) + '月' + Number(told[2]) + '日';
  }
  function tell(now) {
    var count = now.count, left = now.all.length - now.next, words, first;
    list.setAttribute('aria-busy', 'false');
    place.setAttribute('data-state', 'done');
    more.hidden = left === 0;
    more.textContent = '再找更早的（还有' + (now.sure ? '' : '约') + ' ' + left + ' 篇）';
    if (count === 0 && left === 0) { return nothing(now.ask); }
    words = left === 0 ? '找到 ' + count + ' 篇' :
      '找到' + (now.sure ? ' ' : '约 ') + (count + left) + ' 篇，先列出最近的 ' + count + ' 篇';
    first = now.ask.words.length ? '“' + now.ask.query.trim() + '”：' : '';
    if (count === 0) { words = '最近的里没有；还有约 ' + left + ' 篇没有看'; }
    status.textContent = first + words;
    window.setTimeout(keepAddress, 0);
  }
  function nothing(ask) {
    var tips = element('ul', '', list.parentNode.querySelector('.tips') || tipsPlace());
    window.setTimeout(keepAddress, 0);
    status.textContent = ask.words.length ? '没有找到“' + ask.query.trim() + '”' : '没有符合条件的稿件';
    if (ask.isNarrowed) { suggest(tips, '去掉筛选，在全部稿件里找', function () { widen(); }); }
    shorter(ask.words).forEach(function (query) {
      suggest(tips, '只找“' + brief(query) + '”', function () { input.value = query; start(); });
    });
    element('li', '检查有没有错别字；换个说法，或少打几个字再试', tips);
    document.querySelector('.search-ways').hidden = false;
  }
  function tipsPlace() {
    var made = element('div', '', list.parentNode);
    made.className = 'tips';
    return made;
  }
  function suggest(tips, text, act) {
    var button = element('button', text, element('li', '', tips));
    button.type = 'button';
    button.className = 'button';
    button.addEventListener('click', act);
  }
  function brief(query) {
    var symbols = symbolsOf(query);
    return symbols.length > 12 ? symbols.slice(0, 12).join('') + '…' : query;
  }
  function shorter(words) {
    var symbols, half;
    if (words.length > 1) { return words.slice(0, 3); }
    symbols = words.length ? symbolsOf(words[0]) : [];
    half = Math.ceil(symbols.length / 2);
    if (symbols.length < 4) { return []; }
    return [symbols.slice(0, half).join(''), symbols.slice(-half).join('')];
  }
  function failed() {
    list.setAttribute('aria-busy', 'false');
    place.setAttribute('data-state', 'failed');
    more.hidden = true;
    status.textContent = '没有取到搜索数据。请检查网络后再按一次“搜索”。';
  }

  /* the form */
  function dayNumber(value, otherwise) {
    var told = /^(\d{4})-(\d\d)-(\d\d)$/.exec(value);
    return told ? Date.UTC(told[1], told[2] - 1, told[3]) / 86400000 : otherwise;
  }
  /* Two days in the wrong order can mean but one thing. */
  function turned() {
    var first = form.elements.to.value;
    form.elements.to.value = form.elements.from.value;
    form.elements.from.value = first;
    return read();
  }
  function read() {
    var get = function (name) { return form.elements[name].value; };
    var ask = { query: input.value, words: wordsOf(input.value), town: get('town'), topic: get('topic'), source: get('source') };
    ask.from = dayNumber(get('from'), -Infinity);
    ask.until = dayNumber(get('to'), Infinity);
    if (ask.from > ask.until) { return turned(); }
    ask.isNarrowed = Boolean(ask.town || ask.topic || ask.source || get('from') || get('to'));
    return ask;
  }
  /* Later, for the results wait for nothing: a phone takes long to change an address. */
  function keepAddress() {
    var told = [];
    ['q', 'town', 'topic', 'source', 'from', 'to'].forEach(function (name) {
      var value = form.elements[name].value.trim();
      if (value) { told.push(name + '=' + encodeURIComponent(value)); }
    });
    try {
      window.history.replaceState(null, '', location.pathname + (told.length ? '?' + told.join('&') : ''));
    } catch (error) { return; }
  }
  function restore() {
    location.search.slice(1).split('&').forEach(function (pair) {
      var told = pair.split('='), field = form.elements[told[0]], value;
      try { value = decodeURIComponent((told[1] || '').replace(/\+/g, ' ')); } catch (error) { return; }
      if (field && field.name) { field.value = value; }
    });
    if (read().isNarrowed) { form.querySelector('details').open = true; }
  }
  function widen() {
    ['town', 'topic', 'source', 'from', 'to'].forEach(function (name) { form.elements[name].value = ''; });
    start();
  }
  function start() {
    var ask = read(), mine, tips = list.parentNode.querySelector('.tips');
    turn += 1;
    mine = turn;
    if (tips) { tips.parentNode.removeChild(tips); }
    if (!ask.words.length && !ask.isNarrowed) { return clear(); }
    place.setAttribute('data-state', 'busy');
    list.setAttribute('aria-busy', 'true');
    document.querySelector('.search-ways').hidden = true;
    return answer(ask, mine).catch(function () {
      /* The site may have been renewed since this page was opened. */
      return fetchPart('head', '?' + Date.now()).then(function () { return answer(ask, mine); });
    }).catch(function () { if (mine === turn) { failed(); } });
  }
  function clear() {
    window.setTimeout(keepAddress, 0);
    list.textContent = '';
    status.textContent = '';
    more.hidden = true;
    place.setAttribute('data-state', 'empty');
    document.querySelector('.search-ways').hidden = false;
  }
  function readOn() {
    var mine = turn, before = list.children.length;
    if (!shown) { return; }
    asked = 0;
    heard = 0;
    list.setAttribute('aria-busy', 'true');
    go(shown, mine).then(function () {
      var next = list.children[before];
      if (next && document.activeElement === more) { next.querySelector('a').focus(); }
    }, failed);
  }
  function move(event) {
    var links = Array.prototype.slice.call(list.querySelectorAll('h2 a'));
    var here = links.indexOf(document.activeElement);
    if (event.key === 'Escape') {
      if (document.activeElement === input) { input.value = ''; start(); } else { input.focus(); input.select(); }
      event.preventDefault();
    } else if (event.key === 'ArrowDown' && links.length && (here >= 0 || document.activeElement === input)) {
      links[Math.min(here + 1, links.length - 1)].focus();
      event.preventDefault();
    } else if (event.key === 'ArrowUp' && here >= 0) {
      if (here === 0) { input.focus(); } else { links[here - 1].focus(); }
      event.preventDefault();
    }
  }
  function begin() {
    var timer = 0, composing = false;
    place = document.querySelector('.search');
    form = place.querySelector('form');
    input = form.elements.q;
    list = place.querySelector('.results');
    status = place.querySelector('.found');
    more = place.querySelector('.read-on');
    function soon() {
      window.clearTimeout(timer);
      if (!composing) { timer = window.setTimeout(start, PAUSE); }
    }
    form.hidden = false;
    form.addEventListener('submit', function (event) {
      event.preventDefault();
      window.clearTimeout(timer);
      start();
    });
    input.addEventListener('compositionstart', function () { composing = true; });
    input.addEventListener('compositionend', function () { composing = false; soon(); });
    input.addEventListener('input', soon);
    form.addEventListener('change', function (event) { if (event.target !== input) { start(); } });
    form.querySelector('.widen').addEventListener('click', widen);
    more.addEventListener('click', readOn);
    place.addEventListener('keydown', move);
    window.addEventListener('scroll', function () {
      var edge = more.hidden ? 0 : more.getBoundingClientRect().top;
      if (edge && edge < window.innerHeight + 200 && list.getAttribute('aria-busy') === 'false') { readOn(); }
    }, { passive: true });
    restore();
    if (input.value.trim() || read().isNarrowed) { start(); return; }
    input.focus();
    window.setTimeout(function () { if (parts.head) { readHead(); } }, 0); /* before it is asked for */
  }
  if (document.readyState === 'loading') { document.addEventListener('DOMContentLoaded', begin); } else { begin(); }
}());
