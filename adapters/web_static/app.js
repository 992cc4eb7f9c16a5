// The chat page: sends what is written, follows what the bot says.

import { Memory, readSettings, writeSettings } from "./memory.js";
import { currentLanguage, languages, say, setLanguage } from "./strings.js";
import { EntryView, make, translatePage } from "./view.js";

const MOST_CHARACTERS = 5000;
const by = (id) => document.getElementById(id);
const [form, text, log, welcome] = [by("form"), by("text"), by("log"), by("welcome")];
const memory = new Memory();
const views = new Map();
const settings = readSettings();

const actions = {
  again: (entry) => send(entry.text, entry.options ?? options()),
  resize: (entry, factor) => {
    const seconds = Math.min(60, Math.max(6, Math.round(entry.clip.seconds * factor)));
    send(entry.text, { ...(entry.options ?? options()), seconds });
  },
  edit: (entry) => {
    text.value = entry.text;
    fitText();
    text.focus();
  },
  cancel: (entry) => post("/cancel", { job: entry.status.job }),
  remove: (entry) => {
    memory.remove(entry.message);
    views.get(entry.message)?.root.remove();
    views.delete(entry.message);
    announce(say("removed"));
    welcome.hidden = views.size > 0;
    text.focus();
  },
};

/** Take a change of an entry, from this page or from the bot, and show it. */
function take(change) {
  const before = memory.entries.get(change.message);
  const entry = memory.merge(change);
  if (!entry) return;
  const stage = (of) => `${of?.status?.state} ${of?.status?.stage} ${Boolean(of?.clip)}`;
  if (entry.status && stage(before) !== stage(entry)) announce(entry.status.headline || entry.status.text);
  show(entry);
}

function show(entry) {
  const wasAtFoot = isAtFoot();
  const view = views.get(entry.message);
  if (view) {
    view.update(entry);
  } else {
    const made = new EntryView(entry, actions);
    views.set(entry.message, made);
    log.append(made.root);
  }
  welcome.hidden = true;
  if (wasAtFoot) toFoot();
}

function isAtFoot() {
  return window.innerHeight + window.scrollY >= document.documentElement.scrollHeight - 160;
}

function toFoot() {
  window.scrollTo({ top: document.documentElement.scrollHeight });
}

/** Tell a screen reader, without moving anything. */
function announce(words) {
  by("announce").textContent = words;
}

async function post(path, body) {
  const headers = { "Content-Type": "application/json" };
  return fetch(path, { method: "POST", headers, body: JSON.stringify(body) });
}

async function send(words, chosen) {
  const message = crypto.randomUUID();
  take({ message, text: words, options: chosen, at: new Date().toISOString() });
  toFoot();
  try {
    const answer = await post("/messages", { message, text: words, options: chosen, locale: currentLanguage() });
    if (!answer.ok) take({ message, refused: say("refused") });
  } catch {
    take({ message, refused: say("offline") });
  }
}

/** Return the options as the form shows them. */
function options() {
  const data = new FormData(form);
  const seconds = data.get("seconds");
  return {
    aspect: data.get("aspect"),
    language: data.get("language"),
    music: data.has("music"),
    narration: data.has("narration"),
    ...(seconds ? { seconds: Number(seconds) } : {}),
  };
}

function showChosen() {
  const chosen = options();
  const words = [chosen.aspect];
  if (chosen.seconds) words.push(`${chosen.seconds} s`);
  if (!chosen.music) words.push(say("noMusic"));
  if (!chosen.narration) words.push(say("noNarration"));
  by("chosen").textContent = words.join(" · ");
  settings.options = chosen;
  writeSettings(settings);
}

function restoreOptions() {
  for (const [name, value] of Object.entries(settings.options ?? {})) {
    const field = form.elements[name];
    if (!field) continue;
    if (typeof value === "boolean") field.checked = value;
    else field.value = String(value);
  }
}

function fitText() {
  text.style.height = "auto"; // set through the object model, which the page's policy allows
  text.style.height = `${text.scrollHeight}px`;
  const length = [...text.value].length;
  const over = length > MOST_CHARACTERS;
  by("count").textContent = length > MOST_CHARACTERS - 500 ? say("tooLong", { count: length.toLocaleString() }) : "";
  by("count").classList.toggle("over", over);
  by("send").disabled = over || !text.value.trim();
}

function speak(name) {
  setLanguage(name);
  translatePage();
  const button = by("language");
  button.textContent = say("other");
  button.lang = currentLanguage() === "zh" ? "en" : "zh-Hans";
  by("examples").replaceChildren(
    ...say("examples").map((example) =>
      make("li", {}, make("button", { type: "button", onclick: () => actions.edit({ text: example }) }, example)),
    ),
  );
  log.replaceChildren();
  views.clear();
  welcome.hidden = memory.entries.size > 0;
  for (const entry of memory.entries.values()) show(entry);
  showChosen();
  fitText();
}

function follow() {
  const stream = new EventSource("/events");
  stream.addEventListener("message", (event) => take(JSON.parse(event.data)));
  stream.addEventListener("open", () => (by("offline").hidden = true));
  stream.addEventListener("error", () => {
    by("offline").hidden = false;
    if (stream.readyState === EventSource.CLOSED) setTimeout(begin, 2000);
  });
}

async function begin() {
  try {
    const answer = await fetch("/session", { method: "POST" });
    if (!answer.ok) throw new Error(answer.statusText);
    follow();
  } catch {
    by("offline").hidden = false;
    setTimeout(begin, 2000);
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  if (by("send").disabled) return;
  const words = text.value.trim();
  text.value = "";
  by("options").open = false;
  fitText();
  send(words, options());
});
form.addEventListener("change", showChosen);
text.addEventListener("input", fitText);
text.addEventListener("keydown", (event) => {
  // While a Chinese word is being composed, Enter belongs to the input method.
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  form.requestSubmit();
});
by("language").addEventListener("click", () => {
  settings.language = currentLanguage() === "zh" ? "en" : "zh";
  speak(settings.language);
});

restoreOptions();
const spoken = navigator.languages.map((locale) => locale.split("-")[0]).find((name) => languages.includes(name));
speak(settings.language ?? spoken ?? "en");
toFoot();
begin();
