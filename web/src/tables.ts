// Tables: the one behind a Table button (numbers, first column as row header) and the ones that are text.

import type { Column, Cell, Table } from "./csv.js";
import { h, type Child } from "./dom.js";
import { fixed, signed } from "./format.js";
import type { Band, WordTable } from "./model.js";

function shown(cell: Cell, column: Column | undefined): string {
  if (cell === null) return "\u2013";
  if (typeof cell === "string") return cell;
  const digits = column?.digits ?? 1;
  return column?.signed ? signed(cell, digits) : fixed(cell, digits);
}

/** The table of a figure, in a scrolling region that the keyboard can reach. */
export function dataTable(table: Table, id: string): HTMLElement {
  return h("div", { class: "data-table", id, tabindex: "0", role: "region", "aria-label": table.caption },
    h("table", {},
      h("caption", {}, table.caption),
      h("thead", {}, h("tr", {}, ...table.columns.map((column) => h("th", { scope: "col" }, column.label)))),
      h("tbody", {}, ...table.rows.map((row) => h("tr", {},
        ...row.map((cell, i) => i === 0
          ? h("th", { scope: "row" }, shown(cell, table.columns[i]))
          : h("td", typeof cell === "number" ? { "data-value": cell } : {}, shown(cell, table.columns[i]))))))));
}

/** A table of words: first column heads the row; on narrow pages each row becomes a block with labeled lines. */
export function textTable(headers: readonly string[], rows: readonly (readonly Child[])[], name?: string): HTMLElement {
  return h("div", { class: name === undefined ? "text-table" : `text-table ${name}` }, h("table", {},
    h("colgroup", {}, ...headers.map(() => h("col", {}))),
    h("thead", {}, h("tr", {}, ...headers.map((header) => h("th", { scope: "col" }, header)))),
    h("tbody", {}, ...rows.map((row) => h("tr", {},
      ...row.map((cell, i) => i === 0 ? h("th", { scope: "row" }, cell) : h("td", { "data-label": headers[i] }, cell)))))));
}

/** A table whose cells the Rust side wrote, with its caption; nothing where there is none. */
export function wordTable(table: WordTable | null | undefined, name: string): HTMLElement[] {
  if (table === null || table === undefined) return [];
  return [h("p", { class: "caption" }, table.caption), textTable(table.head, table.rows, name)];
}

export const BAND_LABELS = ["p05", "p25", "median", "p75", "p95"] as const;

/** The five quantiles of a band in the order of `BAND_LABELS`. */
export function bandCells(band: Band): number[] {
  return [band.p05, band.p25, band.p50, band.p75, band.p95];
}

/** Columns for a band, and for the error of its median. */
export function bandColumns(digits: number): Column[] {
  return [...BAND_LABELS.map((label) => ({ label, digits })), { label: "error of the median", digits: digits + 1 }];
}
