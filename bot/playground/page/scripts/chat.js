// A chat: its messages in order, and the field below them.

import { Composer } from "./composer.js";
import { element, find, icon } from "./dom.js";
import { drawn } from "./message.js";
import { texts, translate } from "./texts.js";

const NEAR = 120; // pixels from the end, within which one wants to see what comes
const ACTION_SHOWN = 5000; // milliseconds; Telegram shows an action for so long

export class Chat {
  #info;
  #members;
  #you;
  #log;
  #act;
  #press;
  #down;
  #start;
  #messages = new Map();
  #acting = null;
  #atEnd = true;
  #width = 0;

  // `act` does what a tap on a part of a text asks for, `press` a button below a message.
  constructor({ chat, members, bot, you, act, press, line }) {
    this.#info = chat;
    this.#members = members;
    this.#you = you;
    this.#act = act;
    this.#press = press;
    this.root = find("#chat").content.firstElementChild.cloneNode(true);
    this.#log = find(".log", this.root);
    this.#down = find(".down", this.root);
    this.#start = find(".start", this.root);
    this.composer = new Composer(this.root, { bot, group: !this.isPrivate, line });
    this.title = this.isPrivate ? bot.first_name : chat.title;
    this.name = bot.username;
    find("h2", this.root).textContent = this.title;
    find(".avatar", this.root).append(icon(this.isPrivate ? "bookmark" : "people"));
    find(".avatar", this.root).classList.toggle("group", !this.isPrivate);
    this.#log.addEventListener("scroll", () => this.#scrolled());
    new ResizeObserver(() => this.#resized()).observe(this.#log);
    this.#down.addEventListener("click", () => this.#toEnd("smooth"));
    this.#start.addEventListener("click", () => line.write("/start"));
    this.#offerStart();
    this.translate();
  }

  get id() {
    return this.#info.id;
  }

  get isPrivate() {
    return this.#info.type === "private";
  }

  translate() {
    translate(this.root);
    this.root.setAttribute("aria-label", this.title);
    this.#log.setAttribute("aria-label", this.title);
    find(".empty p", this.root).textContent = texts(`chat.empty.${this.#kind}`, { bot: this.name });
    this.composer.translate();
    this.#showStatus();
    for (const message of this.#messages.values()) this.#replace(message);
  }

  // Adds a message, or puts its new form in place of the old one.
  show(message) {
    const known = this.#messages.has(message.message_id);
    this.#messages.set(message.message_id, message);
    if (known) {
      this.#replace(message);
      return;
    }
    const own = message.from.id === this.#you.id;
    const follow = own || this.#atEnd;
    this.#log.append(this.#draw(message));
    if (!own) this.#stopActing();
    this.#offerStart();
    if (follow) this.#toEnd();
    else this.#scrolled();
  }

  remove(id) {
    this.#messages.delete(id);
    this.#element(id)?.remove();
  }

  acts() {
    clearTimeout(this.#acting);
    this.#acting = setTimeout(() => this.#stopActing(), ACTION_SHOWN);
    this.#showStatus();
  }

  get #kind() {
    return this.isPrivate ? "private" : "group";
  }

  get #fromEnd() {
    return this.#log.scrollHeight - this.#log.scrollTop - this.#log.clientHeight;
  }

  #draw(message) {
    const press = (button, made) => this.#press(this, message, button, made);
    const made = drawn(message, this.#you, (tap) => this.#act(this, tap), press);
    find(".bubble", made).addEventListener("dblclick", () => this.composer.reply(message));
    return made;
  }

  #element(id) {
    return find(`[data-id="${id}"]`, this.#log);
  }

  // The focus stays on the button that was pressed, or on its neighbour if that is gone.
  #replace(message) {
    const old = this.#element(message.message_id);
    const focused = old.contains(document.activeElement) ? document.activeElement : null;
    const place = focused ? keysOf(old).indexOf(focused) : -1;
    const follow = this.#atEnd;
    const made = this.#draw(message);
    old.replaceWith(made);
    if (place >= 0) refocus(keysOf(made), focused.textContent, place);
    if (follow) this.#toEnd();
  }

  #toEnd(behavior = "instant") {
    this.#log.scrollTo({ top: this.#log.scrollHeight, behavior });
  }

  // Who was at the end stays there when the lines break anew.
  #resized() {
    this.#width = this.#log.clientWidth;
    if (this.#atEnd) this.#toEnd();
  }

  #scrolled() {
    if (this.#width !== this.#log.clientWidth) return; // nobody scrolled: the size has changed
    this.#atEnd = this.#fromEnd < NEAR;
    this.#down.hidden = this.#atEnd;
  }

  #stopActing() {
    clearTimeout(this.#acting);
    this.#acting = null;
    this.#showStatus();
  }

  #showStatus() {
    const status = find(".status", this.root);
    const usual = texts(`chat.${this.#kind}`, { count: this.#members });
    status.textContent = this.#acting ? texts("chat.typing") : usual;
    status.classList.toggle("acting", this.#acting !== null);
  }

  // Nobody can write to a bot before pressing its start button.
  #offerStart() {
    const offered = this.isPrivate && this.#messages.size === 0;
    const hadFocus = document.activeElement === this.#start;
    this.#start.hidden = !offered;
    find(".composer", this.root).hidden = offered;
    if (hadFocus && !offered) this.composer.focus();
  }
}

const keysOf = (message) => [...message.querySelectorAll(".keys button, .keys a")];

function refocus(keys, label, place) {
  const same = keys.find((key) => key.textContent === label);
  (same ?? keys[Math.min(place, keys.length - 1)])?.focus({ preventScroll: true });
}

export const tab = (chat, choose) =>
  element("button", { type: "button", "aria-pressed": "false", "data-chat": chat.id, onclick: choose }, chat.title);
