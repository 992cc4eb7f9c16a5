// Draws the conversation. Text only ever goes in as text, never as markup.

import { currentLanguage, duration, say } from "./strings.js";

// A text that was refused for what it is stays refused; these may pass a little later.
const RETRYABLE = ["engine_unavailable", "queue_full", "quota_exceeded", "storage_full"];
const STAGES = ["understand", "plan", "generate", "score", "composite"];

/** Build an element: `make("p", { class: "x" }, "text", child)`. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

function button(key, onclick, attributes = {}) {
  return make("button", { type: "button", onclick, ...attributes }, say(key));
}

/** One message and its answer. `update` may be called as often as the entry changes. */
export class EntryView {
  constructor(entry, actions) {
    this.actions = actions;
    this.root = make("li", { class: "entry" });
    this.clipShown = false;
    this.update(entry);
  }

  update(entry) {
    this.entry = entry;
    if (!this.bubble && entry.text) {
      this.bubble = make("p", { class: "mine", dir: "auto" }, entry.text);
      if (entry.text.length > 700) this.bubble.classList.add("long");
      this.root.prepend(this.bubble);
    }
    if (entry.clip) {
      if (!this.clipShown) this.show(clipCard(entry, this.actions));
      this.clipShown = true;
    } else if (entry.refused) {
      this.show(failureCard(entry, { text: entry.refused }, this.actions));
    } else if (entry.status) {
      this.showStatus(entry.status);
    }
  }

  showStatus(status) {
    if (status.state === "working") {
      this.progress ??= new ProgressCard(() => this.actions.cancel(this.entry));
      this.progress.update(status);
      this.show(this.progress.root);
    } else if (status.state === "said") {
      this.show(make("div", { class: "reply plain" }, make("div", { class: "body" }, make("p", {}, status.text))));
    } else if (status.state !== "succeeded") {
      this.show(failureCard(this.entry, status, this.actions));
    }
  }

  show(card) {
    if (this.card === card) return;
    if (this.card) this.card.replaceWith(card);
    else this.root.append(card);
    this.card = card;
  }
}

class ProgressCard {
  constructor(onCancel) {
    this.title = make("h3", { hidden: true });
    this.chips = make("ul", { class: "chips", "aria-label": say("understood"), hidden: true });
    this.headline = make("p", { class: "said" });
    this.time = make("span", { class: "time" });
    this.bar = make("progress", { max: "1", "aria-label": say("progressLabel") });
    this.stages = make("ol", { class: "stages", "aria-label": say("stagesLabel") });
    for (const stage of STAGES) this.stages.append(make("li", {}, say("stages")[stage]));
    this.cancel = button("cancel", () => {
      this.cancel.disabled = true;
      this.cancel.textContent = say("cancelling");
      onCancel();
    });
    const line = make("div", { class: "line" }, this.headline, this.time);
    const body = [this.title, this.chips, this.stages, this.bar, line, make("div", { class: "actions" }, this.cancel)];
    this.root = make("article", { class: "reply" }, make("div", { class: "body" }, ...body));
  }

  update(status) {
    this.headline.textContent = status.headline || status.text;
    if (status.fraction === null) this.bar.removeAttribute("value");
    else this.bar.value = status.fraction;
    this.time.textContent = timeText(status);
    this.cancel.hidden = !status.job;
    const now = STAGES.indexOf(status.stage);
    [...this.stages.children].forEach((item, index) => {
      item.className = index < now ? "done" : index === now ? "now" : "";
      if (index === now) item.setAttribute("aria-current", "step");
      else item.removeAttribute("aria-current");
    });
    if (status.understood && this.title.hidden) this.understand(status.understood);
  }

  understand(understood) {
    this.title.textContent = understood.title;
    this.title.hidden = false;
    this.chips.replaceChildren(...chips(understood.entities));
    this.chips.hidden = this.chips.children.length === 0;
  }
}

function timeText(status) {
  if (status.fraction === null) return "";
  const percent = say("percent", { percent: Math.floor(status.fraction * 100) });
  if (status.seconds_left === null) return percent;
  return `${percent} · ${say("left", { time: duration(status.seconds_left) })}`;
}

