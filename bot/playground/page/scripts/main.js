// The page: two chats, what the server tells of them, and what is done in them.

import { setUpActivity, showCall, showUpdate } from "./activity.js";
import { Chat, tab } from "./chat.js";
import { Connection } from "./connection.js";
import { element, find } from "./dom.js";
import { alertText, chooseChat, notice } from "./notices.js";
import { language, preferredLanguage, scenes, speak, texts } from "./texts.js";
import { setUpTheme } from "./theme.js";

const DEEP_LINK_HOSTS = new Set(["t.me", "telegram.me"]);

let bot = null;
let chats = [];
let requests = 0;
const pressed = new Map();

const connection = new Connection(hear, (lost) => (find("#lost").hidden = !lost));

const privateChat = () => chats.find((chat) => chat.isPrivate);
const groupChat = () => chats.find((chat) => !chat.isPrivate);
const chatOf = (id) => chats.find((chat) => chat.id === id);

function hear(told) {
  switch (told.type) {
    case "state":
      return begin(told);
    case "commands":
      return told.chats.forEach(({ chat_id: id, commands }) => (chatOf(id).composer.commands = commands));
    case "message":
      return showMessage(told.message, told.force_reply);
    case "deleted":
      return chatOf(told.chat_id).remove(told.message_id);
    case "action":
      return chatOf(told.chat_id).acts();
    case "answered":
      return answered(told);
    case "results":
      return chats.forEach((chat) => chat.composer.results(told));
    case "refused":
      return notice(told.text);
    case "update":
      return showUpdate(told.update);
    case "call":
      return showCall(told);
  }
}

// Everything anew: at the start, and when the server was away.
function begin(state) {
  const drafts = new Map(chats.map((chat) => [chat.isPrivate, chat.composer.draft]));
  bot = state.bot;
  chats = state.chats.map(({ chat, members, messages }) => {
    const made = new Chat({ chat, members, bot, you: state.you, act, press, line: lineTo(chat.id) });
    messages.forEach((message) => made.show(message));
    return made;
  });
  find("#chats").replaceChildren(...chats.map((chat) => chat.root));
  find("#tabs").replaceChildren(...chats.map((chat) => tab(chat, () => turnTo(chat))));
  turnTo(chats[0], { focus: false });
  for (const chat of chats) if (drafts.get(chat.isPrivate)) chat.composer.fill(drafts.get(chat.isPrivate));
  connection.say("speak", { language: language() });
}

function lineTo(id) {
  return {
    write: (text, reply = null) =>
      connection.say("write", { chat_id: id, text, ...(reply && { reply_to: reply }) }),
    ask: (query, offset) => request("ask", { chat_id: id, query, offset }),
    attach: (name, content) => attach(id, name, content),
    choose: (query, result) => connection.say("choose", { chat_id: id, query_id: query, result_id: result }),
    start,
  };
}

// Sends a file to a chat; why it is refused, if so, is told.
async function attach(id, name, content) {
  const address = `document?${new URLSearchParams({ chat_id: id, name })}`;
  const answer = await fetch(address, { method: "POST", body: content }).catch(() => null);
  if (!answer?.ok) notice((await answer?.text()) || texts("page.lost"));
}

// Says what will be answered, and returns the number that the answer will bear.
function request(type, fields) {
  requests += 1;
  connection.say(type, { ...fields, request: requests });
  return requests;
}

function showMessage(message, forced) {
  const chat = chatOf(message.chat.id);
  chat.show(message);
  if (forced) chat.composer.reply(message, forced.input_field_placeholder);
  if (!chat.root.classList.contains("shown")) tabOf(chat).classList.add("unread");
}

// Where there is room for one chat only, this is the one.
function turnTo(chat, { focus = true } = {}) {
  for (const other of chats) {
    other.root.classList.toggle("shown", other === chat);
    tabOf(other).setAttribute("aria-pressed", String(other === chat));
  }
  tabOf(chat).classList.remove("unread");
  if (focus) chat.composer.focus();
}

