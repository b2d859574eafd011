// What needs a script: words that light up, keys of the review, and a stretch of days drawn over the lanes.
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

if (document.querySelector("[data-review]")) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest("input, textarea, select")) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    const help = document.querySelector(`[data-key-open="${CSS.escape(event.key)}"]`);
    const deed = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (help) help.open = !help.open;
    if (event.key === "e") {
      const fields = document.querySelector("#fields");
      if (fields) {
        event.preventDefault();
        fields.open = true;
        fields.querySelector("select, input").focus();
      }
      return;
    }
    if (deed) {
      event.preventDefault();
      deed.click();
    }
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

function wire() {
  for (const drawing of document.querySelectorAll("[data-lanes]:not([data-wired])")) {
    drawing.dataset.wired = "";
    brush(drawing);
  }
}

wire();
document.addEventListener("htmx:afterSettle", wire);
