// 9 USDJPY: the converted share's effect per camp, median with both bands, in percent (positive = more yen per dollar).

import * as Plot from "@observablehq/plot";
import { draw, valueAxis, xAxis } from "./base.js";
import { campColor, campInfo, campText, campTitle, splitStress } from "./camps.js";
import { chart } from "./chart.js";
import type { Table } from "./csv.js";
import { h } from "./dom.js";
import { figure } from "./figure.js";
import { fixed, proseDateYear, range, signed } from "./format.js";
import type { Report } from "./model.js";
import { extentWithZero } from "./scale.js";
import { section } from "./section.js";
import { bandCells, bandColumns, wordTable } from "./tables.js";

export function usdjpy(report: Report): HTMLElement | null {
  const words = report.usdjpy;
  if (words === null || words.panels.length === 0) return null;
  const { headline, stress } = splitStress(report, words.panels);
  const rows = [...headline, ...stress];
  const label = `${words.title}. ` + rows.map(({ letter, band_pct }) => `Camp ${campInfo(report, letter).name}: ${signed(band_pct.p50, 1)}%, 90% band ${range(band_pct.p05, band_pct.p95, 1)}`).join("; ");
  const box = chart(label, ({ width }) => {
    const [low, high] = extentWithZero(headline.flatMap(({ band_pct }) => [band_pct.p05, band_pct.p95]), 0.08);
    const rowHeight = 46;
    return draw({ width, height: headline.length * rowHeight + 46, marginTop: 18, marginBottom: 28, marginLeft: 30, marginRight: 30 },
      { x: { domain: [low, high] }, y: { domain: [-0.5, headline.length - 0.5], axis: null, range: [18, 18 + headline.length * rowHeight] } },
      [
        ...xAxis(valueAxis(low, high, Math.min(7, width / 100), "%", true), true),
        ...headline.flatMap(({ letter, band_pct }, y) => [
          Plot.ruleY([band_pct], { y: () => y, x1: "p05", x2: "p95", stroke: campColor(letter), strokeWidth: 6, strokeOpacity: 0.3 }),
          Plot.ruleY([band_pct], { y: () => y, x1: "p25", x2: "p75", stroke: campColor(letter), strokeWidth: 14, strokeOpacity: 0.55 }),
          Plot.link([band_pct], { x1: "p50", x2: "p50", y1: () => y - 0.3, y2: () => y + 0.3, stroke: campColor(letter), strokeWidth: 3.5, className: `median median-${letter}` }),
          Plot.text([band_pct], { x: "p50", y: () => y, dy: -22, text: () => `${signed(band_pct.p50, Math.abs(band_pct.p50) < 1 ? 2 : 1)}%`, fill: campText(letter), fontWeight: 650, fontSize: 13, stroke: "var(--paper)", strokeWidth: 4 }),
          Plot.text([letter], { x: () => low, y: () => y, dx: -14, text: (d: string) => d, fill: campText(letter), fontWeight: 700, fontSize: 14 }),
        ]),
      ]);
  });
  const table: Table = {
    caption: `${words.title}: ${words.sub}`,
    columns: [{ label: "camp" }, ...bandColumns(2).map((column, i) => ({ ...column, signed: i < 5 }))],
    rows: words.panels.map(({ letter, band_pct }) => [campTitle(report, letter), ...bandCells(band_pct), band_pct.mc_se]),
  };
  return section("usdjpy", "The yen", `${fixed(words.level, 2)} yen per dollar on ${proseDateYear(words.level_date)}`,
    figure(report, words, { id: "usdjpy-change", body: [h("div", { class: "charts" }, box)], table }), ...wordTable(words.interventions, "interventions"));
}
