// Telegram's formatted text as elements. Offsets count UTF-16 units, as JavaScript's strings do.

import { element } from "./dom.js";
import { day, texts } from "./texts.js";

const TAGS = {
  bold: "strong",
  italic: "em",
  underline: "u",
  strikethrough: "s",
  code: "code",
  pre: "pre",
  blockquote: "blockquote",
  expandable_blockquote: "blockquote",
};
const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);
const LINKS = new Set(["http:", "https:"]);

// Returns the nodes of a text. `act` does what a tap on a command, a tag, a name or a link does.
export function formatted(text, entities, act) {
  const rest = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return piece(text, 0, text.length, rest, act);
}

function piece(text, from, to, rest, act) {
  const nodes = [];
  let position = from;
  while (rest.length && rest[0].offset < to) {
    const entity = rest.shift();
    const start = Math.max(entity.offset, position);
    const end = Math.min(entity.offset + entity.length, to);
    if (end <= start) continue;
    if (start > position) nodes.push(text.slice(position, start));
    nodes.push(wrapped(entity, text.slice(start, end), piece(text, start, end, rest, act), act));
    position = end;
    // A block begins a line of its own, so the line feed after it would be one too many.
    if (BLOCKS.has(entity.type) && text[position] === "\n") position += 1;
  }
  if (position < to) nodes.push(text.slice(position, to));
  return nodes;
}

function wrapped(entity, words, inside, act) {
  const tap = (what) => element("button", { type: "button", class: "does", onclick: () => act(what) }, ...inside);
  switch (entity.type) {
    case "text_link":
      return anchor(entity.url, inside, act);
    case "url":
      return anchor(/^[a-z]+:/i.test(words) ? words : `https://${words}`, inside, act);
    case "bot_command":
      return tap({ command: words });
    case "hashtag":
    case "cashtag":
      return tap({ tag: words });
    case "mention":
      return tap({ mention: words });
    case "date_time":
      return element("time", { datetime: new Date(entity.unix_time * 1000).toISOString() }, day(entity.unix_time));
    case "spoiler":
      return spoiler(inside);
    case "expandable_blockquote":
      return foldedQuote(inside);
    default:
      return element(TAGS[entity.type] ?? "span", {}, ...inside);
  }
}

// A few lines are shown until the arrow is tapped.
function foldedQuote(inside) {
  const unfold = element("button", { type: "button", class: "unfold", "aria-expanded": "false", "aria-label": texts("chat.unfold") }, "⌄");
  const open = (shown) => unfold.setAttribute("aria-expanded", String(shown));
  unfold.addEventListener("click", () => open(unfold.getAttribute("aria-expanded") !== "true"));
  return element("blockquote", { class: "long" }, element("div", {}, ...inside), unfold);
}

function spoiler(inside) {
  const cover = element("button", { type: "button", class: "spoiler", "aria-expanded": "false" });
  cover.append(element("span", {}, ...inside));
  cover.addEventListener("click", () => cover.setAttribute("aria-expanded", "true"));
  return cover;
}

// Returns a link, or plain text for an address that leads anywhere but into the web.
function anchor(address, inside, act) {
  const url = webAddress(address);
  if (!url) return element("span", {}, ...inside);
  return element("a", { ...outward(url), onclick: (event) => act({ link: url, event }) }, ...inside);
}

export function webAddress(address) {
  const url = URL.canParse(address ?? "") ? new URL(address) : null;
  return url && LINKS.has(url.protocol) ? url : null;
}

export const outward = (url) => ({ href: url.href, target: "_blank", rel: "noopener noreferrer" });
