// The field one writes in. It knows when it holds a command or the bot's name, and asks for what
// to suggest; sending and asking are left to others.

import { element, find } from "./dom.js";
import { Suggestions } from "./suggestions.js";
import { texts } from "./texts.js";

const TYPING_PAUSE = 180; // milliseconds without a key before an inline query is sent
const COMMAND = /^\/(\w*)$/;
const NAME = /^@(\w*)$/;

export class Composer {
  #field;
  #ghost;
  #suggestions;
  #line;
  #bot;
  #group;
  #commands = [];
  #asked = null;
  #pause = null;
  #adding = false;
  #listing = false;
  #replying;
  #replyTo = null;
  #composing = false;
  #sending = false; // as soon as the syllable is whole that is being composed

  // `line` sends what is written: write(text, reply_to), ask(query, offset), which returns the
  // number of the request, choose(query, result), attach(name, content), start(parameter).
  constructor(root, { bot, group, line }) {
    this.#field = find("textarea", root);
    this.#ghost = find(".ghost", root);
    this.#suggestions = new Suggestions(find(".suggestions", root), this.#field);
    this.#bot = bot;
    this.#group = group;
    this.#line = line;
    this.#field.addEventListener("input", () => this.#changed());
    this.#field.addEventListener("keydown", (event) => this.#key(event));
    this.#field.addEventListener("blur", () => setTimeout(() => this.#left(root), 100));
    this.#field.addEventListener("compositionstart", () => (this.#composing = true));
    this.#field.addEventListener("compositionend", () => this.#composed());
    find(".composer", root).addEventListener("submit", (event) => {
      event.preventDefault();
      this.#sending = this.#composing;
      if (!this.#composing) this.#send();
    });
    this.#replying = find(".replying", root);
    find("button", this.#replying).addEventListener("click", () => this.reply(null));
    find(".menu", root).addEventListener("click", () => this.#toggleMenu());
    this.#setUpFiles(root);
  }

  // What is written and not sent.
  get draft() {
    return this.#field.value;
  }

  set commands(commands) {
    this.#commands = commands;
  }

  translate() {
    this.#field.placeholder = texts("chat.write");
    this.#field.setAttribute("aria-label", texts("chat.write"));
    this.#showGhost();
  }

  focus() {
    this.#field.focus();
  }

  // Lets what is written next answer a message, or none.
  reply(message, placeholder = "") {
    this.#replyTo = message?.message_id ?? null;
    this.#replying.hidden = message === null;
    find("p", this.#replying).textContent = message?.text ?? message?.caption ?? "";
    this.#field.placeholder = placeholder || texts("chat.write");
    if (message) this.#field.focus();
  }

  // Puts a text into the field, as if it had been typed.
  fill(text) {
    this.#field.value = text;
    this.#field.focus();
    this.#field.setSelectionRange(text.length, text.length);
    this.#changed();
  }

  // Shows the answer to an inline query, unless it is about something typed before.
  results({ request, query_id: query, results, next_offset: offset, button }) {
    const words = this.#inlineQuery();
    if (request !== this.#asked || words === null) return;
    const items = results.map((result) => ({
      nodes: [
        element("span", { class: "tile", "aria-hidden": "true" }, [...result.title.replace(/[^\p{L}\p{N}]/gu, "")][0] ?? "#"),
        element("strong", {}, result.title),
        element("span", { class: "about" }, result.description),
      ],
      choose: () => {
        this.#line.choose(query, result.id);
        this.#empty();
      },
    }));
    const above = button && {
      text: button.text,
      choose: () => {
        this.#empty();
        this.#line.start(button.start_parameter);
      },
    };
    const more = offset ? () => this.#ask(words, offset) : null;
    this.#suggestions.show(texts("chat.results"), items, { above, more, add: this.#adding });
    this.#listing = true;
  }

  // Files are for the bot alone: in a group it takes none.
  #setUpFiles(root) {
    const [button, chosen] = [find(".attach", root), find(".file", root)];
    button.hidden = this.#group;
    button.addEventListener("click", () => chosen.click());
    chosen.addEventListener("change", () => {
      for (const file of chosen.files) this.#line.attach(file.name, file);
      chosen.value = "";
    });
  }

  #changed() {
    this.#field.style.height = "auto";
    this.#field.style.height = `${this.#field.scrollHeight}px`;
    this.#showGhost();
    clearTimeout(this.#pause);
    this.#asked = null; // what is under way is about what stood here before
    const words = this.#inlineQuery();
    const [command, name] = [COMMAND.exec(this.#field.value), NAME.exec(this.#field.value)];
    // The results for what stood here before stay until the next ones come; other lists do not.
    if (words === null || !this.#listing) this.#suggestions.hide();
    this.#listing &&= words !== null;
    if (words !== null) this.#pause = setTimeout(() => this.#ask(words, ""), TYPING_PAUSE);
    else if (command) this.#offerCommands(command[1]);
    else if (name && this.#bot.username.startsWith(name[1])) this.#offerName();
  }

  #ask(words, offset) {
    this.#adding = offset !== "";
    this.#asked = this.#line.ask(words, offset);
  }

  // Returns what stands after the bot's name, or null if that is not how the text begins.
  #inlineQuery() {
    const [name] = this.#field.value.split(/\s/, 1);
    if (name.toLowerCase() !== `@${this.#bot.username}` || this.#field.value === name) return null;
    return this.#field.value.slice(name.length + 1).trimEnd();
  }

  #offerCommands(begun) {
    const matching = this.#commands.filter(({ command }) => command.startsWith(begun.toLowerCase()));
    const items = matching.map(({ command, description }) => ({
      nodes: [element("span", { class: "command" }, `/${command}`), element("span", { class: "about" }, description)],
      choose: () => this.#send(`/${command}${this.#group ? `@${this.#bot.username}` : ""}`),
    }));
    this.#suggestions.show(texts("chat.menu"), items);
  }

  #offerName() {
    const name = `@${this.#bot.username}`;
    const nodes = [element("span", { class: "command" }, name), element("span", { class: "about" }, this.#bot.first_name)];
    this.#suggestions.show(texts("chat.suggestions"), [{ nodes, choose: () => this.fill(`${name} `) }]);
  }

  #toggleMenu() {
    if (this.#suggestions.open) this.#empty();
    else this.fill("/");
  }

  #showGhost() {
    const waiting = this.#inlineQuery() === "";
    this.#ghost.replaceChildren();
    if (waiting) this.#ghost.append(this.#field.value, element("span", {}, texts("chat.ghost")));
  }

  #key(event) {
    // While a syllable is being composed, the keys belong to the input method.
    if (event.isComposing || event.keyCode === 229) return;
    const steps = { ArrowDown: 1, ArrowUp: -1 };
    if (this.#suggestions.open && event.key in steps) {
      event.preventDefault();
      this.#suggestions.move(steps[event.key]);
    } else if (event.key === "Escape" && this.#suggestions.open) {
      this.#suggestions.hide();
    } else if (event.key === "Escape" && this.#replyTo !== null) {
      this.reply(null);
    } else if (["Enter", "Tab"].includes(event.key) && !event.shiftKey && this.#suggestions.choosable) {
      event.preventDefault();
      this.#suggestions.choose();
    } else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      // Results are on their way: a text that calls the bot as a guest is sent by the button.
      if (this.#inlineQuery() === null) this.#send();
    }
  }

  #composed() {
    this.#composing = false;
    if (this.#sending) setTimeout(() => this.#send());
    this.#sending = false;
  }

  #send(text = this.#field.value) {
    if (text.trim()) {
      // What could not be sent, as the server is away, stays to be sent later.
      if (this.#line.write(text, this.#replyTo)) {
        this.reply(null);
        this.#empty();
      }
    }
    this.#field.focus();
  }

  #left(root) {
    if (!root.contains(document.activeElement)) this.#suggestions.hide();
  }

  #empty() {
    this.#field.value = "";
    this.#changed();
  }
}
