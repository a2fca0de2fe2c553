// 4 Day by day: the 10Y fan of each camp. One y scale in all panels of the headline camps, both modes included; the
// other mode's median is dashed, or a second row of fans when its bands were given. Days are read with the arrow keys.

import * as Plot from "@observablehq/plot";
import { dayAxis, draw, HALO, saleEnd, valueAxis, yAxis } from "./base.js";
import { apart, campColor, campHead, campInfo, campText, campTitle, splitStress } from "./camps.js";
import { chart } from "./chart.js";
import type { Table } from "./csv.js";
import { dayCursor, type CursorPanel } from "./cursor.js";
import { h } from "./dom.js";
import { figure } from "./figure.js";
import { clip, fixed, proseDateYear, range, signedBp } from "./format.js";
import type { BandSeries, Peak, Report } from "./model.js";
import { extentWithZero, roundOut, tableDays } from "./scale.js";
import { section } from "./section.js";

type Panel = Report["fan"]["panels"][number];
interface Fan { panel: Panel; series: BandSeries; other: number[] | null; peak: Peak; mode: string; main: boolean }

export function fan(report: Report): HTMLElement {
  const words = report.fan;
  const { headline, stress } = splitStress(report, words.panels);
  const second = words.other_mode !== null && headline.length > 0 && headline.every((panel) => panel.other_series && panel.other_peak);
  const first = (panel: Panel): Fan => ({ panel, series: panel.series, other: panel.other_p50, peak: panel.peak, mode: words.this_mode, main: true });
  const fans = headline.map(first);
  const others = !second ? [] : headline.flatMap((panel): Fan[] => (panel.other_series && panel.other_peak
    ? [{ panel, series: panel.other_series, other: panel.series.p50, peak: panel.other_peak, mode: words.other_mode ?? "", main: false }] : []));
  const stressFans = stress.map(first);

  const boxes: CursorPanel[] = [];
  const cell = (item: Fan, row: readonly Fan[], at: number) => {
    const box = fanChart(report, item, row, at === 0);
    boxes.push({ box, color: campColor(item.panel.letter), value: (index) => item.series.p50[index] ?? null });
    return h("div", { class: `panel camp-${item.panel.letter}` }, campHead(report, item.panel.letter, item.mode), box);
  };
  const shared = [...fans, ...others];
  const columns = `n${Math.max(1, Math.min(3, fans.length))}`;
  const group = h("div", { class: apart("fans", fans, stressFans), "aria-label": `${words.title}. Arrow keys read a day, Enter pins it, Escape clears it.` },
    h("div", { class: `panels ${columns}${second ? " paired" : ""}`, style: `--camps:${Math.max(1, fans.length)}` },
      second && h("p", { class: "group" }, h("strong", {}, capital(words.this_mode))),
      ...fans.map((item, i) => cell(item, shared, i)),
      second && h("p", { class: "group" }, h("strong", {}, capital(words.other_mode ?? ""))),
      ...others.map((item) => cell(item, shared, -1))),
    stressFans.length > 0 && h("div", { class: "stress" }, h("p", { class: "group" }, "Stress bound, apart from the camps, on its own scale"),
      h("div", { class: "panels n3" }, ...stressFans.map((item) => cell(item, stressFans, -1)))));
  const readout = dayCursor(group, {
    days: report.days, panels: boxes,
    hint: "Point at a day, or use the arrow keys, to read it; Enter pins it, Esc clears it.",
    read: (index) => [
      h("b", {}, `Day ${report.days[index] ?? ""}`), ` ${proseDateYear(report.dates[index] ?? "")}`,
      ...words.panels.map(({ letter, series }) => h("span", { class: `value camp-${letter}` }, h("b", {}, letter), ` ${fixed(series.p50[index], 1)} (${range(series.p05[index] ?? NaN, series.p95[index] ?? NaN, 1)})`)),
      h("span", { class: "value" }, `bp, ${words.this_mode}, median (90% band)`),
    ],
  });
  const { table, csv } = tables(report);
  return section("fan", "Day by day", `${words.tenor} yield`,
    figure(report, words, { id: "fan-days", body: [h("div", { class: "charts" }, group), readout], table, csv }));
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function fanChart(report: Report, item: Fan, row: readonly Fan[], labeled: boolean): HTMLDivElement {
  const { letter } = item.panel;
  const info = campInfo(report, letter);
  const at = report.days.length - 1;
  const last = report.days[at] ?? 0;
  const label = `${report.fan.tenor} change by day, camp ${info.name}, ${item.mode}: peak ${item.peak.label}; on day ${last} median ${signedBp(item.series.p50[at] ?? 0)}, 90% band ${range(item.series.p05[at] ?? 0, item.series.p95[at] ?? 0, 1)}`;
  const data = report.days.map((day, i) => ({
    day, p05: item.series.p05[i], p25: item.series.p25[i], p50: item.series.p50[i], p75: item.series.p75[i], p95: item.series.p95[i], other: item.other?.[i] ?? null,
  }));
  return chart(label, ({ width, tall }) => {
    const height = Math.round((width < 220 ? 150 : 196) * tall);
    const extent = extentWithZero(row.flatMap((fanItem) => [...fanItem.series.p05, ...fanItem.series.p95, ...(fanItem.other ?? [])]), 0.02);
    const [low, high] = roundOut(extent, height / 40);
    const color = campColor(letter);
    const inner = width - 46;
    const left = item.peak.day / Math.max(last, 1) < 0.3;
    const right = item.peak.day / Math.max(last, 1) > 0.72;
    return draw({ width, height, marginTop: 14, marginBottom: 28, marginLeft: 34, marginRight: 12 },
      { x: { domain: [0, last] }, y: { domain: [low, high] } },
      [
        ...yAxis(valueAxis(low, high, height / 40, ""), true), ...dayAxis(last, inner),
        Plot.areaY(data, { x: "day", y1: "p05", y2: "p95", fill: color, fillOpacity: 0.16, className: "band90" }),
        Plot.areaY(data, { x: "day", y1: "p25", y2: "p75", fill: color, fillOpacity: 0.28, className: "band50" }),
        ...saleEnd(report.sale_end_day, last, low, high * 0.97, labeled && width >= 220),
        item.other === null ? null : Plot.lineY(data, { x: "day", y: "other", stroke: "var(--ink-3)", strokeWidth: 1.25, strokeDasharray: "4 3", className: "other" }),
        Plot.lineY(data, { x: "day", y: "p50", stroke: color, strokeWidth: 2.25, className: "median", ...(info.stress ? { strokeDasharray: "5 3" } : {}) }),
        Plot.dot([item.peak], { x: "day", y: "value", r: 4, fill: color, stroke: "var(--paper)", strokeWidth: 1.5 }),
        Plot.text([item.peak], {
          x: "day", y: "value", dy: -13, dx: left ? -2 : right ? 4 : 0, textAnchor: left ? "start" : right ? "end" : "middle",
          text: () => clip(width < 220 ? item.peak.label.split(",")[0] ?? "" : item.peak.label, 24), fill: campText(letter), fontWeight: 650, ...HALO,
        }),
      ]);
  });
}

function tables(report: Report): { table: Table; csv: Table } {
  const { panels: list, title, sub, this_mode, other_mode } = report.fan;
  const caption = `${title}: ${sub}. ${capital(this_mode)}; selected days, every day in the CSV`;
  const keys = ["p05", "p25", "p50", "p75", "p95"] as const;
  const named = (key: string) => (key === "p50" ? "median" : key);
  const csv: Table = {
    caption,
    columns: [{ label: "camp" }, { label: "mode" }, { label: "day" }, { label: "date" }, ...keys.map((key) => ({ label: named(key) }))],
    rows: list.flatMap((panel) => [
      ...report.days.map((day, i) => [campTitle(report, panel.letter), this_mode, day, report.dates[i] ?? "", ...keys.map((key) => panel.series[key][i] ?? null)]),
      ...(panel.other_series
        ? report.days.map((day, i) => [campTitle(report, panel.letter), other_mode ?? "other", day, report.dates[i] ?? "", ...keys.map((key) => panel.other_series?.[key][i] ?? null)])
        : (panel.other_p50 ?? []).map((value, i) => [campTitle(report, panel.letter), other_mode ?? "other", report.days[i] ?? null, report.dates[i] ?? "", null, null, value, null, null])),
    ]),
  };
  const table: Table = {
    caption,
    columns: [{ label: "day" }, { label: "date" }, ...list.flatMap(({ letter }) => (["p05", "p50", "p95"] as const).map((key) => ({ label: `${letter} ${named(key)}`, digits: 1, signed: true })))],
    rows: tableDays(report.days, report.sale_end_day).map((i) => [String(report.days[i] ?? ""), report.dates[i] ?? "", ...list.flatMap(({ series }) => [series.p05[i] ?? null, series.p50[i] ?? null, series.p95[i] ?? null])]),
  };
  return { table, csv };
}
