// What appears above the page for a moment: a notice, an alert, the choice of a chat.

import { element, find, icon } from "./dom.js";

const NOTICE_SHOWN = 4000; // milliseconds

let hiding = null;

export function notice(text) {
  const toast = find("#toast");
  toast.textContent = text;
  toast.hidden = false;
  clearTimeout(hiding);
  hiding = setTimeout(() => (toast.hidden = true), NOTICE_SHOWN);
}

export function alertText(text) {
  find("#alert-text").textContent = text;
  find("#alert").showModal();
}

// Returns the chat that is chosen, or undefined.
export function chooseChat(chats) {
  const dialog = find("#chooser");
  const rows = chats.map((chat) => {
    const avatar = element("span", { class: chat.isPrivate ? "avatar" : "avatar group" });
    avatar.append(icon(chat.isPrivate ? "bookmark" : "people"));
    return element("button", { value: String(chat.id) }, avatar, chat.title);
  });
  find("form", dialog).replaceChildren(...rows);
  dialog.returnValue = "";
  dialog.showModal();
  return new Promise((resolve) => {
    const closed = () => resolve(chats.find((chat) => String(chat.id) === dialog.returnValue));
    dialog.addEventListener("close", closed, { once: true });
  });
}