const tabOf = (chat) => find(`#tabs [data-chat="${chat.id}"]`);

function start(parameter) {
  turnTo(privateChat());
  lineTo(privateChat().id).write(parameter ? `/start ${parameter}` : "/start");
}

// Does what a tap on a part of a text asks for.
function act(chat, { command, tag, mention, link, event }) {
  if (command) lineTo(chat.id).write(command);
  else if (tag) chat.composer.fill(chat.isPrivate ? tag : `@${bot.username} ${tag}`);
  else if (mention) chat.composer.fill(`${mention} `);
  else if (link && leadsHere(link)) {
    event.preventDefault();
    start(link.searchParams.get("start"));
  }
}

const leadsHere = (url) =>
  DEEP_LINK_HOSTS.has(url.hostname) && url.pathname.toLowerCase() === `/${bot.username}`;

async function press(chat, message, button, made) {
  if (button.callback_data) {
    made.setAttribute("aria-busy", "true");
    const asked = { chat_id: chat.id, message_id: message.message_id, data: button.callback_data };
    pressed.set(request("press", asked), made);
  } else if (button.copy_text) {
    await navigator.clipboard.writeText(button.copy_text.text);
    notice(texts("page.copied"));
  } else if (button.switch_inline_query_current_chat !== undefined) {
    inline(chat, button.switch_inline_query_current_chat);
  } else {
    const query = button.switch_inline_query ?? button.switch_inline_query_chosen_chat?.query ?? "";
    const chosen = await chooseChat(chats);
    if (chosen) inline(chosen, query);
  }
}

function inline(chat, query) {
  turnTo(chat);
  chat.composer.fill(`@${bot.username} ${query}`);
}

function answered({ request, text, alert, url }) {
  pressed.get(request)?.removeAttribute("aria-busy");
  pressed.delete(request);
  if (url && leadsHere(new URL(url))) start(new URL(url).searchParams.get("start"));
  if (text) (alert ? alertText : notice)(text);
}

function showScenes() {
  const rows = scenes().map((scene) =>
    element(
      "li",
      {},
      element(
        "button",
        { type: "button", onclick: () => play(scene), title: scene.about },
        element("strong", {}, scene.title),
        element("span", {}, scene.about),
      ),
    ),
  );
  find("#scenes").replaceChildren(...rows);
}

function play(scene) {
  if (scene.broadcast) {
    connection.say("broadcast", {});
    notice(texts("page.posted"));
  }
  if (scene.document) playDocument(scene.document);
  if (!scene.text) return;
  const chat = scene.chat === "group" ? groupChat() : privateChat();
  const text = scene.text.replaceAll("{bot}", bot.username);
  turnTo(chat);
  if (text.startsWith("@")) chat.composer.fill(text);
  else lineTo(chat.id).write(text);
}

async function playDocument(name) {
  const content = await (await fetch(`samples/${name}`)).blob();
  turnTo(privateChat());
  lineTo(privateChat().id).attach(name, content);
}

async function speakEverywhere(code) {
  await speak(code);
  for (const button of document.querySelectorAll("[data-language]")) {
    button.setAttribute("aria-pressed", String(button.dataset.language === code));
  }
  showScenes();
  chats.forEach((chat) => chat.translate());
  connection.say("speak", { language: code });
}

function setUpKeys() {
  document.addEventListener("keydown", (event) => {
    const chat = event.altKey && chats[Number(event.code.replace("Digit", "")) - 1];
    if (chat) {
      event.preventDefault();
      turnTo(chat);
    }
  });
}

setUpTheme();
setUpActivity();
setUpKeys();
for (const button of document.querySelectorAll("[data-language]")) {
  button.addEventListener("click", () => speakEverywhere(button.dataset.language));
}
await speakEverywhere(preferredLanguage());
connection.open();
