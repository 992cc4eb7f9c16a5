// Every sentence of the page itself, in both languages. What the bot says comes from the bot.

const STRINGS = {
  en: {
    skip: "Go to the text field",
    other: "中文",
    welcome: "Write it. Watch it.",
    welcomeMore: "A few sentences in English or Chinese become a short film with pictures, captions and music, made on this machine.",
    options: "Options",
    aspect: "Shape",
    length: "Length",
    lengthAuto: "follows the text",
    textLanguage: "Language of the text",
    languageAuto: "find out",
    music: "Music",
    narration: "Voice",
    noMusic: "no music",
    noNarration: "no voice",
    textLabel: "What the clip shall show",
    placeholder: "What shall the clip show?",
    hint: "Enter sends, Shift + Enter starts a new line",
    send: "Make the clip",
    log: "Conversation",
    offline: "The bot cannot be reached. Trying again …",
    refused: "The bot did not take that message.",
    sent: "Sent",
    stages: { understand: "Read", plan: "Plan", generate: "Draw", score: "Compose", composite: "Join" },
    stagesLabel: "Stages",
    progressLabel: "Progress",
    left: "about {time} left",
    percent: "{percent} %",
    kinds: {
      LANDMARK: "landmark", COUNTRY: "country", PLACE: "place", PERSON: "person", ORGANIZATION: "organization",
      PEOPLE: "people", DATE: "date", QUANTITY: "quantity", EVENT: "event", OBJECT: "object", SCENE: "scene",
    },
    understood: "Understood in the text",
    scenes: "Scenes: {count}",
    aiLabel: "AI-generated",
    facts: "{width} × {height}, {seconds} s, {size} MB, seed {seed}",
    video: "Clip: {title}",
    download: "Download",
    again: "Another take",
    retry: "Try again",
    edit: "Edit text",
    longer: "Longer",
    shorter: "Shorter",
    remove: "Remove",
    cancel: "Cancel",
    cancelling: "Cancelling …",
    removed: "Removed",
    gone: "The clip is no longer kept.",
    tooLong: "{count} of 5,000 characters",
    examples: [
      "A lighthouse stands on a cliff by the sea. It was built in 1902 and is 40 metres high.",
      "A fox runs through a snowy forest at night. Then the sun rises.",
      "Water evaporates from the sea, clouds form, and rain falls on the mountains.",
    ],
  },
  zh: {
    skip: "跳到输入框",
    other: "English",
    welcome: "写下来，看见它。",
    welcomeMore: "几句中文或英文，就能变成一段有画面、字幕和音乐的短片，全部在这台机器上生成。",
    options: "选项",
    aspect: "画幅",
    length: "时长",
    lengthAuto: "随文字而定",
    textLanguage: "文字的语言",
    languageAuto: "自动识别",
    music: "音乐",
    narration: "旁白",
    noMusic: "无音乐",
    noNarration: "无旁白",
    textLabel: "视频要展示的内容",
    placeholder: "想看一段什么视频？",
    hint: "按 Enter 发送，Shift + Enter 换行",
    send: "生成视频",
    log: "对话",
    offline: "连不上机器人，正在重试……",
    refused: "机器人没有接受这条消息。",
    sent: "已发送",
    stages: { understand: "阅读", plan: "安排", generate: "绘画", score: "谱曲", composite: "合成" },
    stagesLabel: "步骤",
    progressLabel: "进度",
    left: "大约还需 {time}",
    percent: "{percent} %",
    kinds: {
      LANDMARK: "地标", COUNTRY: "国家", PLACE: "地点", PERSON: "人物", ORGANIZATION: "机构",
      PEOPLE: "人群", DATE: "日期", QUANTITY: "数量", EVENT: "事件", OBJECT: "物体", SCENE: "景象",
    },
    understood: "从文字中读懂的内容",
    scenes: "场景：{count}",
    aiLabel: "AI 生成",
    facts: "{width} × {height}，{seconds} 秒，{size} MB，种子 {seed}",
    video: "视频：{title}",
    download: "下载",
    again: "再来一版",
    retry: "再试一次",
    edit: "修改文字",
    longer: "长一些",
    shorter: "短一些",
    remove: "移除",
    cancel: "取消",
    cancelling: "正在取消……",
    removed: "已移除",
    gone: "这段视频已不再保存。",
    tooLong: "{count} / 5,000 个字符",
    examples: [
      "海边的悬崖上有一座灯塔，建于1902年，高40米。",
      "雪夜里，一只狐狸跑过森林。然后太阳升起。",
      "海水蒸发，形成云朵，雨水落在群山之上。",
    ],
  },
};

let language = "en";

export const languages = Object.keys(STRINGS);

export function currentLanguage() {
  return language;
}

export function setLanguage(name) {
  language = languages.includes(name) ? name : "en";
}

/** Return the entry `key` with its {names} filled in. */
export function say(key, values = {}) {
  const entry = STRINGS[language][key];
  if (typeof entry !== "string") return entry;
  return entry.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
}

/** Write a time to go, rounded up to what an estimate deserves. */
export function duration(seconds) {
  const whole = Math.max(1, Math.round(seconds));
  const unit = language === "zh" ? ["秒", "分"] : ["s", "min"];
  if (whole < 60) return `${whole < 20 ? whole : 5 * Math.ceil(whole / 5)} ${unit[0]}`;
  return `${Math.floor(whole / 60)} ${unit[1]} ${10 * Math.floor((whole % 60) / 10)} ${unit[0]}`;
}
