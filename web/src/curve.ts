// 3 The curve: par yields before (ink, dots) and after (one line per camp), then the change per camp with its bands.
// The tenor axis is a square root of years: a log axis gives bills 40% of the width, a linear one none.

import * as Plot from "@observablehq/plot";
import { draw, HALO, tenorAxis, valueAxis, yAxis } from "./base.js";
import { campColor, campInfo, campText, campTitle, panels, splitStress } from "./camps.js";
import { chart } from "./chart.js";
import type { Table } from "./csv.js";
import { h } from "./dom.js";
import { figure } from "./figure.js";
import { proseDate, signedBp } from "./format.js";
import type { Band, CampLetter, Report } from "./model.js";
import { extentWithZero, pushApart, roundOut } from "./scale.js";
import { section } from "./section.js";
import { bandCells, bandColumns } from "./tables.js";

interface Point { years: number; value: number }

function points(report: Report, values: readonly (number | null)[]): Point[] {
  return report.curve.tenors.flatMap(({ years }, i) => {
    const value = values[i];
    return value === null || value === undefined ? [] : [{ years, value }];
  });
}

export function curve(report: Report): HTMLElement {
  // a run without an "after" curve on that day has only the change to show; it then carries the section's finding
  if (report.curve.after_pct.length === 0) return section("curve", "The curve", "change by tenor", change(report, report.curve.title));
  return section("curve", "The curve", "before and after", beforeAfter(report), change(report, report.curve.change.title));
}

function beforeAfter(report: Report): HTMLElement {
  const words = report.curve;
  const before = points(report, words.before_pct);
  const after = splitStress(report, words.after_pct).headline.map(({ letter, p50 }) => ({ letter, line: points(report, p50) }));
  const lastBefore = before[before.length - 1];
  const label = `${words.title}. ` + after.map(({ letter, line }) => {
    const end = line[line.length - 1];
    const rise = end === undefined || lastBefore === undefined ? "unknown" : signedBp((end.value - lastBefore.value) * 100);
    return `Camp ${campInfo(report, letter).name}: ${rise} at the long end`;
  }).join("; ");
  const box = chart(label, ({ width, tall }) => {
    const values = [...before, ...after.flatMap(({ line }) => line)].map((point) => point.value);
    const low = Math.floor(Math.min(...values) * 5) / 5;
    const high = Math.ceil(Math.max(...values) * 5) / 5;
    const wide = width >= 560;
    const height = Math.round((wide ? 320 : 250) * tall);
    const margins = { marginTop: 16, marginBottom: 30, marginLeft: 42, marginRight: wide ? 150 : 36 };
    const axis = valueAxis(low, high, height / 30, "%");
    const ends = [
      { letter: null, y: lastBefore?.value ?? low, text: `before, ${proseDate(report.head.as_of)}` },
      ...after.map(({ letter, line }) => {
        const y = line[line.length - 1]?.value ?? low;
        return { letter, y, text: `${letter}\u2002${signedBp((y - (lastBefore?.value ?? y)) * 100)}` };
      }),
    ];
    const perPixel = (high - low) / (height - margins.marginTop - margins.marginBottom);
    const pushed = pushApart(ends.map((end) => end.y), 15 * perPixel, low, high);
    // on narrow pages the letters stand at the line ends and "before" below the lowest of them
    const under = Math.min(lastBefore?.value ?? low, ...pushed.slice(1)) - 17 * perPixel;
    const x = Math.max(...report.curve.tenors.map((tenor) => tenor.years));
    return draw({ width, height, ...margins },
      { x: { type: "sqrt", domain: [0, x], insetLeft: 6 }, y: { domain: [low, high] } },
      [
        ...yAxis(axis, false), ...tenorAxis(words.tenors, width - margins.marginLeft - margins.marginRight),
        ...after.map(({ letter, line }) => Plot.lineY(line, { x: "years", y: "value", curve: "monotone-x", stroke: campColor(letter), strokeWidth: 2, className: `median median-${letter}` })),
        Plot.lineY(before, { x: "years", y: "value", curve: "monotone-x", stroke: "var(--ink)", strokeWidth: 2, className: "before" }),
        Plot.dot(before, { x: "years", y: "value", r: 2.6, fill: "var(--ink)", stroke: "var(--paper)", strokeWidth: 1 }),
        ...ends.map((end, i) => (wide || end.letter !== null) && Plot.text([end], {
          x: () => x, y: () => pushed[i] ?? end.y, dx: 9, textAnchor: "start", fontWeight: 650, fontSize: 13,
          text: () => (wide ? end.text : end.letter ?? ""), fill: end.letter === null ? "var(--ink)" : campText(end.letter), ...HALO,
        })),
        !wide && lastBefore !== undefined && Plot.text([lastBefore], { x: "years", y: () => under, dx: 32, textAnchor: "end", fontWeight: 650, text: () => ends[0]?.text ?? "", fill: "var(--ink)", ...HALO }),
      ].filter((mark) => mark !== false));
  });
  const table: Table = {
    caption: `${words.title}: ${words.sub}`,
    columns: [{ label: "tenor" }, { label: "before, %", digits: 3 }, ...words.after_pct.map(({ letter }) => ({ label: `after, ${letter}, %`, digits: 3 }))],
    rows: words.tenors.map(({ label: tenor }, i) => [tenor, words.before_pct[i] ?? null, ...words.after_pct.map(({ p50 }) => p50[i] ?? null)]),
  };
  return figure(report, words, { id: "curve-levels", body: [h("div", { class: "charts" }, box)], table });
}

