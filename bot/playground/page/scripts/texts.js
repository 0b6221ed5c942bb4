// What the page itself says, in each language that it has a button for. The bot's own words come
// from the bot.

const LANGUAGES = [...document.querySelectorAll("[data-language]")].map((it) => it.dataset.language);
const KEY = "galpi.language";

let catalogue = {};

export const texts = (key, values = {}) =>
  (catalogue[key] ?? key).replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");

export const scenes = () => catalogue.scenes ?? [];

export const language = () => document.documentElement.lang;

export function preferredLanguage() {
  const wished = [localStorage.getItem(KEY), ...navigator.languages];
  const codes = wished.map((code) => code?.slice(0, 2)).filter((code) => LANGUAGES.includes(code));
  return codes[0] ?? "en";
}

// Switches the page over: everything that stands in the document says the same in the language.
export async function speak(code) {
  const answer = await fetch(`locales/${code}.json`);
  catalogue = await answer.json();
  localStorage.setItem(KEY, code);
  document.documentElement.lang = code;
  translate(document);
}

export function translate(root) {
  for (const spoken of root.querySelectorAll("[data-text]")) {
    spoken.textContent = texts(spoken.dataset.text);
  }
  for (const named of root.querySelectorAll("[data-label]")) {
    named.setAttribute("aria-label", texts(named.dataset.label));
    if (named.tagName === "BUTTON") named.title = texts(named.dataset.label);
  }
}

// The day of a Unix time, in the reader's own zone.
export const day = (seconds) =>
  new Intl.DateTimeFormat(language(), { dateStyle: "long" }).format(new Date(seconds * 1000));

export const clock = (date) =>
  new Intl.DateTimeFormat(language(), { hour: "numeric", minute: "2-digit" }).format(date);
