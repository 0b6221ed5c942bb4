// The drawer for developers: each update to the bot, each call of its, as raw JSON.

import { element, find } from "./dom.js";
import { texts } from "./texts.js";

const KEPT = 200;
const GIST = 90;

const list = find("#calls");

export function setUpActivity() {
  const [drawer, button] = [find("#activity"), find("#activity-button")];
  const toggle = () => {
    drawer.hidden = !drawer.hidden;
    button.setAttribute("aria-expanded", String(!drawer.hidden));
    find("main").classList.toggle("with-activity", !drawer.hidden);
    (drawer.hidden ? button : find("#activity-close")).focus();
  };
  button.addEventListener("click", toggle);
  find("#activity-close").addEventListener("click", toggle);
  drawer.addEventListener("keydown", (event) => event.key === "Escape" && toggle());
  find("#polls").addEventListener("change", (event) => list.classList.toggle("polls", event.target.checked));
}

export function showUpdate(update) {
  const kind = Object.keys(update).find((name) => name !== "update_id");
  add("update", texts("activity.update"), kind, update);
}

export function showCall({ method, arguments: sent, result, error }) {
  const poll = method === "getUpdates" ? " poll" : "";
  const told = error ? texts("activity.refused") : texts("activity.call");
  add(`${error ? "refused" : "call"}${poll}`, told, method, { arguments: sent, ...(error ? { error } : { result }) });
}

function add(classes, kind, name, content) {
  const text = JSON.stringify(content, null, 2);
  const gist = JSON.stringify(content.arguments ?? content[name] ?? content).slice(0, GIST);
  const entry = element(
    "li",
    { class: classes },
    element(
      "details",
      {},
      element(
        "summary",
        {},
        element("span", { class: "kind" }, kind),
        element("span", { class: "name" }, name),
        element("span", { class: "gist" }, gist),
        element("time", {}, new Date().toLocaleTimeString("en-GB")),
      ),
      element("pre", { tabindex: "0" }, text),
    ),
  );
  const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < GIST;
  list.append(entry);
  while (list.children.length > KEPT) list.firstElementChild.remove();
  if (atEnd) list.scrollTop = list.scrollHeight;
}
