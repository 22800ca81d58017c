/* Copies the article with its styles, or a line of text. */
(function () {
  'use strict';
  function select(part) {
    var range = document.createRange();
    range.selectNodeContents(part);
    var chosen = window.getSelection();
    chosen.removeAllRanges();
    chosen.addRange(range);
  }
  function put(event, part) {
    event.clipboardData.setData('text/html', part.innerHTML);
    event.clipboardData.setData('text/plain', part.innerText);
    event.preventDefault();
  }
  function copy(button) {
    var part = document.getElementById(button.getAttribute('data-copy'));
    var told = document.getElementById('told');
    function fill(event) { put(event, part); }
    select(part);
    document.addEventListener('copy', fill);
    var done = document.execCommand('copy');
    document.removeEventListener('copy', fill);
    told.textContent = done ? button.textContent + '：已复制，到编辑器里粘贴即可。' : '没有复制成功：内容已选中，请按 Ctrl+C。';
  }
  Array.prototype.forEach.call(document.querySelectorAll('[data-copy]'), function (button) {
    button.addEventListener('click', function () { copy(button); });
  });
}());
