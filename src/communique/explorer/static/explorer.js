// What needs a script: words that light up, keys of the review, words set right by selecting them, files that are
// dropped, and a stretch of days drawn over the lanes.
// Every page works without it.
"use strict";

const CALLED = {
  words: "evidence", said: "said", cue: "cue", speaker: "speaker", addressee: "to", place: "where", time: "when",
  target: "whom", source: "who", trigger: "did",
};

document.documentElement.classList.add("scripted");

// "e1:source s2:said" as pairs.
function marks(told) {
  return (told || "").split(" ").filter(Boolean).map((each) => each.split(":"));
}

function darken(reader) {
  for (const word of reader.querySelectorAll(".w.lit")) {
    word.className = "w";
    delete word.dataset.say;
  }
  for (const card of reader.querySelectorAll("li.lit")) card.classList.remove("lit");
}

function light(reader, records) {
  darken(reader);
  for (const word of reader.querySelectorAll(".w")) {
    for (const [record, role] of marks(word.dataset.m)) {
      if (!records.includes(record) || !(role in CALLED)) continue;
      word.classList.add("lit", role);
      const begins = marks(word.dataset.b).some(([of, as]) => of === record && as === role);
      if (begins && records.length === 1) word.dataset.say = CALLED[role];
    }
  }
  for (const record of records) reader.querySelector(`[data-of="${record}"]`)?.classList.add("lit");
}

