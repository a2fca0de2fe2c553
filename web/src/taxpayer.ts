// 8 The taxpayer: extra interest by period, a bar for the median and a line for the 90% band. The medians stand in a
// row under the axis: above the whisker they would read as its end.

import * as Plot from "@observablehq/plot";
import { draw, valueAxis, yAxis } from "./base.js";
import { campColor, campInfo, campText, campTitle, panels } from "./camps.js";
import { chart } from "./chart.js";
import type { Table } from "./csv.js";
import { h } from "./dom.js";
import { figure } from "./figure.js";
import { fiscal } from "./fiscal.js";
import { fixed, range, sharedWord, smallDigits, usdBn, wrapped } from "./format.js";
import type { Band, CampLetter, Report } from "./model.js";
import { extentWithZero, roundOut } from "./scale.js";
import { section } from "./section.js";
import { bandCells, bandColumns } from "./tables.js";

type Panel = Report["taxpayer"]["panels"][number];

export function taxpayer(report: Report): HTMLElement | null {
  const words = report.taxpayer;
  if (words.panels.length === 0 || words.periods.length === 0) return null;
  const csv: Table = {
    caption: `${words.title}: ${words.sub}`, columns: [{ label: "camp" }, { label: "period" }, ...bandColumns(2)],
    rows: words.panels.flatMap(({ letter, bands, total }) => [
      ...words.periods.map((period, i) => [campTitle(report, letter), period, ...cells(bands[i])]),
      [campTitle(report, letter), "total", ...cells(total)]]),
  };
  const table: Table = {
    caption: csv.caption, columns: [{ label: "period" }, { label: "camp" }, ...bandColumns(1)],
    rows: words.panels.flatMap(({ letter, bands, total }) => [
      ...words.periods.map((period, i) => [period, letter, ...cells(bands[i])]), ["total", letter, ...cells(total)]]),
  };
  const digits = smallDigits(words.panels.flatMap(({ total }) => [total.p05, total.p95]));
  const build = (panel: Panel, row: readonly Panel[]) => h("div", {}, barChart(report, panel, row),
    h("p", { class: "group" }, "Total ", h("strong", {}, usdBn(panel.total.p50, digits)), ` (${range(panel.total.p05, panel.total.p95, digits)})`));
  return section("taxpayer", "The taxpayer", "US interest",
    figure(report, words, { id: "taxpayer-interest", body: [panels(report, words.panels, build)], table, csv }),
    fiscal(report));
}

function cells(band: Band | undefined): (number | null)[] {
  return band === undefined ? [null, null, null, null, null, null] : [...bandCells(band), band.mc_se];
}

function barChart(report: Report, panel: { letter: CampLetter; bands: Band[]; total: Band }, row: readonly Panel[]): HTMLDivElement {
  const { letter } = panel;
  const data = report.taxpayer.periods.flatMap((period, i) => {
    const band = panel.bands[i];
    return band === undefined ? [] : [{ period, ...band }];
  });
  const label = `Extra interest, camp ${campInfo(report, letter).name}: ` + data.map((bar) => `${bar.period} ${usdBn(bar.p50)}`).join(", ") + `; total ${usdBn(panel.total.p50)}`;
  return chart(label, ({ width, tall }) => {
    const height = Math.round(212 * tall);
    const [low, high] = roundOut(extentWithZero(row.flatMap(({ bands }) => bands.flatMap((band) => [band.p05, band.p95, band.p50])), 0.03), (height - 66) / 38);
    const slot = (width - 46) / Math.max(1, data.length);
    // where the word all periods begin with does not fit under a bar, it stands once, left of the row
    const word = sharedWord(report.taxpayer.periods);
    const dropped = word !== null && word.length * 6.6 > slot ? word : null;
    return draw({ width, height, marginTop: 12, marginBottom: 58, marginLeft: dropped === null ? 34 : 44, marginRight: 12 },
      { x: { type: "band", domain: data.map((bar) => bar.period), padding: 0.26 }, y: { domain: [low, high] } },
      [
        ...yAxis(valueAxis(low, high, (height - 66) / 38, ""), false),
        Plot.barY(data, { x: "period", y: "p50", fill: campColor(letter), fillOpacity: 0.78, className: "bars" }),
        Plot.ruleX(data, { x: "period", y1: "p05", y2: "p95", stroke: "var(--ink)", strokeWidth: 1.25, className: "whiskers" }),
        Plot.ruleY([0], { stroke: "var(--ink-3)" }),
        Plot.axisX({ tickFormat: (text: string) => wrapped(dropped === null ? text : text.slice(dropped.length + 1), slot / 6.6, 2), tickSize: 0, tickPadding: 8, label: null, fill: "var(--ink-2)", lineWidth: Infinity, fontSize: slot < 52 ? 11 : 12 }),
        dropped === null ? null : Plot.text([dropped], { frameAnchor: "bottom-left", dx: -4, dy: 15, textAnchor: "end", text: (d: string) => d, fill: "var(--ink-2)", fontSize: 11 }),
        Plot.text(data, {
          x: "period", frameAnchor: "bottom", dy: 46, text: (bar: Band) => fixed(bar.p50, high >= 1 ? 1 : 2), fill: campText(letter), fontWeight: 700, fontSize: 12,
        }),
      ]);
  });
}
