/* Boxes drawn over a photo, by mouse, pen or finger: what to blur, what to keep. */
(function () {
  "use strict";
  var form = document.querySelector(".darkroom");
  if (!form) { return; }
  var picture = form.querySelector("img");
  var canvas = form.querySelector("canvas");
  var told = form.querySelector("[data-told]");
  var paint = canvas.getContext("2d");
  var steps = [];
  var drawing = null;

  function tool() { return form.querySelector("[name=tool]:checked").value; }
  function crop() { return steps.filter(function (s) { return s.kind === "crop"; }).pop(); }
  function covers() { return steps.filter(function (s) { return s.kind === "cover"; }); }
  function words(box) { return [box.left, box.top, box.width, box.height].join(","); }

  function pixels(box) {
    return [box.left * canvas.width / 1000, box.top * canvas.height / 1000,
      box.width * canvas.width / 1000, box.height * canvas.height / 1000];
  }

  function mosaic(box) {
    var p = pixels(box), small = document.createElement("canvas");
    small.width = 6; small.height = Math.max(1, Math.round(6 * p[3] / Math.max(p[2], 1)));
    small.getContext("2d").drawImage(canvas, p[0], p[1], p[2], p[3], 0, 0, small.width, small.height);
    paint.imageSmoothingEnabled = false;
    paint.drawImage(small, 0, 0, small.width, small.height, p[0], p[1], p[2], p[3]);
    paint.imageSmoothingEnabled = true;
  }

  function dim(box) {
    var p = pixels(box);
    paint.fillStyle = "rgba(0,0,0,.6)";
    paint.fillRect(0, 0, canvas.width, p[1]);
    paint.fillRect(0, p[1] + p[3], canvas.width, canvas.height);
    paint.fillRect(0, p[1], p[0], p[3]);
    paint.fillRect(p[0] + p[2], p[1], canvas.width, p[3]);
    outline(box, "#fff");
  }

  function outline(box, colour) {
    var p = pixels(box);
    paint.lineWidth = Math.max(2, canvas.width / 300);
    paint.strokeStyle = colour;
    paint.strokeRect(p[0], p[1], p[2], p[3]);
  }

  function show() {
    paint.drawImage(picture, 0, 0, canvas.width, canvas.height);
    covers().forEach(mosaic);
    if (crop()) { dim(crop()); }
    if (drawing) { outline(drawing, "#ffe45c"); }
    form.elements.crop.value = crop() ? words(crop()) : "";
    form.elements.covers.value = covers().map(words).join(";");
    told.textContent = (covers().length ? "打码 " + covers().length + " 处 " : "") + (crop() ? "已裁剪" : "");
  }

  function place(event) {
    var frame = canvas.getBoundingClientRect();
    function share(at, from, size) { return Math.round(Math.min(Math.max((at - from) / size, 0), 1) * 1000); }
    return { x: share(event.clientX, frame.left, frame.width), y: share(event.clientY, frame.top, frame.height) };
  }

  canvas.addEventListener("pointerdown", function (event) {
    var at = place(event);
    canvas.setPointerCapture(event.pointerId);
    drawing = { kind: tool(), x: at.x, y: at.y, left: at.x, top: at.y, width: 0, height: 0 };
    event.preventDefault();
  });
  canvas.addEventListener("pointermove", function (event) {
    if (!drawing) { return; }
    var at = place(event);
    drawing.left = Math.min(at.x, drawing.x); drawing.width = Math.abs(at.x - drawing.x);
    drawing.top = Math.min(at.y, drawing.y); drawing.height = Math.abs(at.y - drawing.y);
    show();
  });
  function end() {
    if (drawing && drawing.width >= 10 && drawing.height >= 10) { steps.push(drawing); }
    drawing = null;
    show();
  }
  canvas.addEventListener("pointerup", end);
  canvas.addEventListener("pointercancel", function () { drawing = null; show(); });
  form.addEventListener("click", function (event) {
    var what = event.target.dataset.do;
    if (what === "back") { steps.pop(); show(); }
    if (what === "clear") { steps = []; show(); }
  });

  function begin() {
    canvas.width = picture.naturalWidth; canvas.height = picture.naturalHeight;
    picture.hidden = true; canvas.hidden = false;
    form.querySelector(".tools").hidden = false;
    show();
  }
  if (picture.complete && picture.naturalWidth) { begin(); } else { picture.addEventListener("load", begin); }
})();