for (const reader of document.querySelectorAll("[data-reader]")) {
  let held = new URLSearchParams(location.search).get("show");
  const rest = () => (held && /^[es]\d+$/.test(held) ? light(reader, [held]) : darken(reader));
  const over = (event) => {
    const card = event.target.closest("[data-of]");
    if (card) return light(reader, [card.dataset.of]);
    const word = event.target.closest(".w");
    if (word) return light(reader, [...new Set(marks(word.dataset.m).map(([record]) => record))]);
    return rest();
  };
  reader.addEventListener("pointerover", over);
  reader.addEventListener("pointerleave", rest);
  reader.addEventListener("focusin", (event) => event.target.closest("[data-of]") && over(event));
  reader.addEventListener("focusout", rest);
  // A record that was chosen stays lit, and the address says so.
  reader.addEventListener("click", (event) => {
    const link = event.target.closest("[data-light]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    held = link.dataset.light;
    history.replaceState(null, "", link.href);
    light(reader, [held]);
    const word = reader.querySelector(".w.lit.trigger, .w.lit.said, .w.lit");
    word?.scrollIntoView({ block: "center", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  });
  // Words that are marked with the mouse are offered for an event that is missing.
  document.addEventListener("selectionchange", () => {
    const told = document.getSelection()?.toString().trim();
    const field = reader.querySelector("[data-selected]");
    if (told && told.length < 200 && field && document.activeElement !== field) field.value = told;
  });
  rest();
}

// The words of an event's fields, moved by keys or by selecting them. Places are counted in characters, not in the
// halves of which a script's strings are made.
class Spans {
  constructor(passage, fields) {
    this.passage = passage;
    this.fields = fields;
    this.letters = [...passage.textContent];
    this.from = Number(passage.dataset.from);
    this.words = [];
    const text = this.letters.join("");
    for (const found of text.matchAll(/[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}’'.-]*[\p{L}\p{M}\p{N}])?/gu)) {
      const start = [...text.slice(0, found.index)].length;
      this.words.push([start, start + [...found[0]].length]);
    }
    this.active = -1;
    passage.tabIndex = 0;
    passage.setAttribute("aria-label", "Passage. Arrow keys move the words of the chosen field.");
    passage.setAttribute("role", "group");
    fields.forEach((field, place) => field.addEventListener("focus", () => this.choose(place, false)));
    passage.addEventListener("keydown", (event) => this.press(event));
    passage.addEventListener("pointerup", () => setTimeout(() => this.select(), 0));
  }

  at(field) {
    const told = /^(\d+)-(\d+)$/.exec(field.nextElementSibling.value);
    return told ? [Number(told[1]) - this.from, Number(told[2]) - this.from] : null;
  }

  next() {
    document.querySelector("#fields").open = true;
    this.choose((this.active + 1) % this.fields.length, true);
  }

  choose(place, byKey) {
    this.active = place;
    this.fields.forEach((field, number) => field.closest("label").classList.toggle("chosen", number === place));
    this.before = this.at(this.fields[place]);
    if (byKey) this.passage.focus();
    this.show();
  }

  put(span) {
    const field = this.fields[this.active];
    field.value = span ? this.letters.slice(...span).join("").replace(/\s+/g, " ") : "";
    field.nextElementSibling.value = span ? `${span[0] + this.from}-${span[1] + this.from}` : "";
    this.show();
  }

  // The node and place in it of a character of the passage.
  point(place) {
    const walk = document.createTreeWalker(this.passage, NodeFilter.SHOW_TEXT);
    let node, last = null;
    while ((node = walk.nextNode())) {
      const letters = [...node.data];
      if (place <= letters.length) return [node, letters.slice(0, place).join("").length];
      place -= letters.length;
      last = node;
    }
    return [last, last ? last.data.length : 0];
  }

  show() {
    const field = this.fields[this.active];
    const span = field ? this.at(field) : null;
    document.querySelector("[data-told]").textContent = field ? `${field.closest("label").innerText.trim()}: ${field.value || "no words"}` : "";
    if (!window.Highlight || !CSS.highlights) return;
    CSS.highlights.delete("chosen");
    if (!span || span[0] < 0 || span[1] > this.letters.length) return;
    const range = new Range();
    range.setStart(...this.point(span[0]));
    range.setEnd(...this.point(span[1]));
    CSS.highlights.set("chosen", new Highlight(range));
  }

  press(event) {
    if (this.active < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    const span = this.at(this.fields[this.active]);
    const first = this.words.findIndex(([, end]) => end > (span ? span[0] : 0));
    const last = this.words.findLastIndex(([start]) => start < (span ? span[1] : 1));
    const word = (place) => this.words[Math.min(Math.max(place, 0), this.words.length - 1)];
    const from = span ? span[0] : word(0)[0];
    const to = span ? span[1] : word(0)[1];
    const moves = {
      ArrowRight: () => (event.shiftKey ? [Math.min(word(first + 1)[0], word(last)[0]), to] : [from, word(last + 1)[1]]),
      ArrowLeft: () => (event.shiftKey ? [word(first - 1)[0], to] : [from, Math.max(word(last - 1)[1], word(first)[1])]),
      ArrowDown: () => word(last + 1),
      ArrowUp: () => word(first - 1),
      Delete: () => null,
      Backspace: () => null,
    };
    if (event.key in moves && this.words.length) {
      event.preventDefault();
      this.put(moves[event.key]());
    } else if (event.key === "Enter") {
      event.preventDefault();
      document.querySelector("[data-keep]").click();
    } else if (event.key === "Escape") {
      this.put(this.before);
      this.passage.blur();
    }
  }

  select() {
    const chosen = document.getSelection();
    if (!chosen.rangeCount || chosen.isCollapsed || !this.passage.contains(chosen.anchorNode) || !this.passage.contains(chosen.focusNode)) return;
    const range = chosen.getRangeAt(0), before = new Range();
    before.setStart(this.passage, 0);
    before.setEnd(range.startContainer, range.startOffset);
    const told = [...range.toString()], start = [...before.toString()].length;
    const blank = (list) => list.findIndex((letter) => letter.trim());
    if (blank(told) < 0) return;
    document.querySelector("#fields").open = true;
    if (this.active < 0) this.choose(0, false);
    this.put([start + blank(told), start + told.length - blank([...told].reverse())]);
    chosen.removeAllRanges();
  }
}

if (document.querySelector("[data-review]")) {
  const passage = document.querySelector("[data-passage]");
  const spans = passage && new Spans(passage, [...document.querySelectorAll("[data-span]")]);
  document.querySelector("[data-edit]")?.addEventListener("click", (event) => {
    event.preventDefault();
    spans.next();
  });
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest("input, textarea, select")) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    const help = document.querySelector(`[data-key-open="${CSS.escape(event.key)}"]`);
    const deed = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (help) help.open = !help.open;
    if (event.key === "e" && spans) {
      event.preventDefault();
      spans.next();
      return;
    }
    if (deed) {
      event.preventDefault();
      deed.click();
    }
  });
}

// Files that are dropped anywhere on the form are chosen.
for (const form of document.querySelectorAll("[data-drop]")) {
  const field = form.querySelector("input[type=file]");
  form.addEventListener("dragover", (event) => {
    event.preventDefault();
    form.classList.add("over");
  });
  form.addEventListener("dragleave", () => form.classList.remove("over"));
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    form.classList.remove("over");
    if (!event.dataTransfer.files.length) return;
    field.files = event.dataTransfer.files;
    form.requestSubmit();
  });
}

