/* 听简报: the browser's own voice, sentence by sentence. No service, nothing is sent. */
(function () {
  'use strict';
  var voice = window.speechSynthesis;
  var LONGEST = 90;
  var SILENCE = 8000; /* ms; a voice that comes from a network takes a moment */
  var SPEEDS = [['0.8', '慢速'], ['1', '常速'], ['1.25', '快速'], ['1.5', '更快']];
  var SETTLE = 100; /* ms; some browsers swallow what is spoken right after a cancel */
  function speed() {
    var kept;
    try { kept = window.localStorage.getItem('gonghui-speed'); } catch (error) { kept = null; }
    return SPEEDS.some(function (one) { return one[0] === kept; }) ? kept : '1';
  }
  function keepSpeed(value) {
    try { window.localStorage.setItem('gonghui-speed', value); } catch (error) { return; }
  }
  function pieces(text) {
    var found = text.replace(/\s+/g, ' ').match(/[^。！？；!?]+[。！？；!?]*["”’）]*/g) || [];
    var out = [];
    found.forEach(function (sentence) {
      var part = '';
      (sentence.match(/[^，、：,]+[，、：,]*/g) || []).forEach(function (clause) {
        if (part && part.length + clause.length > LONGEST) { out.push(part); part = ''; }
        part += clause;
      });
      if (part.trim()) { out.push(part.trim()); }
    });
    return out;
  }
  function script(selector) {
    var lines = [];
    Array.prototype.forEach.call(document.querySelectorAll(selector), function (part) {
      pieces(part.textContent).forEach(function (words) {
        lines.push({ words: words, part: part });
      });
    });
    return lines;
  }
  /* 普通话 first: many machines list voices of Hong Kong (Cantonese) and Taiwan before. */
  var WANTED = [/^(zh|cmn|chi)([-_](cn|hans.*))?$/i, /^(zh|cmn|chi)[-_](?!hk|mo|hant[-_](hk|mo))/i, /^(zh|cmn|chi)/i];
  function chinese() {
    var voices = voice.getVoices(), found;
    WANTED.forEach(function (wanted) {
      found = found || voices.filter(function (one) { return wanted.test(one.lang); })[0];
    });
    return found;
  }
  function Reader(place) {
    var self = this;
    this.lines = script(place.getAttribute('data-listen'));
    this.at = this.failed = 0;
    this.turn = 0;
    this.state = 'still';
    this.main = this.button(place, '听简报', function () { self.toggle(); });
    this.stop = this.button(place, '停止', function () { self.end(); });
    this.speed = this.choice(place);
    this.told = document.createElement('span');
    this.told.className = 'note';
    this.told.setAttribute('role', 'status');
    place.appendChild(this.told);
    this.show();
    place.hidden = this.lines.length === 0;
    window.addEventListener('pagehide', function () { self.end(); });
  }
  Reader.prototype.button = function (place, words, act) {
    var button = document.createElement('button');
    button.type = 'button';
    button.className = 'button';
    button.textContent = words;
    button.addEventListener('click', act);
    place.appendChild(button);
    place.appendChild(document.createTextNode(' '));
    return button;
  };
  Reader.prototype.choice = function (place) {
    var self = this, choice = document.createElement('select');
    choice.className = 'button';
    choice.setAttribute('aria-label', '语速');
    SPEEDS.forEach(function (one) { choice.add(new Option(one[1], one[0])); });
    choice.value = speed();
    choice.addEventListener('change', function () { keepSpeed(choice.value); self.again(); });
    place.appendChild(choice);
    place.appendChild(document.createTextNode(' '));
    return choice;
  };
  /* A voice keeps the speed that it began with: the sentence begins again. */
  Reader.prototype.again = function () {
    var self = this, turn;
    if (this.state !== 'reading') { return; }
    turn = (this.turn += 1);
    voice.cancel();
    window.setTimeout(function () { if (turn === self.turn) { self.say(); } }, SETTLE);
  };
  Reader.prototype.show = function () {
    this.main.textContent = { still: '听简报', reading: '暂停', paused: '继续' }[this.state];
    this.stop.hidden = this.speed.hidden = this.state === 'still';
  };
  Reader.prototype.mark = function (on) {
    var line = this.lines[this.at];
    if (line) { line.part.classList.toggle('is-read', on); }
  };
  /* Pausing ends the sentence and keeps its place: pause() of browsers is unreliable. */
  Reader.prototype.hush = function (state) {
    this.turn += 1;
    this.mark(state === 'paused');
    voice.cancel();
    this.state = state;
    this.told.textContent = '';
    this.show();
  };
  Reader.prototype.end = function () {
    if (this.state === 'still') { return; }
    this.hush('still');
    this.at = this.failed = 0;
  };
  /* In the middle the place is kept for another try; a sentence that fails twice ends it. */
  Reader.prototype.fail = function () {
    if (this.at === 0 || this.failed === this.at) {
      this.end();
      this.told.textContent = '这个浏览器读不出来，请换一个浏览器';
      return;
    }
    this.failed = this.at;
    this.hush('paused');
    this.told.textContent = '读到这里断了，按“继续”把这一句再读一遍';
  };
  Reader.prototype.toggle = function () {
    if (this.state === 'reading') { this.hush('paused'); return; }
    this.state = 'reading';
    this.show();
    this.say();
  };
  Reader.prototype.say = function () {
    var self = this;
    var turn = (this.turn += 1);
    var line = this.lines[this.at];
    if (!line) { this.end(); return; }
    var spoken = new window.SpeechSynthesisUtterance(line.words);
    spoken.lang = 'zh-CN';
    spoken.rate = Number(this.speed.value);
    var one = chinese();
    if (one) { spoken.voice = one; }
    this.told.textContent = one || !voice.getVoices().length ? '' : '这个浏览器没有中文的声音，听不清就换一个浏览器';
    this.listenFor(spoken, turn);
    spoken.onend = function () {
      if (turn !== self.turn) { return; }
      self.mark(false);
      self.at += 1;
      self.say();
    };
    spoken.onerror = function () {
      if (turn !== self.turn) { return; }
      self.fail();
    };
    this.mark(true);
    this.spoken = spoken; /* some browsers forget what nobody holds, and never end it */
    voice.speak(spoken);
  };
  /* Some browsers take the words, and neither speak nor say that they cannot. */
  Reader.prototype.listenFor = function (spoken, turn) {
    var self = this, told = this.told, hint = '听不到：请看看音量和静音开关，或换一个浏览器', timer;
    timer = window.setTimeout(function () {
      if (turn === self.turn) { told.textContent = hint; }
    }, SILENCE);
    spoken.onstart = function () {
      window.clearTimeout(timer);
      if (told.textContent === hint) { told.textContent = ''; }
    };
  };
  if (!voice || !window.SpeechSynthesisUtterance) { return; }
  document.documentElement.setAttribute('data-speaks', ''); /* the style keeps room */
  document.addEventListener('DOMContentLoaded', function () {
    Array.prototype.forEach.call(document.querySelectorAll('[data-listen]'), function (place) {
      new Reader(place);
    });
  });
}());
