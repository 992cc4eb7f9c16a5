// What the page remembers in this browser: the conversation, the options, the language.

const KEY = "textreel.conversation";
const SETTINGS = "textreel.settings";
const MOST_ENTRIES = 60;

function read(key, otherwise) {
  try {
    return JSON.parse(localStorage.getItem(key)) ?? otherwise;
  } catch {
    return otherwise; // private mode, or not ours: the page works without a memory
  }
}

function write(key, value) {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // a full or forbidden store costs the history, nothing else
  }
}

/** Entries by message id, in order of their first appearance. */
export class Memory {
  constructor() {
    const kept = read(KEY, { entries: [], removed: [] });
    this.entries = new Map((kept.entries ?? []).map((entry) => [entry.message, entry]));
    this.removed = new Set(kept.removed ?? []);
  }

  /** Merge what is new into an entry and return it; null when the person has removed it. */
  merge(change) {
    if (this.removed.has(change.message)) return null;
    const entry = { ...this.entries.get(change.message), ...change };
    this.entries.set(change.message, entry);
    while (this.entries.size > MOST_ENTRIES) this.entries.delete(this.entries.keys().next().value);
    this.save();
    return entry;
  }

  remove(id) {
    this.entries.delete(id);
    this.removed.add(id);
    this.save();
  }

  save() {
    write(KEY, { entries: [...this.entries.values()], removed: [...this.removed].slice(-500) });
  }
}

export function readSettings() {
  return read(SETTINGS, {});
}

export function writeSettings(settings) {
  write(SETTINGS, settings);
}
