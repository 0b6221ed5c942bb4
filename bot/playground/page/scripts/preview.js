// The preview of a page below a message, drawn from its address alone: nothing is fetched.

import { element } from "./dom.js";
import { outward, webAddress } from "./entities.js";

// Returns the preview that the message asks for, or null.
export function preview(message, act) {
  const options = message.link_preview_options ?? {};
  if (options.is_disabled) return null;
  const url = webAddress(options.url ?? firstAddress(message));
  if (!url) return null;
  const host = url.hostname.replace(/^www\./, "");
  return element(
    "a",
    { class: "preview", ...outward(url), onclick: (event) => act({ link: url, event }) },
    element("strong", {}, host),
    element("i", { "aria-hidden": "true" }, host[0].toUpperCase()),
    element("span", {}, said(url) || url.origin),
  );
}

function firstAddress(message) {
  const link = (message.entities ?? []).find((entity) => ["url", "text_link"].includes(entity.type));
  return link && (link.url ?? message.text.slice(link.offset, link.offset + link.length));
}

// Returns what the path says to a reader: `/blog/what-is-it` is “blog › what is it”.
function said(url) {
  const parts = url.pathname.split("/").filter(Boolean);
  return parts.map(readable).join(" › ");
}

function readable(part) {
  try {
    return decodeURIComponent(part).replace(/[-_+]+/g, " ");
  } catch {
    return part;
  }
}