function change(report: Report, title: string): HTMLElement {
  const words = { ...report.curve.change, title };
  const tenors = report.curve.tenors;
  const rows = (bands: readonly Band[]) => tenors.flatMap(({ label, years }, i) => {
    const band = bands[i];
    return band === undefined ? [] : [{ label, years, ...band }];
  });
  const build = (item: { letter: CampLetter; bands: Band[] }, row: readonly { bands: Band[] }[]) => {
    const data = rows(item.bands);
    const ten = data.find((entry) => entry.label === "10Y");
    const sentence = `Change by tenor, camp ${campInfo(report, item.letter).name}` + (ten === undefined ? "" : `: 10Y ${signedBp(ten.p50)}`);
    const dashed = campInfo(report, item.letter).stress;
    return chart(sentence, ({ width, tall }) => {
      const height = Math.round(190 * tall);
      const [low, high] = roundOut(extentWithZero(row.flatMap(({ bands }) => bands.flatMap((band) => [band.p05, band.p95])), 0.02), height / 40);
      const color = campColor(item.letter);
      return draw({ width, height, marginTop: 14, marginBottom: 28, marginLeft: 34, marginRight: 14 },
        { x: { type: "sqrt", domain: [0, Math.max(...tenors.map((tenor) => tenor.years))], insetLeft: 4 }, y: { domain: [low, high] } },
        [
          ...yAxis(valueAxis(low, high, height / 40, ""), true), ...tenorAxis(tenors, width - 48, 27),
          Plot.areaY(data, { x: "years", y1: "p05", y2: "p95", curve: "monotone-x", fill: color, fillOpacity: 0.16 }),
          Plot.areaY(data, { x: "years", y1: "p25", y2: "p75", curve: "monotone-x", fill: color, fillOpacity: 0.26 }),
          Plot.lineY(data, { x: "years", y: "p50", curve: "monotone-x", stroke: color, strokeWidth: 2.25, className: "median", ...(dashed ? { strokeDasharray: "5 3" } : {}) }),
          ...(ten === undefined ? [] : [
            Plot.dot([ten], { x: "years", y: "p50", r: 4, fill: color, stroke: "var(--paper)", strokeWidth: 1.5 }),
            Plot.text([ten], { x: "years", y: "p50", dy: -13, text: () => `10Y ${signedBp(ten.p50)}`, fill: campText(item.letter), fontWeight: 650, ...HALO }),
          ]),
        ]);
    });
  };
  const table: Table = {
    caption: `${words.title}: ${words.sub}`,
    columns: [{ label: "tenor" }, ...words.camps.flatMap(({ letter }) => [
      { label: `${letter} p05`, digits: 1, signed: true }, { label: `${letter} median`, digits: 1, signed: true }, { label: `${letter} p95`, digits: 1, signed: true }])],
    rows: tenors.map(({ label }, i) => [label, ...words.camps.flatMap(({ bands }) => [bands[i]?.p05 ?? null, bands[i]?.p50 ?? null, bands[i]?.p95 ?? null])]),
  };
  const csv: Table = {
    caption: table.caption, columns: [{ label: "camp" }, { label: "tenor" }, { label: "years" }, ...bandColumns(2)],
    rows: words.camps.flatMap(({ letter, bands }) => tenors.flatMap(({ label, years }, i) => {
      const band = bands[i];
      return band === undefined ? [] : [[campTitle(report, letter), label, years, ...bandCells(band), band.mc_se]];
    })),
  };
  return figure(report, words, { id: "curve-change", body: [panels(report, words.camps, build)], table, csv });
}
