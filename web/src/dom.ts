// Elements without markup strings: text only ever enters the page through text nodes, so nothing in the document can
// become an element, an attribute handler or a script.

export type Child = Node | string | null | undefined | false;
type Attributes = Record<string, string | number | boolean | null | undefined>;

/** `h("p", { class: "note" }, "text")`. Attributes that are null, undefined or false are left out. */
export function h<K extends keyof HTMLElementTagNameMap>(tag: K, attributes: Attributes = {}, ...children: Child[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    element.setAttribute(name, value === true ? "" : String(value));
  }
  append(element, children);
  return element;
}

/** The same in the SVG namespace. */
export function s(tag: string, attributes: Attributes = {}, ...children: Child[]): SVGElement {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    element.setAttribute(name, value === true ? "" : String(value));
  }
  append(element, children);
  return element;
}

function append(parent: Node, children: readonly Child[]): void {
  for (const child of children) {
    if (child === null || child === undefined || child === false) continue;
    parent.appendChild(typeof child === "string" ? document.createTextNode(child) : child);
  }
}

/** A link only for http(s) addresses; anything else stays text. */
export function link(address: string): Node {
  return /^https?:\/\/[^\s]+$/i.test(address)
    ? h("a", { href: address, rel: "noopener noreferrer" }, address.replace(/^https?:\/\/(www\.)?/i, "").replace(/\/$/, ""))
    : document.createTextNode(address);
}
