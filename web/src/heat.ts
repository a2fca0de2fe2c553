// 5 Maturity by day: a heat map per camp on one threshold scale, centered on zero even when every value is positive,
// with the thresholds printed between the swatches. Also the specialists' inventory by bucket when it is given.

import * as Plot from "@observablehq/plot";
import { dayAxis, draw } from "./base.js";
import { campInfo, campTitle, panels } from "./camps.js";
import { chart } from "./chart.js";
import type { Table } from "./csv.js";
import { h } from "./dom.js";
import { figure } from "./figure.js";
import { fixed, signed, signedBp, tickDigits } from "./format.js";
import type { CampLetter, Report } from "./model.js";
import { fittingCuts, symmetric, tableDays, thresholdBin } from "./scale.js";
import { section } from "./section.js";

export const BP_CUTS = [2, 5, 10, 20, 30, 40];
export const INVENTORY_CUTS = [0.5, 1, 2, 4, 6, 8];
const COLORS = ["n6", "n5", "n4", "n3", "n2", "n1", "zero", "p1", "p2", "p3", "p4", "p5", "p6"].map((token) => `var(--${token})`);

interface Grid { rows: string[]; days: number[]; values: number[][]; cuts: number[]; unit: string; label: string }

export function heat(report: Report): HTMLElement | null {
  const words = report.heat;
  if (words.panels.length === 0 || words.days.length === 0) return null;
  const cuts = fittingCuts(BP_CUTS, largest(words.panels.map((panel) => panel.p50)));
  const build = (item: { letter: CampLetter; p50: number[][] }) => heatChart(report, {
    rows: words.tenors, days: words.days, values: item.p50, cuts, unit: "bp",
    label: `Change by tenor and day, camp ${campInfo(report, item.letter).name}: ${ends(words.tenors, item.p50)}`,
  });
  const { table, csv } = tables(report, words.tenors, words.days, words.panels, words.title, words.sub, "tenor", "bp");
  return section("heat", "Maturity by day", words.panels.length === 1 ? "one camp" : "same scale in all camps",
    figure(report, words, { id: "heat-days", body: [panels(report, words.panels, build, true), legend(cuts, "bp")], table, csv }),
    inventory(report));
}

function inventory(report: Report): HTMLElement | null {
  const words = report.inventory;
  if (!words || largest([words.p50]) === 0) return null;
  const cuts = fittingCuts(INVENTORY_CUTS, largest([words.p50]));
  const box = heatChart(report, {
    rows: words.buckets, days: words.days, values: words.p50, cuts, unit: "$bn",
    label: `Specialists' inventory by bucket and day, camp ${campInfo(report, words.camp).name}: ${words.title}`,
  });
  const { table, csv } = tables(report, words.buckets, words.days, [{ letter: words.camp, p50: words.p50, p05: words.p05, p95: words.p95 }], words.title, words.sub, "bucket", "$bn");
  return figure(report, words, { id: "inventory", body: [h("div", { class: "charts" }, box), legend(cuts, "$bn, ten-year equivalents")], table, csv });
}

/** Largest absolute value of all grids. */
function largest(grids: readonly (readonly (readonly number[])[])[]): number {
  return grids.flat(2).reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}

function ends(rows: readonly string[], values: readonly (readonly number[])[]): string {
  const last = rows.map((row, i) => ({ row, value: values[i]?.[(values[i]?.length ?? 1) - 1] ?? 0 }));
  const top = last.reduce((best, entry) => (entry.value > best.value ? entry : best), last[0] ?? { row: "", value: 0 });
  return `on the last day the largest change is ${signedBp(top.value)} at ${top.row}`;
}

/** Neighboring days in the same bin become one bar: fewer marks, no seams. */
function runs(grid: Grid): { row: string; x1: number; x2: number; value: number }[] {
  const thresholds = symmetric(grid.cuts);
  return grid.rows.flatMap((row, r) => {
    const bars: { row: string; x1: number; x2: number; value: number }[] = [];
    let bin = -1;
    grid.days.forEach((day, i) => {
      const value = grid.values[r]?.[i] ?? 0;
      const next = grid.days[i + 1] ?? day + Math.max(1, day - (grid.days[i - 1] ?? day - 1));
      const here = thresholdBin(value, thresholds);
      const open = bars[bars.length - 1];
      if (open !== undefined && here === bin) open.x2 = next;
      else bars.push({ row, x1: day, x2: next, value });
      bin = here;
    });
    return bars;
  });
}

