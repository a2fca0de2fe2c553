// 7 The seller: a waterfall per camp on one scale, losses to the left of zero, the total in ink, each step with its
// 90% band as a thin line and its value outside on the left. Below, the same in the seller's own currency.

import * as Plot from "@observablehq/plot";
import { draw, HALO, valueAxis, xAxis } from "./base.js";
import { campInfo, campTitle, panels } from "./camps.js";
import { chart } from "./chart.js";
import type { Table } from "./csv.js";
import { h } from "./dom.js";
import { figure } from "./figure.js";
import { clip, fixed, range, signed, smallDigits } from "./format.js";
import type { CampLetter, Report } from "./model.js";
import { waterfall } from "./scale.js";
import { section } from "./section.js";
import { bandCells, bandColumns, textTable } from "./tables.js";

type Seller = NonNullable<Report["seller"]>;
type Panel = Seller["panels"][number];

function placed(panel: Panel) {
  const bars = waterfall(panel.steps.map((step) => ({ value: step.band.p50, total: step.total })));
  return panel.steps.map((step, i) => {
    const { x1, x2 } = bars[i] ?? { x1: 0, x2: 0 };
    const next = bars[i + 1];
    return {
      label: step.label, value: step.band.p50, x1, x2, low: x1 + step.band.p05, high: x1 + step.band.p95, end: x2, next: next === undefined ? null : panel.steps[i + 1]?.label ?? null,
      left: Math.min(x1, x2, x1 + step.band.p05), fill: step.total ? "var(--ink)" : step.band.p50 < 0 ? "var(--loss)" : "var(--gain)", total: step.total,
    };
  });
}

export function seller(report: Report): HTMLElement | null {
  const words = report.seller;
  if (words === null || words.panels.length === 0) return null;
  const beside = words.beside ?? [];
  const table: Table = {
    caption: `${words.title}: ${words.sub}`,
    columns: [{ label: "step" }, { label: "camp" }, ...bandColumns(1).map((column, i) => ({ ...column, signed: i < 5 }))],
    rows: [
      ...words.panels.flatMap(({ letter, steps }) => steps.map(({ label, band }) => [label, letter, ...bandCells(band), band.mc_se])),
      ...beside.map(({ letter, label, band }) => [label, letter, ...bandCells(band).map((value) => fixed(value, 1)), band.mc_se]),
      ...words.own_currency.map(({ letter, label, band, unit }) => [`${label}, ${unit}`, letter, ...bandCells(band), band.mc_se]),
    ],
  };
  const csv: Table = {
    caption: table.caption, columns: [{ label: "camp" }, { label: "step" }, { label: "unit" }, ...bandColumns(2)],
    rows: [
      ...words.panels.flatMap(({ letter, steps }) => steps.map(({ label, band }) => [campTitle(report, letter), label, "$bn", ...bandCells(band), band.mc_se])),
      ...beside.map(({ letter, label, band }) => [campTitle(report, letter), label, "$bn", ...bandCells(band), band.mc_se]),
      ...words.own_currency.map(({ letter, label, band, unit }) => [campTitle(report, letter), label, unit, ...bandCells(band), band.mc_se]),
    ],
  };
  return section("seller", "The seller", `${words.who}\u2019s account`,
    figure(report, words, { id: "seller-account", body: [panels(report, words.panels, (panel, row) => panelChart(report, panel, row), true), ownCurrency(words)], table, csv }));
}

function panelChart(report: Report, panel: Panel, row: readonly Panel[]): HTMLDivElement {
  const steps = placed(panel);
  const every = row.flatMap(placed);
  const total = steps.find((step) => step.total);
  const digits = smallDigits(every.map((step) => step.value));
  const label = `Seller's account, camp ${campInfo(report, panel.letter).name}, $bn: ` + steps.map((step) => `${step.label} ${signed(step.value, digits)}`).join(", ");
  return chart(label, ({ width, tall }) => {
    const marginLeft = Math.min(106, width * (width < 260 ? 0.46 : 0.36));
    const low0 = Math.min(0, ...every.map((step) => step.left));
    const high = Math.max(0, ...every.map((step) => Math.max(step.x1, step.x2, step.high)));
    const inner = width - marginLeft - 14;
    const low = low0 - (high - low0) * (48 / Math.max(80, inner - 48));
    const rowHeight = width < 260 ? 42 : 36 * Math.max(tall, 0.9);
    const axis = valueAxis(low0, high, inner / 54, "");
    return draw({ width, height: Math.round(steps.length * rowHeight) + 30, marginTop: 4, marginBottom: 26, marginLeft, marginRight: 14 },
      { x: { domain: [low, high] }, y: { type: "band", domain: steps.map((step) => step.label), padding: 0.32 } },
      [
        ...xAxis(axis, true),
        Plot.barX(steps, { x1: "x1", x2: "x2", y: "label", fill: "fill", className: "bars" }),
        ...steps.flatMap((step) => (step.next === null ? [] : [Plot.link([step], { x1: "end", x2: "end", y1: "label", y2: "next", stroke: "var(--ink-3)", strokeWidth: 1 })])),
        Plot.ruleY(steps, { x1: "low", x2: "high", y: "label", stroke: "var(--paper)", strokeWidth: 3, strokeOpacity: 0.65 }),
        Plot.ruleY(steps, { x1: "low", x2: "high", y: "label", stroke: "var(--ink-2)", strokeWidth: 1.1, className: "whiskers" }),
        Plot.text(steps.filter((step) => !step.total), { x: "left", y: "label", dx: -11, textAnchor: "end", text: (step: { value: number }) => signed(step.value, digits), fill: "var(--ink)", fontWeight: 500, ...HALO }),
        total === undefined ? null : Plot.text([total], { x: "left", y: "label", dx: -11, textAnchor: "end", text: () => signed(total.value, digits), fill: "var(--ink)", fontWeight: 700 }),
        Plot.axisY({ tickFormat: (text: string) => clip(text, 36), tickSize: 0, tickPadding: 8, label: null, fill: "var(--ink-2)", fontSize: 11.5, lineWidth: marginLeft / 11.5 - 0.5, lineHeight: 1.1 }),
        Plot.ruleX([0], { stroke: "var(--ink)" }),
      ]);
  });
}

function ownCurrency(words: Seller): HTMLElement | null {
  if (words.own_currency.length === 0) return null;
  const letters: CampLetter[] = [...new Set(words.own_currency.map((row) => row.letter))];
  // amounts that stand beside the account are no gains and carry no sign
  const amounts = new Set((words.beside ?? []).map((row) => row.label));
  const labels = [...new Set(words.own_currency.map((row) => `${row.label}, ${row.unit}`))];
  const table = textTable([`In the seller\u2019s own currency`, ...letters], labels.map((label) => [
    label, ...letters.map((letter) => {
      const found = words.own_currency.find((row) => row.letter === letter && `${row.label}, ${row.unit}` === label);
      if (found === undefined) return "\u2013";
      const digits = Math.abs(found.band.p50) >= 100 ? 0 : 1;
      return h("span", {}, h("b", {}, (amounts.has(found.label) ? fixed : signed)(found.band.p50, digits)), ` (${range(found.band.p05, found.band.p95, digits)}) \u00b1${fixed(found.band.mc_se, digits)}`);
    })]));
  table.classList.add("plain-table");
  return table;
}
