// The frame of a figure: title, sub, charts, note, footer with Table, SVG and CSV in this tab order. The table opens
// below the footer and the focus stays on its button.

import { csvText, fileName, type Table } from "./csv.js";
import { h, type Child } from "./dom.js";
import type { Figure, Report } from "./model.js";
import { saveFigure, saveText } from "./save.js";
import { dataTable } from "./tables.js";

export interface FigureParts {
  id: string;
  body: Child[];
  /** shown by the Table button; absent where the figure is a table already */
  table?: Table;
  /** saved by the CSV button; the shown table when absent */
  csv?: Table;
  note?: string | undefined;
  /** a figure may break across pages (long tables) */
  long?: boolean;
  svg?: boolean;
}

export function figure(report: Report, words: Figure, parts: FigureParts): HTMLElement {
  const titleId = `${parts.id}-title`;
  const tableId = `${parts.id}-table`;
  const buttons = h("div", { class: "buttons" });
  const footer = h("div", { class: "footer" },
    h("div", { class: "facts" },
      h("span", {}, `As of ${report.head.as_of}`), h("span", {}, `run ${report.head.run_id}`),
      words.source !== "" && h("span", {}, words.source)),
    buttons);
  const note = parts.note ?? words.note;
  const root = h("figure", { id: parts.id, class: parts.long ? "figure long" : "figure", role: "group", "aria-labelledby": titleId },
    h("h3", { id: titleId }, words.title),
    words.sub !== "" && h("p", { class: "sub" }, words.sub),
    ...parts.body,
    note !== undefined && note !== null && note !== "" && h("p", { class: "note" }, note),
    footer);
  const table = parts.table;
  if (table !== undefined) buttons.append(tableButton(root, table, tableId, words.title));
  if (parts.svg !== false) {
    buttons.append(button("SVG", `Save as SVG: ${words.title}`, () => saveFigure(root, fileName(report.head.run_id, parts.id, "svg"))));
  }
  const saved = parts.csv ?? table;
  if (saved !== undefined) {
    buttons.append(button("CSV", `Save as CSV: ${words.title}`, () => saveText(csvText(saved), "text/csv", fileName(report.head.run_id, parts.id, "csv"))));
  }
  return root;
}

function button(text: string, label: string, action: () => void): HTMLButtonElement {
  const element = h("button", { type: "button", "aria-label": label }, text);
  element.addEventListener("click", action);
  return element;
}

function tableButton(root: HTMLElement, table: Table, id: string, title: string): HTMLButtonElement {
  const toggle = h("button", { type: "button", "aria-expanded": "false", "aria-label": `Table: ${title}` }, "Table");
  toggle.addEventListener("click", () => {
    const open = document.getElementById(id);
    if (open !== null) {
      open.remove();
      toggle.removeAttribute("aria-controls");
    } else {
      root.append(dataTable(table, id));
      toggle.setAttribute("aria-controls", id);
    }
    toggle.setAttribute("aria-expanded", String(open === null));
  });
  return toggle;
}
