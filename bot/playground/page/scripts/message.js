// One message: its bubble, and the buttons below.

import { element, icon } from "./dom.js";
import { formatted, outward, webAddress } from "./entities.js";
import { preview } from "./preview.js";
import { clock, texts } from "./texts.js";

// Returns the element of a Telegram Message. `you` is the User at this page, `act` does what taps
// ask for, `press` is given a button of the keyboard and its element.
export function drawn(message, you, act, press) {
  const own = message.from.id === you.id;
  const keys = keyboard(message.reply_markup?.inline_keyboard ?? [], act, press);
  return element(
    "article",
    {
      class: ["message", own && "own", keys && "keyed"].filter(Boolean).join(" "),
      "data-id": message.message_id,
      "aria-label": said(message, own),
    },
    element(
      "div",
      { class: "bubble" },
      author(message, own),
      answered(message),
      picture(message),
      words(message, act),
      preview(message, act),
      meta(message),
    ),
    keys,
  );
}

const said = (message, own) =>
  texts("chat.said", {
    name: own ? texts("chat.you") : message.from.first_name,
    time: clock(message.date * 1000),
  });

function author(message, own) {
  const named = !own && message.chat.type !== "private";
  if (!named && !message.via_bot) return null;
  return element(
    "div",
    {},
    named ? element("span", { class: "who" }, message.from.first_name) : null,
    message.via_bot
      ? element("span", { class: "via" }, texts("chat.via", { name: message.via_bot.username }))
      : null,
  );
}

function answered(message) {
  const asked = message.reply_to_message;
  return asked && message.chat.type !== "private"
    ? element("span", { class: "answered" }, asked.text ?? "")
    : null;
}

function picture(message) {
  const size = message.photo?.at(-1);
  if (!size) return null;
  const { file_id: id, width, height } = size;
  return element("img", { class: "picture", src: `/photo/${id}`, width, height, alt: texts("chat.picture") });
}

function words(message, act) {
  if (message.document) {
    const { file_name: name, file_size: size } = message.document;
    return element("div", { class: "words" }, `${name} · ${texts("chat.file", { size })}`);
  }
  const said = message.text ?? message.caption ?? "";
  const text = shown(said);
  const entities = text === said ? (message.entities ?? message.caption_entities ?? []) : [];
  return element("div", { class: "words", dir: "auto" }, ...formatted(text, entities, act));
}

// A deep link sends its parameter along, but Telegram's apps show the command alone.
const shown = (text) => (/^\/start \S+$/.test(text) ? "/start" : text);

function meta(message) {
  const edited = message.edit_date ? `${texts("chat.edited")} ` : "";
  return element("span", { class: "meta", "aria-hidden": "true" }, edited + clock(message.date * 1000));
}

function keyboard(rows, act, press) {
  if (!rows.length) return null;
  return element(
    "div",
    { class: "keys" },
    ...rows.map((row) => element("div", {}, ...row.map((button) => key(button, act, press)))),
  );
}

function key(button, act, press) {
  const url = webAddress(button.url);
  if (url) {
    const tap = (event) => act({ link: url, event });
    return element("a", { ...outward(url), onclick: tap }, button.text, icon("outside"));
  }
  const made = element("button", { type: "button", class: button.style ?? "" }, button.text);
  if (Object.keys(button).some((field) => field.startsWith("switch_inline"))) made.append(icon("forward"));
  made.addEventListener("click", () => press(button, made));
  return made;
}
