{% raw %}"use strict";
(function () {
  // Kept in step with newsroom/drafting.py and newsroom/text_block.py; a test compares.
  const given = JSON.parse(document.getElementById("data").dataset.json);
  const screen = document.getElementById("screen");
  const progress = document.getElementById("progress");
  const STORE = "baosong-1";
  const UNSEEN = /[\u0000-\u0020\u007f-\u00a0\u00ad\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufe00-\ufe0f\ufeff]/g;
  const FENCE = /[【[［](?=完|[^【】[\]\s]{0,6}工报送)/g;
  const SLOT = /(“?)\{\{\s*(\w+)\s*\}\}(”?)/g;
  let state = { step: 0, topic: "", answers: {}, fields: {} };

  function clean(text) {
    return String(text || "").replace(/[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]/g, "")
      .replace(/\s+/g, " ").trim();
  }

  function sha256(text) {
    const bytes = Array.from(unescape(encodeURIComponent(text)), (c) => c.charCodeAt(0));
    const size = bytes.length * 8;
    const primes = [];
    for (let n = 2; primes.length < 64; n++) {
      if (primes.every((p) => n % p)) primes.push(n);
    }
    const part = (x) => ((x - Math.floor(x)) * 4294967296) | 0;
    const k = primes.map((p) => part(Math.cbrt(p)));
    const h = primes.slice(0, 8).map((p) => part(Math.sqrt(p)));
    bytes.push(128);
    while (bytes.length % 64 !== 56) bytes.push(0);
    for (let i = 7; i >= 0; i--) bytes.push(Math.floor(size / Math.pow(256, i)) & 255);
    const turn = (x, n) => (x >>> n) | (x << (32 - n));
    for (let at = 0; at < bytes.length; at += 64) {
      const w = [];
      for (let i = 0; i < 64; i++) {
        if (i < 16) {
          const j = at + i * 4;
          w[i] = (bytes[j] << 24) | (bytes[j + 1] << 16) | (bytes[j + 2] << 8) | bytes[j + 3];
        } else {
          const a = turn(w[i - 15], 7) ^ turn(w[i - 15], 18) ^ (w[i - 15] >>> 3);
          const b = turn(w[i - 2], 17) ^ turn(w[i - 2], 19) ^ (w[i - 2] >>> 10);
          w[i] = (w[i - 16] + a + w[i - 7] + b) | 0;
        }
      }
      let [a, b, c, d, e, f, g, z] = h;
      for (let i = 0; i < 64; i++) {
        const s1 = turn(e, 6) ^ turn(e, 11) ^ turn(e, 25);
        const t1 = (z + s1 + ((e & f) ^ (~e & g)) + k[i] + w[i]) | 0;
        const s0 = turn(a, 2) ^ turn(a, 13) ^ turn(a, 22);
        const t2 = (s0 + ((a & b) ^ (a & c) ^ (b & c))) | 0;
        z = g; g = f; f = e; e = (d + t1) | 0; d = c; c = b; b = a; a = (t1 + t2) | 0;
      }
      [a, b, c, d, e, f, g, z].forEach((x, i) => { h[i] = (h[i] + x) | 0; });
    }
    return h.map((x) => ("00000000" + (x >>> 0).toString(16)).slice(-8)).join("");
  }

  function digest(text) {
    const whole = text.normalize("NFKC").replace(UNSEEN, "");
    return sha256(Array.from(whole).filter((c) => c < "\ud800" || c > "\udfff" || c.length > 1).join(""));
  }

  const checksum = (text) => digest(text).slice(0, 4).toUpperCase();

  function writeBlock(block, body, number, total, others) {
    const lines = [["单位", "unit"], ["类别", "kind"], ["主题", "topic"], ["日期", "day"],
      ["地点", "place"], ["标题", "title"]].map(([key, name]) => key + "：" + block[name]);
    others.forEach(([key, value]) => lines.push(key + "：" + value));
    lines.push("正文：");
    if (body) lines.push(body);
    [["照片", "photos"], ["作者", "author"], ["代填", "filled_by"], ["审核", "reviewer"],
      ["公开", "public"]].forEach(([key, name]) => lines.push(key + "：" + block[name]));
    const inner = lines.join("\n");
    return "【" + given.heading + "】v1 " + number + "/" + total + "\n" + inner +
      "\n【完】校验 " + checksum(inner);
  }

  function writeBlocks(raw) {
    const block = {};
    ["unit", "kind", "topic", "day", "place", "title", "photos", "author", "filled_by",
      "reviewer", "public"].forEach((name) => { block[name] = clean(raw[name]).replace(FENCE, "〔"); });
    const body = String(raw.body || "").split("\n").map(clean).filter(Boolean).join("\n").replace(FENCE, "〔");
    const whole = writeBlock(block, body, 1, 1, []);
    // Letters are counted as Python counts them: a rare character is one.
    const size = (text) => Array.from(text).length;
    if (size(whole) <= given.longest) return [whole];
    const group = digest(body).slice(0, 8).toUpperCase();
    const room = Math.max(given.longest - size(writeBlock(block, "", 10, 10, [["篇号", group]])) - 8,
      Math.floor(given.longest / 6));
    const pieces = [];
    body.split("\n").forEach((text) => {
      const line = Array.from(text);
      for (let at = 0; at < line.length; at += room) {
        const bit = line.slice(at, at + room).join("");
        const last = pieces.length ? pieces[pieces.length - 1][0] : "";
        if (at === 0 && last && size(last) + size(bit) < room) {
          pieces[pieces.length - 1][0] = last + "\n" + bit;
        } else {
          pieces.push([bit, at > 0]);
        }
      }
    });
    return pieces.map(([piece, goesOn], index) => {
      const others = [["篇号", group]];
      if (goesOn) others.push(["续段", "是"]);
      return writeBlock(block, piece, index + 1, pieces.length, others);
    });
  }

  function trimTail(text) { return text.replace(/[。；，、;, \t]+$/, ""); }

  function cleanAnswers(template, answers, unitName) {
    const said = { unit: unitName };
    template.questions.forEach((question) => {
      let answer = trimTail(clean(answers[question.key])).replace(/〔还没写：[^〔〕]*〕/g, "");
      if (question.key === "quote") {
        answer = trimTail(answer.replace(/^[“”"'「」『』 ]+|[“”"'「」『』 ]+$/g, ""));
      }
      if (answer) said[question.key] = answer;
    });
    return said;
  }

  function closed(answer, closing) {
    return !closing || /[。！？…!?]$/.test(answer) ? answer : answer + "。";
  }

  function noStutter(before, answer) {
    const word = ["将", "在", "为"].find((w) => before.endsWith(w) && answer.startsWith(w) && answer !== w);
    return word ? answer.slice(1) : answer;
  }

  function makeDraft(template, answers, unitName) {
    const said = cleanAnswers(template, answers, unitName);
    const ask = (key) => (template.questions.find((q) => q.key === key) || { ask: key }).ask;
    const missing = new Set();
    const skeleton = template.skeleton.replace(/\{%\s*if\s+(\w+)\s*%\}([\s\S]*?)\{%\s*endif\s*%\}/g,
      (_, key, inner) => (key in said ? inner : ""));
    const parts = skeleton.split(/([，。；\n])/).concat("");
    let clauses = [];
    for (let i = 0; i + 1 < parts.length; i += 2) {
      const words = parts[i];
      const keys = Array.from(words.matchAll(SLOT), (m) => m[2]);
      keys.filter((key) => !(key in said)).forEach((key) => missing.add(key));
      const whole = words.replace(SLOT, (_, opening, key, closing, offset) => {
        if (!(key in said)) return opening + "〔还没写：" + ask(key) + "〕" + closing;
        return opening + closed(noStutter(words.slice(0, offset), said[key]), closing) + closing;
      });
      const lacking = keys.some((key) => !(key in said));
      const kept = lacking ? Array.from(words.matchAll(SLOT)).filter((m) => m[2] in said)
        .map((m) => m[1] + closed(said[m[2]], m[3]) + m[3]).join("") : whole;
      clauses.push({ words: whole, plain: kept, end: parts[i + 1], fixed: !keys.length });
    }
    const text = finish(clauses);
    const plain = finish(keepEnds(withoutEmptyClaims(clauses)));
    return {
      titles: titles(template, said), text, plain,
      missing: template.questions.filter((q) => missing.has(q.key) || (q.required && !(q.key in said)))
        .map((q) => q.key),
    };
  }

  function withoutEmptyClaims(clauses) {
    const kept = [];
    let sentence = [];
    clauses.forEach((clause) => {
      sentence.push({ words: clause.plain, end: clause.end, fixed: clause.fixed });
      if (clause.end !== "，") {
        const facts = sentence.filter((one) => !one.fixed);
        if (facts.length && !facts.some((one) => one.words.trim())) {
          sentence.forEach((one) => { one.words = ""; });
        }
        kept.push(...sentence);
        sentence = [];
      }
    });
    return kept.concat(sentence);
  }

  function keepEnds(clauses) {
    const strong = "\n。；，";
    const kept = [];
    clauses.forEach((clause) => {
      const last = kept[kept.length - 1];
      if (clause.words.trim()) {
        kept.push(clause);
      } else if (last && clause.end && (!last.end ||
          strong.indexOf(clause.end) < strong.indexOf(last.end[last.end.length - 1]))) {
        last.end = clause.end !== "\n" ? clause.end : last.end + "\n";
      }
    });
    return kept;
  }

  function finish(clauses) {
    return clauses.map((c) => c.words + c.end).join("").split("\n").map((line) => {
      line = line.trim().replace(/([。！？])[，。；]+/g, "$1").replace(/[，；]+([。！？])/g, "$1")
        .replace(/，{2,}/g, "，").replace(/([。！？]”)。/g, "$1").replace(/^[，。；、]+/, "");
      return /[，；]$/.test(line) ? line.replace(/[，；]+$/, "") + "。" : line;
    }).filter(Boolean).join("\n");
  }

  function titles(template, said) {
    const made = template.titles.concat(given.titles).filter((title) =>
      Array.from(title.matchAll(SLOT)).every((m) => m[2] in said)
    ).map((title) => title.replace(SLOT, (_, a, key, b) => a + said[key] + b));
    const fit = Array.from(new Set(made)).filter((t) => Array.from(t).length <= 40 && !/[！!。\n]/.test(t));
    const short = fit.filter((t) => Array.from(t).length <= 30);
    return short.concat(fit.filter((t) => !short.includes(t))).slice(0, 3);
  }

  function save() {
    try { localStorage.setItem(STORE, JSON.stringify(state)); } catch (error) { /* private mode */ }
  }

  function load() {
    try {
      const kept = JSON.parse(localStorage.getItem(STORE) || "null");
      if (kept && kept.answers && kept.fields) state = kept;
    } catch (error) { /* nothing kept, or not readable */ }
  }

  function make(tag, words, attributes) {
    const node = document.createElement(tag);
    if (words) node.textContent = words;
    Object.entries(attributes || {}).forEach(([key, value]) => node.setAttribute(key, value));
    return node;
  }

  function button(words, act, isMain) {
    const node = make("button", words, { type: "button" });
    if (isMain) node.className = "main";
    node.addEventListener("click", act);
    return node;
  }

  function field(kind, label, value, hint, keep) {
    const id = "f" + screen.childNodes.length;
    const node = make(kind === "textarea" ? "textarea" : "input", "", { id });
    if (kind !== "textarea") node.type = kind;
    node.value = value || "";
    node.addEventListener("input", () => { keep(node.value); save(); });
    screen.append(make("label", label, { for: id }));
    if (hint) screen.append(make("p", hint, { class: "hint" }));
    screen.append(node);
    return node;
  }

  function choice(label, options, value, keep) {
    const id = "f" + screen.childNodes.length;
    const node = make("select", "", { id });
    options.forEach(([key, words]) => node.append(make("option", words, { value: key })));
    node.value = value || options[0][0];
    keep(node.value);
    node.addEventListener("change", () => { keep(node.value); save(); });
    screen.append(make("label", label, { for: id }), node);
  }

  const template = () => given.templates.find((one) => one.id === state.topic);
  const unit = () => given.units.find((one) => one.id === state.fields.unit);

  function whenWords() {
    const day = (iso) => iso.split("-").map(Number);
    const from = state.fields.from ? day(state.fields.from) : null;
    const to = state.fields.to && state.fields.to !== state.fields.from ? day(state.fields.to) : null;
    if (!from) return "";
    const start = from[1] + "月" + from[2] + "日";
    return to ? start + "至" + (to[1] === from[1] ? "" : to[1] + "月") + to[2] + "日" : start;
  }

  function move(by) {
    state.step += by;
    save();
    show();
    screen.focus();
    window.scrollTo(0, 0);
  }

  function nextRow(words, check) {
    const row = make("div", "", { class: "row" });
    if (state.step > 0) row.append(button("上一步", () => move(-1)));
    row.append(button(words, () => {
      const wrong = check ? check() : "";
      const told = screen.querySelector(".wrong");
      if (told) told.remove();
      if (wrong) row.before(make("p", wrong, { class: "wrong", role: "alert" }));
      else move(1);
    }, true));
    screen.append(row);
  }

  function showStart() {
    screen.append(make("h1", "您只要回答几个小问题，三分钟报完"),
      make("p", "不用电脑，不用想标题。写得不好没关系，编辑会帮您改。"));
    const units = [["", "请选单位"]].concat(given.units.map((one) => [one.id, one.name]));
    choice("您是哪个单位的？", units, state.fields.unit, (value) => { state.fields.unit = value; });
    nextRow("开始", () => (unit() ? "" : "请先选单位"));
  }

  function showTopics() {
    screen.append(make("h1", "说的是什么事？"), make("p", "拿不准就选最后一个。", { class: "hint" }));
    const month = new Date().getMonth() + 1;
    const wait = (one) => (one.months.length ? Math.min(...one.months.map((m) => (m - month + 12) % 12)) : 2.5);
    const rank = (one) => (one.id === given.general ? 12 : wait(one));
    const tiles = make("div", "", { class: "tiles" });
    given.templates.slice().sort((a, b) => rank(a) - rank(b)).forEach((one) => {
      const [, name, note] = one.name.match(/^([^（]*)(.*)$/);
      const tile = button(name, () => { state.topic = one.id; move(1); });
      if (note) tile.append(make("small", note));
      tiles.append(tile);
    });
    screen.append(tiles);
    const row = make("div", "", { class: "row" });
    row.append(button("上一步", () => move(-1)));
    screen.append(row);
  }

  function showQuestion(question) {
    screen.append(make("h1", question.ask));
    if (question.key === "when") {
      field("date", "哪一天", state.fields.from, "", (value) => { state.fields.from = value; });
      field("date", "到哪一天（只有一天就不填）", state.fields.to, "", (value) => { state.fields.to = value; });
      nextRow("下一步", () => (state.fields.from ? "" : "请选日期"));
      return;
    }
    const keep = (value) => { state.answers[question.key] = value; };
    const hint = question.hint || (question.required ? "" : "没有就不填，直接点下一步");
    field("textarea", "回答", state.answers[question.key], hint, keep);
    nextRow("下一步", () => (question.required && !clean(state.answers[question.key]) ? "这一项要写一下" : ""));
  }

  function showDraft() {
    state.answers.when = whenWords();
    const draft = makeDraft(template(), state.answers, unit().name);
    const made = JSON.stringify([state.topic, state.answers]);
    if (state.fields.made !== made) {
      Object.assign(state.fields, { made, title: draft.titles[0] || "", body: draft.plain });
    }
    screen.append(make("h1", "看看稿子，可以改"));
    const shown = make("p", "", { class: "draft" });
    draft.text.split(/(〔还没写：[^〔〕]*〕)/).forEach((bit) => {
      shown.append(bit.startsWith("〔还没写：") ? make("mark", bit) : bit);
    });
    if (draft.missing.length) {
      screen.append(make("p", "黄色的地方还没写，补上更容易被采用；不补也能发。"), shown);
    }
    field("text", "标题", state.fields.title, draft.titles.slice(1).map((t) => "也可以是：" + t).join("；"),
      (value) => { state.fields.title = value; });
    field("textarea", "正文", state.fields.body, "", (value) => { state.fields.body = value; });
    nextRow("下一步", () => (clean(state.fields.body) ? "" : "正文还是空的"));
  }

  function showWho() {
    screen.append(make("h1", "最后几项"));
    const text = (label, name, hint) =>
      field("text", label, state.fields[name], hint, (value) => { state.fields[name] = value; });
    choice("这是哪一类？", given.kinds.map((kind) => [kind, kind]), state.fields.kind,
      (value) => { state.fields.kind = value; });
    text("本单位谁审核的？", "reviewer", "谁审核、谁负责");
    text("作者", "author", "");
    text("替别人填的，写上您的名字", "filled_by", "自己填的就空着");
    text("有几张照片？", "photos", "照片另外用微信发，请勾“原图”；没有也能报");
    choice("可以公开吗？", [["是", "可公开"], ["否", "只给领导看"]], state.fields.public,
      (value) => { state.fields.public = value; });
    nextRow("做好了", () => (clean(state.fields.reviewer) ? "" : "请写上审核人"));
  }

  function blocksNow() {
    const f = state.fields;
    const day = f.to && f.to !== f.from ? f.from + " 至 " + f.to : f.from;
    const photos = /^\d+$/.test(clean(f.photos)) ? clean(f.photos) + "张，另发原图" : f.photos;
    return writeBlocks({
      unit: unit().union, kind: f.kind, topic: template().name.replace(/（.*/, ""), day,
      place: state.answers.place, title: f.title, body: f.body, photos, author: f.author,
      filled_by: f.filled_by, reviewer: f.reviewer, public: f.public,
    });
  }

  function copy(node, told) {
    const done = () => { told.textContent = "已复制。到微信里长按输入框，点“粘贴”，发给编辑。"; };
    const byHand = () => {
      const range = document.createRange();
      range.selectNodeContents(node);
      const chosen = window.getSelection();
      chosen.removeAllRanges();
      chosen.addRange(range);
      try {
        if (document.execCommand("copy")) { done(); return; }
      } catch (error) { /* some browsers refuse */ }
      told.textContent = "文字已选中，请长按后点“复制”。";
    };
    if (navigator.clipboard && window.isSecureContext) {
      navigator.clipboard.writeText(node.textContent).then(done, byHand);
    } else {
      byHand();
    }
  }

  function showBlocks() {
    const blocks = blocksNow();
    screen.append(make("h1", blocks.length > 1 ? "稿子较长，分 " + blocks.length + " 段发" : "复制下面的文字，发给编辑"));
    const told = make("p", "", { role: "status" });
    blocks.forEach((block, index) => {
      const node = make("pre", block, { tabindex: "0" });
      const row = make("div", "", { class: "row" });
      row.append(button(blocks.length > 1 ? "复制第 " + (index + 1) + " 段" : "复制", () => copy(node, told), true));
      screen.append(row, node);
    });
    screen.append(told);
    const row = make("div", "", { class: "row" });
    row.append(button("上一步", () => move(-1)), button("再报一篇", () => {
      state = { step: 1, topic: "", answers: {}, fields: { unit: state.fields.unit, reviewer: state.fields.reviewer } };
      move(0);
    }));
    screen.append(row);
  }

  function show() {
    screen.textContent = "";
    const questions = template() ? template().questions : [];
    const total = questions.length + 5;
    if (!unit()) state.step = 0;
    else if (!template()) state.step = Math.min(state.step, 1);
    const at = state.step - 2;
    const all = template() ? "，共 " + total + " 步" : "";
    progress.textContent = state.step ? "第 " + (state.step + 1) + " 步" + all : "";
    if (state.step === 0) showStart();
    else if (state.step === 1) showTopics();
    else if (at < questions.length) showQuestion(questions[at]);
    else if (at === questions.length) showDraft();
    else if (at === questions.length + 1) showWho();
    else showBlocks();
  }

  load();
  const named = given.units.find((one) => "#" + one.id === location.hash);
  if (named) state.fields.unit = named.id;
  window.baosong = { makeDraft, writeBlocks, checksum };
  show();
})();{% endraw %}
