// The list above the field: commands, the bot's name, inline results. One of it is selected.

import { element, find } from "./dom.js";

let lists = 0;

export class Suggestions {
  #box;
  #list;
  #above;
  #field;
  #items = [];
  #selected = -1;
  #more = null;

  constructor(box, field) {
    this.#box = box;
    this.#list = find("ul", box);
    this.#above = find(".above", box);
    this.#field = field;
    this.#list.id = `suggestions-${(lists += 1)}`;
    field.setAttribute("aria-controls", this.#list.id);
    this.#list.addEventListener("scroll", () => this.#scrolled());
  }

  get open() {
    return !this.#box.hidden;
  }

  get choosable() {
    return this.open && this.#selected >= 0;
  }

  // Shows items, each with its `nodes` and what `choose` does; `above` is a button over the list,
  // `more` is called once the reader comes near its end.
  show(label, items, { above = null, more = null, add = false } = {}) {
    if (!add) this.#clear();
    this.#list.setAttribute("aria-label", label);
    this.#more = more;
    if (above) {
      this.#above.textContent = above.text;
      this.#above.onclick = above.choose;
    }
    if (!add) this.#above.hidden = !above;
    for (const item of items) this.#add(item);
    this.#box.hidden = !this.#items.length && this.#above.hidden;
    this.#field.setAttribute("aria-expanded", String(this.open));
    if (!add && items.length) this.#select(0);
  }

  hide() {
    this.#clear();
    this.#box.hidden = true;
    this.#field.setAttribute("aria-expanded", "false");
  }

  move(step) {
    const count = this.#items.length;
    if (count) this.#select((this.#selected + step + count) % count);
  }

  choose() {
    this.#items[this.#selected]?.choose();
  }

  #clear() {
    this.#list.replaceChildren();
    this.#list.scrollTop = 0;
    this.#items = [];
    this.#selected = -1;
    this.#more = null;
    this.#field.removeAttribute("aria-activedescendant");
  }

  #add(item) {
    const place = this.#items.push(item) - 1;
    // The field keeps the focus, so that one can go on typing.
    const keep = (event) => event.preventDefault();
    this.#list.append(
      element(
        "li",
        { role: "option", id: `${this.#list.id}-${place}`, "aria-selected": "false", onmousedown: keep, onclick: item.choose },
        ...item.nodes,
      ),
    );
  }

  #select(place) {
    this.#list.children[this.#selected]?.setAttribute("aria-selected", "false");
    this.#selected = place;
    const row = this.#list.children[place];
    row.setAttribute("aria-selected", "true");
    row.scrollIntoView({ block: "nearest" });
    this.#field.setAttribute("aria-activedescendant", row.id);
  }

  #scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.#list;
    if (this.#more && scrollHeight - scrollTop - clientHeight < clientHeight) {
      const more = this.#more;
      this.#more = null;
      more();
    }
  }
}