function heatChart(report: Report, grid: Grid): HTMLDivElement {
  const bars = runs(grid);
  const first = grid.days[0] ?? 0;
  const last = Math.max(first + 1, ...bars.map((bar) => bar.x2));
  const rows = [...grid.rows].reverse();
  const longest = Math.max(...rows.map((row) => row.length));
  return chart(grid.label, ({ width, tall }) => {
    const height = Math.round(rows.length * (rows.length > 12 ? 15.6 : 17.5) * tall) + 30;
    const marginLeft = Math.max(34, longest * 6.6 + 8);
    return draw({ width, height, marginTop: 4, marginBottom: 26, marginLeft, marginRight: 10 },
      {
        x: { domain: [first, last] }, y: { type: "band", domain: rows, padding: 0, round: true },
        color: { type: "threshold", domain: symmetric(grid.cuts), range: COLORS },
      },
      [
        Plot.barX(bars, { x1: "x1", x2: "x2", y: "row", fill: "value", insetTop: 0.5, insetBottom: 0.5, shapeRendering: "crispEdges", className: "cells" }),
        Plot.axisY(rows, { tickSize: 0, tickPadding: 5, label: null, fill: "var(--ink-2)", fontSize: 11 }),
        ...dayAxis(last, width - marginLeft - 10),
        report.sale_end_day === null || report.sale_end_day > last ? null
          : Plot.ruleX([report.sale_end_day], { stroke: "var(--ink)", strokeDasharray: "2 3" }),
      ]);
  });
}

/** Swatches with the thresholds between them. */
export function legend(cuts: readonly number[], unit: string): HTMLElement {
  const thresholds = symmetric(cuts);
  const text = (value: number) => signed(value, tickDigits([value]));
  const crowded = thresholds.some((value) => text(value).length > 4);
  return h("div", { class: crowded ? "legend crowded" : "legend", role: "img", "aria-label": `Color scale in ${unit}: green below ${text(-(cuts[0] ?? 0))}, violet above ${text(cuts[0] ?? 0)}, up to ${text(cuts[cuts.length - 1] ?? 0)} and more` },
    h("span", { class: "legend-unit" }, unit),
    h("div", { class: "swatches" }, ...COLORS.map((color, i) => h("span", { style: `background:${color}` }, i < thresholds.length && h("em", {}, text(thresholds[i] ?? 0))))));
}

function tables(
  report: Report, rows: readonly string[], days: readonly number[], list: readonly { letter: CampLetter; p50: number[][]; p05: number[][]; p95: number[][] }[],
  title: string, sub: string, dimension: string, unit: string,
): { table: Table; csv: Table } {
  const shown = tableDays(days, report.sale_end_day);
  const caption = `${title}: ${sub}. Median (90% band), ${unit}; selected days, every day in the CSV`;
  const table: Table = {
    caption,
    columns: [{ label: dimension }, { label: "camp" }, ...shown.map((i) => ({ label: `day ${days[i] ?? ""}` }))],
    rows: list.flatMap(({ letter, p50, p05, p95 }) => rows.map((row, r) => [
      row, letter, ...shown.map((i) => `${signed(p50[r]?.[i], 1)} (${fixed(p05[r]?.[i], 1)} to ${fixed(p95[r]?.[i], 1)})`)])),
  };
  const csv: Table = {
    caption,
    columns: [{ label: "camp" }, { label: dimension }, { label: "day" }, { label: "p05" }, { label: "median" }, { label: "p95" }],
    rows: list.flatMap(({ letter, p50, p05, p95 }) => rows.flatMap((row, r) => days.map((day, i) => [
      campTitle(report, letter), row, day, p05[r]?.[i] ?? null, p50[r]?.[i] ?? null, p95[r]?.[i] ?? null]))),
  };
  return { table, csv };
}
