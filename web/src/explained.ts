// 4b: why the yield moves, who buys at the margin, which parameter matters. Tables of words; the Rust side writes every cell.

import { h } from "./dom.js";
import type { Report } from "./model.js";
import { section } from "./section.js";
import { textTable } from "./tables.js";

export function explained(report: Report): HTMLElement | null {
  const found = report.explained;
  if (found === null || found === undefined) return null;
  return section("explained", "Why", "at central parameters",
    h("h3", {}, found.title), h("p", { class: "sub" }, found.sub),
    ...found.tables.flatMap((table) => [h("p", { class: "caption" }, table.caption), textTable(table.head, table.rows, "explained")]));
}
