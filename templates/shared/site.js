/* Type size, dark, copy, the page's age. Everything reads without it. */
(function () {
  'use strict';
  var root = document.documentElement;
  function recall(key) {
    try { return window.localStorage.getItem(key); } catch (error) { return null; }
  }
  function remember(key, value) {
    try { window.localStorage.setItem(key, value); } catch (error) { return; }
  }
  function prefersDark() {
    return Boolean(window.matchMedia && window.matchMedia('(prefers-color-scheme: dark)').matches);
  }
  function isDark() {
    var theme = root.getAttribute('data-theme');
    return theme ? theme === 'dark' : prefersDark();
  }
  function isLarge() { return root.getAttribute('data-size') === 'large'; }
  function restore() {
    var size = recall('gonghui-size');
    var theme = recall('gonghui-theme');
    if (size === 'large') { root.setAttribute('data-size', 'large'); }
    if (theme === 'dark' || theme === 'light') { root.setAttribute('data-theme', theme); }
  }
  function label(button) {
    var isSize = button.getAttribute('data-switch') === 'size';
    var on = isSize ? isLarge() : isDark();
    button.setAttribute('aria-pressed', String(on));
  }
  function flip(button) {
    if (button.getAttribute('data-switch') === 'size') {
      var size = isLarge() ? 'standard' : 'large';
      root.setAttribute('data-size', size);
      remember('gonghui-size', size);
    } else {
      var theme = isDark() ? 'light' : 'dark';
      root.setAttribute('data-theme', theme);
      remember('gonghui-theme', theme);
    }
    label(button);
  }
  function each(selector, act) {
    Array.prototype.forEach.call(document.querySelectorAll(selector), act);
  }
  function copyBySelection(text) {
    var area = document.createElement('textarea');
    area.value = text;
    area.setAttribute('readonly', '');
    area.className = 'skip';
    document.body.appendChild(area);
    area.select();
    var done = document.execCommand('copy');
    document.body.removeChild(area);
    return done;
  }
  function tell(button, done) {
    button.textContent = done ? '已复制' : '请长按文字复制';
  }
  function copy(button) {
    var text = document.getElementById(button.getAttribute('data-copy')).textContent;
    if (navigator.clipboard && window.isSecureContext) {
      navigator.clipboard.writeText(text).then(
        function () { tell(button, true); },
        function () { tell(button, copyBySelection(text)); }
      );
      return;
    }
    tell(button, copyBySelection(text));
  }
  function two(number) { return number < 10 ? '0' + number : String(number); }
  function isStale(day) {
    var now = new Date();
    var today = now.getFullYear() + '-' + two(now.getMonth() + 1) + '-' + two(now.getDate());
    return Boolean(day) && today > day;
  }
  function sayAge() {
    var day = root.getAttribute('data-day');
    var place = document.querySelector('.age');
    if (!place || !isStale(day)) { return; }
    var parts = day.split('-');
    place.firstChild.textContent = '本页是' + Number(parts[1]) + '月' + Number(parts[2]) + '日的，';
    place.hidden = false;
  }
  function goFind(event) {
    var field = document.querySelector('.search input[type=search]') || document.querySelector('.find input');
    var at = event.target;
    var isTyping = /^(input|textarea|select)$/i.test(at.tagName) || at.isContentEditable;
    if (event.key !== '/' || isTyping || event.ctrlKey || event.metaKey || event.altKey || !field) { return; }
    event.preventDefault();
    if (field.offsetParent) { field.focus(); field.select(); return; }
    window.location.href = field.form.getAttribute('action');
  }
  /* The days of a calendar by arrows: a day, a week; Page Up and Down: a month. */
  var STEPS = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7, PageUp: -28, PageDown: 28 };
  function dayOf(link) {
    var told = /(\d{4})-(\d\d)-(\d\d)\.html/.exec(link.getAttribute('href'));
    return told ? Date.UTC(told[1], told[2] - 1, told[3]) / 86400000 : 0;
  }
  function goDay(event) {
    var step = STEPS[event.key], at = event.target, here, links, wanted;
    if (!step || !at.closest || !at.closest('.month a')) { return; }
    here = dayOf(at);
    links = Array.prototype.filter.call(document.querySelectorAll('.month a'), function (link) {
      return step < 0 ? dayOf(link) <= here + step : dayOf(link) >= here + step;
    });
    links.sort(function (one, other) { return dayOf(one) - dayOf(other); });
    wanted = step < 0 ? links[links.length - 1] : links[0];
    if (wanted) { wanted.focus(); event.preventDefault(); }
  }
  function begin() {
    document.addEventListener('keydown', goFind);
    document.addEventListener('keydown', goDay);
    each('.switches, .copy', function (part) { part.hidden = false; });
    each('.switch', function (button) {
      label(button);
      button.addEventListener('click', function () { flip(button); });
    });
    each('.copy', function (button) {
      button.addEventListener('click', function () { copy(button); });
    });
    sayAge();
  }
  function keepOffline() {
    var app = document.querySelector('link[rel=manifest]');
    var saves = navigator.connection && navigator.connection.saveData;
    if (!app && window.caches && location.protocol !== 'file:') { window.caches.delete('gonghui-site-1'); }
    if (!app || saves || !('serviceWorker' in navigator) || location.protocol === 'file:') { return; }
    navigator.serviceWorker.register(app.href.replace(/[^/]*$/, 'sw.js')).catch(function () { return null; });
  }
  /* The style keeps room for what this script will show, so that nothing jumps. */
  root.setAttribute('data-script', '');
  if (isStale(root.getAttribute('data-day'))) { root.setAttribute('data-stale', ''); }
  restore();
  window.addEventListener('load', keepOffline);
  document.addEventListener('DOMContentLoaded', begin);
  window.addEventListener('pageshow', restore);
}());
