/* A story written on the phone alone: kept with its photos, sent when there is a line. */
(function () {
  "use strict";
  var root = document.querySelector("[data-pocket]");
  if (!root || !window.indexedDB || !window.Promise) { return; }
  var kept = gonghuiKept;
  var home = root.getAttribute("data-pocket");
  var data = null, story = null, place = 0, sending = false, timer = null;
  var RETRY = [3000, 10000, 30000, 60000];

  function $(rule, at) { return (at || root).querySelector(rule); }
  function each(rule, at, act) { Array.prototype.forEach.call((at || root).querySelectorAll(rule), act); }
  function make(tag, name, words) {
    var one = document.createElement(tag);
    if (name) { one.className = name; }
    if (words) { one.textContent = words; }
    return one;
  }
  function view(name) {
    each("[data-view]", root, function (one) { one.hidden = one.getAttribute("data-view") !== name; });
    window.scrollTo(0, 0);
    return $("[data-view=" + name + "]");
  }
  function fault(at, words) {
    var line = $("[data-fault]", at);
    line.hidden = !words;
    line.textContent = words || "";
    if (words) { line.scrollIntoView({ block: "center" }); }
  }
  function keep() {
    story.changed = Date.now();
    return kept.put("stories", story).catch(function () {
      fault($("[data-view]:not([hidden])"), "这部手机存不下了：请先别关这一页，或删掉一些照片");
    });
  }
  function mine(all) { return all.filter(function (one) { return one.home === home; }); }
  function topic() {
    var all = [data.free].concat(data.topics);
    return all.filter(function (one) { return one.id === story.topic; })[0] || data.free;
  }
  function nameOf(one) {
    var said = one.answers.title || one.answers.said || one.answers.result || one.answers.what || one.answers.goods || one.answers.place || "";
    return said.split("\n")[0].slice(0, 24) || "一件事";
  }

  function showHome() {
    story = null;
    view("home");
    return kept.all("stories").then(function (all) {
      var list = $("[data-list]");
      list.textContent = "";
      var own = mine(all).sort(function (a, b) { return b.changed - a.changed; });
      if (own.length) { list.appendChild(make("h2", "", "这部手机里的")); }
      own.forEach(function (one) {
        var card = make("div", "card" + (one.state === "faulty" ? " wants" : ""));
        var words = { draft: "还没写完", out: "等信号，会自动发送", faulty: "要改一下再发", sent: "已发送，编号 " + one.number }[one.state];
        card.appendChild(make("p", "state", words));
        card.appendChild(make("p", "card-title", nameOf(one)));
        var acts = make("div", "card-acts");
        var go = make("button", "button", { draft: "接着写", out: "现在发送", faulty: "去改", sent: "看回执" }[one.state]);
        go.type = "button";
        go.onclick = function () {
          if (one.state === "sent") { location.href = one.receipt; return; }
          if (one.state === "faulty" && one.mend) { location.href = one.mend; return; }
          story = one;
          if (one.state === "out") { send(); } else { place = one.place || 0; step(); }
        };
        acts.appendChild(go);
        var away = make("button", "button plain", one.state === "sent" ? "从手机里移走" : "不要了");
        away.type = "button";
        away.onclick = function () { forget(one).then(showHome); };
        acts.appendChild(away);
        card.appendChild(acts);
        list.appendChild(card);
      });
    });
  }
  function forget(one) {
    return kept.photosOf(one.id).then(function (photos) {
      return Promise.all(photos.map(function (photo) { return kept.drop("photos", photo.id); }));
    }).then(function () { return kept.drop("stories", one.id); });
  }

  function showTopics() {
    view("topic");
    var tiles = $("[data-topics]");
    tiles.textContent = "";
    [data.free].concat(data.topics).forEach(function (one, n) {
      var tile = make("button", n ? "tile" : "tile talk");
      tile.type = "button";
      tile.appendChild(make("b", "", one.name.split("（")[0]));
      tile.onclick = function () {
        story = { id: kept.key(), home: home, topic: one.id, answers: { org: data.known.org, author: data.known.author, reviewer: data.known.reviewer, phone: data.known.phone }, state: "draft", place: 0 };
        go(0);
      };
      tiles.appendChild(tile);
      if (n === 0) { tiles.appendChild(make("div", "topic-tiles")); tiles = tiles.lastChild; }
    });
  }

  function go(to) { place = story.place = to; return keep().then(step); }
  function count() { return topic().screens.length + 2; }
  function step() {
    var screens = topic().screens;
    var name = place < screens.length ? "ask" : place === screens.length ? "photos" : "send";
    var here = view(name);
    fault(here, "");
    $("[data-step]", here).textContent = "第 " + (place + 1) + " 步，共 " + count() + " 步";
    if (name === "ask") { ask(here, screens[place]); }
    if (name === "photos") { showPhotos(); }
    if (name === "send") { fill(here); }
  }
  function ask(here, screen) {
    $("[data-heading]", here).textContent = screen.heading;
    var fields = $("[data-fields]", here);
    fields.textContent = "";
    screen.questions.forEach(function (q) {
      var field = make("div", "field");
      var label = make("label", "", q.ask);
      label.htmlFor = "q-" + q.key;
      if (!q.required) { label.appendChild(make("span", "optional", "（选填）")); }
      field.appendChild(label);
      if (q.hint) { field.appendChild(make("p", "hint", q.hint)); }
      if (q.sample) { field.appendChild(make("p", "answer", "范文这样答：" + q.sample)); }
      var isLine = /^(when|place|org|quoter)$/.test(q.key);
      var box = make(isLine ? "input" : "textarea");
      if (isLine) { box.type = "text"; } else { box.rows = q.key === "said" ? 10 : 2; }
      box.id = "q-" + q.key;
      box.name = q.key;
      box.value = story.answers[q.key] || "";
      field.appendChild(box);
      fields.appendChild(field);
    });
  }
  function fill(here) {
    each("input", here, function (one) {
      var value = story.answers[one.name] || "";
      if (one.type === "radio" || one.type === "checkbox") { one.checked = one.value === value; }
      else { one.value = value; }
    });
  }
  function read(here) {
    each("input,textarea", here, function (one) {
      if (!one.name || one.type === "file") { return; }
      if (one.type === "radio") { if (one.checked) { story.answers[one.name] = one.value; } }
      else if (one.type === "checkbox") { story.answers[one.name] = one.checked ? one.value : ""; }
      else { story.answers[one.name] = one.value; }
    });
  }
  function typed(event) { if (story && event.target.name) { read(event.currentTarget); keep(); } }
  each("[data-view=ask],[data-view=send]", root, function (one) {
    one.addEventListener("input", typed);
    one.addEventListener("change", typed);
  });
  $("[data-view=ask]").addEventListener("submit", function (event) {
    event.preventDefault();
    read(this);
    var lacking = topic().screens[place].questions.filter(function (q) { return q.required && !(story.answers[q.key] || "").trim(); });
    if (lacking.length) { fault(this, "还没有写：" + lacking[0].ask); return; }
    go(place + 1);
  });

  function showPhotos() {
    var here = $("[data-view=photos]"), list = $("[data-photos]");
    return kept.photosOf(story.id).then(function (photos) {
      list.textContent = "";
      photos.sort(function (a, b) { return a.at - b.at; }).forEach(function (photo, n) {
        var card = make("div", "photo");
        var image = make("img");
        image.alt = "第 " + (n + 1) + " 张照片";
        image.src = URL.createObjectURL(photo.blob);
        image.onload = function () { URL.revokeObjectURL(image.src); };
        image.onerror = function () {
          URL.revokeObjectURL(image.src);
          var tile = make("p", "photo-waiting unseen");
          tile.appendChild(make("b", "", "照片在，这里显示不了"));
          tile.appendChild(document.createTextNode(photo.name + (/\.hei[cf]$/i.test(photo.name) ? "（苹果手机的 HEIC 格式）" : "") + "：发送后电脑转好，回执上看得到"));
          image.replaceWith(tile);
        };
        card.appendChild(image);
        [["caption", "第 " + (n + 1) + " 张：谁、在哪、干什么"], ["credit", "谁拍的"]].forEach(function (line) {
          var field = make("div", "field");
          var label = make("label", "", line[1]);
          label.htmlFor = line[0] + n;
          var box = make("input");
          box.type = "text";
          box.id = line[0] + n;
          box.value = photo[line[0]] || "";
          box.oninput = function () { photo[line[0]] = box.value; kept.put("photos", photo); };
          field.appendChild(label);
          field.appendChild(box);
          card.appendChild(field);
        });
        var away = make("button", "button plain", "不要这张");
        away.type = "button";
        away.onclick = function () { kept.drop("photos", photo.id).then(showPhotos); };
        card.appendChild(away);
        list.appendChild(card);
      });
      $("#p-photo", here).parentNode.hidden = photos.length >= data.most;
      return photos;
    });
  }
  $("#p-photo").addEventListener("change", function () {
    var input = this, files = Array.prototype.slice.call(input.files), here = $("[data-view=photos]"), bad = [];
    fault(here, "");
    kept.photosOf(story.id).then(function (have) {
      var free = data.most - have.length, at = Date.now();
      if (files.length > free) { bad.push("一篇最多 " + data.most + " 张照片，只收了前 " + free + " 张"); files = files.slice(0, free); }
      return files.reduce(function (before, file, n) {
        return before.then(function () {
          if (file.size > data.largest) { bad.push(file.name + " 太大了"); return null; }
          return kept.smaller(file, 2048).then(function (blob) {
            return kept.put("photos", { id: kept.key(), of: story.id, at: at + n, name: file.name, blob: blob, credit: data.known.author });
          });
        });
      }, Promise.resolve());
    }).catch(function () { bad.push("这部手机存不下这么多照片了"); }).then(function () {
      input.value = "";
      showPhotos();
      fault(here, bad.join("；"));
    });
  });
  $("[data-view=photos]").addEventListener("submit", function (event) {
    event.preventDefault();
    go(place + 1);
  });
  $("[data-view=send]").addEventListener("submit", function (event) {
    event.preventDefault();
    read(this);
    var a = story.answers, digits = (a.phone || "").replace(/\D/g, "");
    var words = !(a.author || "").trim() ? "请写您的姓名" : !(a.reviewer || "").trim() ? "请写本单位审核人的姓名：谁审核、谁负责"
      : digits.length < 7 || digits.length > 15 ? "请写联系电话，编辑有事好问您（手机或座机）"
        : !a.public ? "请选一下能不能公开；拿不准选“只给领导看”" : a.promise !== "yes" ? "请看一下四条承诺，同意就打勾" : "";
    if (words) { fault(this, words); return; }
    story.state = "out";
    story.tries = 0;
    keep().then(send);
  });

  function going(head, words, share, faults) {
    $("[data-going-head]").textContent = head;
    $("[data-going]").textContent = words;
    $("[data-progress]").hidden = share === null;
    $("[data-progress]").value = share || 0;
    var list = $("[data-faults]");
    list.textContent = "";
    (faults || []).forEach(function (one) { list.appendChild(make("li", "fault", one)); });
  }
  function again(is) { $("[data-do=again]").hidden = !is; }

  function parcel(part, csrf, more, progress) {
    var form = new FormData();
    form.append("csrfmiddlewaretoken", csrf);
    form.append("key", story.id);
    form.append("part", part);
    Object.keys(more).forEach(function (name) {
      if (name === "photo") { form.append("photo", more.photo.blob, more.photo.name); } else { form.append(name, more[name]); }
    });
    return kept.post(home + "parcel", form, progress).then(function (answer) {
      if (answer.status === 404) { throw { words: "这条报送链接已经换了或作废了，请打电话问编辑；您写的还在手机里" }; }
      if (answer.status === 200 || answer.status === 422) { return answer; }
      if (answer.status === 409 || answer.status === 400 || answer.status === 413) { throw { words: "没有收：内容不合要求，或今天已经报了很多篇。您写的还在手机里，请打电话问编辑" }; }
      throw new Error("line");
    });
  }
  function fresh() {
    return new Promise(function (done, fail) {
      var late = setTimeout(function () { fail(new Error("late")); }, 20000);
      fetch(home + "parcel", { credentials: "same-origin", headers: { "Accept": "application/json" } }).then(function (answer) {
        clearTimeout(late);
        if (answer.status === 404) { throw { words: "这条报送链接已经换了或作废了，请打电话问编辑；您写的还在手机里" }; }
        if (!answer.ok) { throw new Error("line"); }
        return answer.json();
      }).then(function (told) { done(told.csrf); }).catch(function (error) { clearTimeout(late); fail(error); });
    });
  }
  function send() {
    if (sending || !story) { return; }
    sending = true;
    clearTimeout(timer);
    view("going");
    again(false);
    going("正在发送", "先别关这一页。关了也不要紧，下次打开会接着发。", 0);
    Promise.all([fresh(), kept.photosOf(story.id)]).then(function (both) {
      var csrf = both[0], photos = both[1].sort(function (a, b) { return a.at - b.at; });
      return photos.reduce(function (before, photo, n) {
        return before.then(function () {
          if (photo.sent) { return null; }
          var words = "正在传第 " + (n + 1) + " 张照片，共 " + photos.length + " 张";
          return parcel("photo", csrf, { photo: photo, caption: photo.caption || "", credit: photo.credit || "" }, function (share) {
            going("正在发送", words, (n + share) / (photos.length + 1));
          }).then(function (answer) {
            story.refused = (story.refused || []).concat(answer.told.refused || []);
            photo.sent = true;
            return keep().then(function () { return kept.put("photos", photo); });
          });
        });
      }, Promise.resolve()).then(function () {
        var told = {};
        Object.keys(story.answers).forEach(function (name) { told[name] = story.answers[name]; });
        told.topic = story.topic;
        return parcel("send", csrf, { story: JSON.stringify(told) });
      });
    }).then(function (answer) {
      sending = false;
      if (answer.status === 422) {
        story.state = "faulty";
        story.mend = answer.mend;
        keep();
        going("要改一下再发", "您写的都在，改好再发：", null, answer.told.faults.map(function (one) { return one.words; }).concat(story.refused || []));
        var link = make("a", "main-button", "去改");
        link.href = answer.mend;
        $("[data-faults]").appendChild(link);
        return;
      }
      story.state = "sent";
      story.number = answer.told.number;
      story.receipt = answer.told.receipt;
      kept.photosOf(story.id).then(function (photos) { photos.forEach(function (one) { kept.drop("photos", one.id); }); });
      keep().then(function () {
        if (!(story.refused || []).length) { location.href = story.receipt; return; }
        going("发出去了，有照片没有收", "编号 " + story.number + "。没有收的照片，请打电话告诉编辑：", null, story.refused);
        var link = make("a", "main-button", "看回执");
        link.href = story.receipt;
        $("[data-faults]").appendChild(link);
      });
    }).catch(function (error) {
      sending = false;
      if (error && error.words) { going("没有发出去", error.words, null); again(true); return; }
      story.tries = (story.tries || 0) + 1;
      keep();
      going("信号不好，还没有发出去", "您写的和照片都存在这部手机里，关掉也不丢。信号好了会自动再发，也可以自己点。", null);
      again(true);
      timer = setTimeout(send, RETRY[Math.min(story.tries, RETRY.length) - 1]);
    });
  }
  window.addEventListener("online", function () { if (story && story.state === "out") { send(); } });

  root.addEventListener("click", function (event) {
    var what = event.target.getAttribute && event.target.getAttribute("data-do");
    if (what === "new") { showTopics(); }
    if (what === "home") { clearTimeout(timer); showHome(); }
    if (what === "again") { send(); }
    if (what === "back") { if (place === 0) { showHome(); } else { go(place - 1); } }
  });

  fetch(home + "questions", { credentials: "same-origin" }).then(function (answer) {
    if (!answer.ok) { throw new Error(String(answer.status)); }
    return answer.json();
  }).then(function (told) {
    data = told;
    try { localStorage.setItem("gonghui-questions-" + home.slice(3, 11), JSON.stringify(told)); } catch (e) { /* full */ }
  }).catch(function () {
    data = JSON.parse(localStorage.getItem("gonghui-questions-" + home.slice(3, 11)) || "null");
  }).then(function () {
    if (!data) { going("打不开", "问题还没有存到手机里，请有信号时打开一次。", null); view("going"); return null; }
    return showHome().then(function () {
      return kept.all("stories").then(function (all) {
        var out = mine(all).filter(function (one) { return one.state === "out"; })[0];
        if (out && navigator.onLine) { story = out; send(); }
      });
    });
  }).catch(function () { going("打不开", "这个浏览器不能存稿件，请用“一页填完”。", null); view("going"); });
})();