/** Turn "KIND: text" lines into chips, each once. */
function chips(entities) {
  return [...new Set(entities)].map((line) => {
    const cut = line.indexOf(": ");
    const [kind, text] = [line.slice(0, cut), line.slice(cut + 2)];
    return make("li", {}, make("span", { class: "kind" }, say("kinds")[kind] ?? kind), text);
  });
}

function failureCard(entry, status, actions) {
  const code = status.error_code ? make("p", { class: "code" }, status.error_code) : null;
  const mayRetry = entry.text && (entry.refused || RETRYABLE.includes(status.error_code) || status.job);
  const row = make(
    "div",
    { class: "actions" },
    mayRetry ? button("retry", () => actions.again(entry)) : null,
    entry.text ? button("edit", () => actions.edit(entry)) : null,
    button("remove", () => actions.remove(entry)),
  );
  const body = make("div", { class: "body" }, make("p", { class: "said" }, status.text), code, row);
  return make("article", { class: "reply failed" }, body);
}

function clipCard(entry, actions) {
  const { clip } = entry;
  const path = `/clips/${encodeURIComponent(clip.job)}.mp4`;
  const video = make("video", {
    class: "screen",
    controls: true,
    playsinline: true,
    preload: "metadata",
    width: clip.width,
    height: clip.height,
    poster: clip.has_still ? `/stills/${encodeURIComponent(clip.job)}.jpg` : null,
    src: path,
    "aria-label": say("video", { title: clip.title }),
  });
  video.addEventListener("error", () => video.replaceWith(make("p", { class: "body note" }, say("gone"))));
  const entities = chips(entry.status?.understood?.entities ?? []);
  const body = [
    make("h3", { lang: clip.language }, clip.title),
    factsLine(clip),
    entities.length ? make("ul", { class: "chips", "aria-label": say("understood") }, ...entities) : null,
    scenes(clip),
    ...clip.notes.map((note) => make("p", { class: "note" }, note)),
    clipActions(entry, path, actions),
  ];
  return make("article", { class: "reply" }, video, make("div", { class: "body" }, ...body.filter(Boolean)));
}

function factsLine(clip) {
  const facts = say("facts", {
    width: clip.width,
    height: clip.height,
    seconds: clip.seconds.toFixed(1),
    size: (clip.bytes / 1e6).toFixed(1),
    seed: clip.seed,
  });
  return make("p", { class: "facts" }, `${facts} `, make("span", { class: "badge" }, say("aiLabel")));
}

function scenes(clip) {
  if (!clip.scenes.length) return null;
  const list = make("ol", { class: "scenes", lang: clip.language });
  for (const scene of clip.scenes) list.append(make("li", {}, scene.text));
  return make("details", {}, make("summary", {}, say("scenes", { count: clip.scenes.length })), list);
}

function clipActions(entry, path, actions) {
  const name = `textreel-${entry.clip.job}.mp4`;
  const row = [make("a", { class: "main", href: path, download: name }, say("download"))];
  if (entry.text) {
    row.push(
      button("again", () => actions.again(entry)),
      button("longer", () => actions.resize(entry, 1.4)),
      button("shorter", () => actions.resize(entry, 0.7)),
      button("edit", () => actions.edit(entry)),
    );
  }
  row.push(button("remove", () => actions.remove(entry)));
  return make("div", { class: "actions" }, ...row);
}

/** Put the sentences of the current language into the page's own elements. */
export function translatePage() {
  document.documentElement.lang = currentLanguage() === "zh" ? "zh-Hans" : "en";
  for (const element of document.querySelectorAll("[data-say]")) element.textContent = say(element.dataset.say);
  for (const element of document.querySelectorAll("[data-say-label]")) {
    element.setAttribute("aria-label", say(element.dataset.sayLabel));
  }
  for (const element of document.querySelectorAll("[data-say-placeholder]")) {
    element.placeholder = say(element.dataset.sayPlaceholder);
  }
}
