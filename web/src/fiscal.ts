// 8b The taxpayer by fiscal year: gross extra interest, a bar for the median and a line for the 90% band per year, the
// medians in a row under the axis; below the panels net of the Fed and the share of the baseline's interest. The table
// holds every line of the bill; the sentences of the run (baseline, what could not be had, the budget office's own
// sensitivity) stand under the chart.

import * as Plot from "@observablehq/plot";
import { draw, valueAxis, yAxis } from "./base.js";
import { campColor, campInfo, campText, campTitle, panels } from "./camps.js";
import { chart } from "./chart.js";
import type { Table } from "./csv.js";
import { h } from "./dom.js";
import { figure } from "./figure.js";
import { fixed, range, smallDigits, usdBn } from "./format.js";
import type { Band, FiscalBill, Report } from "./model.js";
import { extentWithZero, roundOut } from "./scale.js";
import { bandCells, bandColumns } from "./tables.js";

type Panel = FiscalBill["panels"][number];

export function fiscal(report: Report): HTMLElement | null {
  const words = report.taxpayer.fiscal;
  if (words === null || words === undefined || words.lines.length === 0) return null;
  const caption = `${words.title}: all lines of the bill, $bn`;
  const years = words.years.map((label) => ({ label, digits: 1 }));
  const baseline = words.baseline_usd_bn.length === 0 ? []
    : [["net interest of the baseline", "", ...words.baseline_usd_bn, null, null, null]];
  const table: Table = {
    caption: `${caption}: medians, and the 90% band of the total`,
    columns: [{ label: "line" }, { label: "camp" }, ...years, { label: "total", digits: 1 }, { label: "p05", digits: 1 }, { label: "p95", digits: 1 }],
    rows: [...words.lines.map(({ letter, label, bands, total }) => [label, letter, ...bands.map((band) => band.p50), total.p50, total.p05, total.p95]), ...baseline],
  };
  const csv: Table = {
    caption, columns: [{ label: "camp" }, { label: "line" }, { label: "fiscal year" }, ...bandColumns(3)],
    rows: words.lines.flatMap(({ letter, label, bands, total }) => [
      ...words.years.map((year, i) => [campTitle(report, letter), label, year, ...cells(bands[i])]),
      [campTitle(report, letter), label, "total", ...cells(total)]]),
  };
  const digits = smallDigits(words.panels.flatMap(({ total }) => [total.p05, total.p95]));
  const build = (panel: Panel, row: readonly Panel[]) => h("div", {}, barChart(report, words, panel, row),
    h("p", { class: "group" }, "Total ", h("strong", {}, usdBn(panel.total.p50, digits)), ` (${range(panel.total.p05, panel.total.p95, digits)})`,
      panel.net === null ? null : `; net of the Fed ${usdBn(panel.net.p50, digits)}`,
      panel.of_baseline_pct === null ? null : `; ${fixed(panel.of_baseline_pct.p50, 2)}% of the baseline\u2019s net interest`));
  return figure(report, words, {
    id: "taxpayer-fiscal", table, csv,
    body: [words.panels.length === 0 ? null : panels(report, words.panels, build), ...words.notes.map((note) => h("p", { class: "note" }, note))],
  });
}

function cells(band: Band | undefined): (number | null)[] {
  return band === undefined ? [null, null, null, null, null, null] : [...bandCells(band), band.mc_se];
}

function barChart(report: Report, words: FiscalBill, panel: Panel, row: readonly Panel[]): HTMLDivElement {
  const { letter } = panel;
  const data = words.years.flatMap((year, i) => {
    const band = panel.bands[i];
    return band === undefined ? [] : [{ year, ...band }];
  });
  const label = `Extra interest by fiscal year, camp ${campInfo(report, letter).name}: ` + data.map((bar) => `${bar.year} ${usdBn(bar.p50)}`).join(", ") + `; total ${usdBn(panel.total.p50)}`;
  return chart(label, ({ width, tall }) => {
    const height = Math.round(212 * tall);
    const [low, high] = roundOut(extentWithZero(row.flatMap(({ bands }) => bands.flatMap((band) => [band.p05, band.p95, band.p50])), 0.03), (height - 58) / 38);
    const slot = (width - 46) / Math.max(1, data.length);
    // four digits of a year need about 30 px, a median about as much; where they do not fit, every other one stands, the last always
    const step = Math.max(1, Math.ceil(32 / slot));
    const kept = data.filter((_, i) => (data.length - 1 - i) % step === 0);
    return draw({ width, height, marginTop: 12, marginBottom: 46, marginLeft: 34, marginRight: 12 },
      { x: { type: "band", domain: data.map((bar) => bar.year), padding: 0.26 }, y: { domain: [low, high] } },
      [
        ...yAxis(valueAxis(low, high, (height - 58) / 38, ""), false),
        Plot.barY(data, { x: "year", y: "p50", fill: campColor(letter), fillOpacity: 0.78, className: "bars" }),
        Plot.ruleX(data, { x: "year", y1: "p05", y2: "p95", stroke: "var(--ink)", strokeWidth: 1.25, className: "whiskers" }),
        Plot.ruleY([0], { stroke: "var(--ink-3)" }),
        Plot.axisX(kept.map((bar) => bar.year), { tickSize: 0, tickPadding: 8, label: null, fill: "var(--ink-2)", fontSize: 11 }),
        Plot.text(kept, {
          x: "year", frameAnchor: "bottom", dy: 34, text: (bar: Band) => fixed(bar.p50, high >= 10 ? 0 : high >= 1 ? 1 : 2), fill: campText(letter), fontWeight: 700, fontSize: 12,
        }),
      ]);
  });
}
