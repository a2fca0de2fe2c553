// A section: rail with its name and context on the left (above on narrow pages), content on the right.

import { h, type Child } from "./dom.js";

export function section(id: string, name: string, context: string, ...content: Child[]): HTMLElement {
  return h("section", { id, class: "section", "aria-labelledby": `${id}-name` },
    h("div", { class: "rail" }, h("h2", { id: `${id}-name` }, name), h("p", {}, context)),
    h("div", { class: "content" }, ...content));
}