// Draw over days to see only these.
function brush(drawing) {
  const band = drawing.querySelector(".brush");
  const [left, right] = [Number(drawing.dataset.left), Number(drawing.dataset.right)];
  const width = drawing.viewBox.baseVal.width - left - right;
  const at = (event) => {
    const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(drawing.getScreenCTM().inverse());
    return Math.min(Math.max(point.x, left), left + width);
  };
  const first = Date.parse(drawing.dataset.first);
  const days = Math.round((Date.parse(drawing.dataset.last) - first) / 86400000) + 1;
  const day = (x) => new Date(first + Math.min(days - 1, Math.floor(((x - left) / width) * days)) * 86400000).toISOString().slice(0, 10);
  let from = null;
  drawing.addEventListener("pointerdown", (event) => {
    if (event.pointerType === "touch" || event.button || event.target.closest("a")) return;
    from = at(event);
    drawing.setPointerCapture(event.pointerId);
  });
  drawing.addEventListener("pointermove", (event) => {
    if (from === null) return;
    const to = at(event);
    band.setAttribute("x", Math.min(from, to));
    band.setAttribute("width", Math.abs(to - from));
  });
  drawing.addEventListener("pointerup", (event) => {
    if (from === null) return;
    const [low, high] = [from, at(event)].sort((one, other) => one - other);
    from = null;
    band.setAttribute("width", 0);
    if (high - low < 6) return;
    const address = new URL(location.href);
    address.searchParams.set("since", day(low));
    address.searchParams.set("until", day(high - 0.01));
    address.searchParams.delete("page");
    location.assign(address);
  });
}

// A drawing that is wider than the screen is shown where most of its marks are; lanes, where they are newest.
function uncover(frame) {
  if (frame.scrollWidth <= frame.clientWidth) return;
  const left = frame.getBoundingClientRect().left - frame.scrollLeft;
  const places = [...frame.querySelectorAll("a.dot, a.node, a.country")].map((mark) => {
    const box = mark.getBoundingClientRect();
    return (box.left + box.right) / 2 - left;
  });
  if (frame.querySelector("[data-lanes]")) {
    frame.scrollLeft = Math.max(...places) + 40 - frame.clientWidth;
    return;
  }
  const shown = (from) => places.filter((place) => place >= from && place <= from + frame.clientWidth - 60).length;
  const first = places.reduce((best, from) => (best === null || shown(from) > shown(best) ? from : best), null);
  if (first !== null) frame.scrollLeft = first - 30;
}

function wire() {
  for (const frame of document.querySelectorAll("figure .scroll:not([data-wired])")) {
    frame.dataset.wired = "";
    uncover(frame);
  }
  for (const drawing of document.querySelectorAll("[data-lanes]:not([data-wired])")) {
    drawing.dataset.wired = "";
    brush(drawing);
  }
}

wire();
document.addEventListener("htmx:afterSettle", wire);
