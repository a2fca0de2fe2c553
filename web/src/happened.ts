// 10 What really happened, published after the as-of date: the quotes with who, when and how good the source is; the
// observed first day by tenor; the engine's first day for a few beliefs beside the observed move and an ordinary
// day's noise. Observed is always ink with dots, the engine always the camp's color.

import * as Plot from "@observablehq/plot";
import { draw, HALO, tenorAxis, valueAxis, xAxis, yAxis } from "./base.js";
import { campColor, campInfo, campTitle, panels } from "./camps.js";
import { chart } from "./chart.js";
import type { Table } from "./csv.js";
import { h } from "./dom.js";
import { figure } from "./figure.js";
import { fixed, proseDate, proseDateYear, signed } from "./format.js";
import type { Band, CampLetter, Figure, Report } from "./model.js";
import { extentWithZero } from "./scale.js";
import { section } from "./section.js";
import { bandCells, bandColumns } from "./tables.js";
import { timeline } from "./timeline.js";

type Happened = NonNullable<Report["happened"]>;

export function happened(report: Report): HTMLElement | null {
  const words = report.happened;
  if (words === null) return null;
  return section("happened", "What really happened", `published after ${proseDate(report.head.as_of)}`,
    opening(words), words.observed.length > 0 && observed(report, words), beliefs(report, words), timeline(report, words));
}

function opening(words: Happened): HTMLElement | null {
  if (words.quotes.length === 0 && words.statement.length === 0) return null;
  return h("div", {},
    ...words.quotes.map((quote, i) => h("blockquote", { class: i === 0 ? "quote" : "quote small" },
      h("p", {}, `\u201c${quote.text.replace(/^[\u201c"]|[\u201d"]$/g, "")}\u201d`),
      h("footer", {}, [quote.who, proseDateYear(quote.date), quote.quality].filter((part) => part !== "").join(" \u00b7 ")))),
    words.statement.length > 0 && h("div", { class: "statement" }, ...words.statement.map((sentence) => h("p", {}, sentence))));
}

function observed(report: Report, words: Happened): HTMLElement {
  const day = words.event_day === null ? "the first day" : proseDate(words.event_day);
  const named = ["2Y", "10Y"].flatMap((tenor) => words.observed.filter((point) => point.tenor === tenor));
  const label = `${words.title}. Observed on ${day}: ` + words.observed.map((point) => `${point.tenor} ${signed(point.bp, 0)}`).join(", ") + " bp";
  const last = words.observed[words.observed.length - 1];
  const box = chart(label, ({ width, tall }) => {
    const [low, high] = extentWithZero(words.observed.map((point) => point.bp), 0.16);
    const wide = width >= 560;
    const height = Math.round((wide ? 250 : 220) * tall);
    const margins = { marginTop: 14, marginBottom: 30, marginLeft: 48, marginRight: wide ? 120 : 20 };
    return draw({ width, height, ...margins },
      { x: { type: "sqrt", domain: [0, Math.max(...words.observed.map((point) => point.years))], insetLeft: 6 }, y: { domain: [low, high] } },
      [
        ...yAxis(valueAxis(low, high, height / 55, "bp", true), true),
        ...tenorAxis(words.observed.map((point) => ({ label: point.tenor, years: point.years })), width - margins.marginLeft - margins.marginRight),
        Plot.lineY(words.observed, { x: "years", y: "bp", stroke: "var(--ink)", strokeWidth: 1.25, className: "observed" }),
        Plot.dot(words.observed, { x: "years", y: "bp", r: 3.6, fill: "var(--ink)", stroke: "var(--paper)", strokeWidth: 1 }),
        Plot.text(named, { x: "years", y: "bp", dy: -13, text: (point: { tenor: string; bp: number }) => `${point.tenor} ${signed(point.bp, 0)}`, fontWeight: 650, fill: "var(--ink)", ...HALO }),
        wide && last !== undefined ? Plot.text([last], { x: "years", y: "bp", dx: 10, textAnchor: "start", text: () => `${day}, observed`, fontWeight: 650, fontSize: 13, fill: "var(--ink)" }) : null,
      ]);
  });
  const table: Table = {
    caption: `${words.title}: ${words.sub}`, columns: [{ label: "tenor" }, { label: "years", digits: 3 }, { label: "observed change, bp", digits: 1, signed: true }],
    rows: words.observed.map((point) => [point.tenor, point.years, point.bp]),
  };
  return figure(report, words, { id: "happened-observed", body: [h("div", { class: "charts" }, box)], table });
}

interface BeliefPanel { letter: CampLetter; rows: { p: number; band: Band }[] }

function beliefs(report: Report, words: Happened): HTMLElement | null {
  if (words.beliefs.length === 0) return null;
  const letters = [...new Set(words.beliefs.flatMap((belief) => belief.cells.map((cell) => cell.letter)))];
  const list: BeliefPanel[] = letters.map((letter) => ({
    letter, rows: words.beliefs.flatMap(({ p, cells }) => cells.filter((cell) => cell.letter === letter).map(({ band }) => ({ p, band }))),
  }));
  const ten = words.observed.find((point) => point.tenor === "10Y")?.bp ?? null;
  const noise = 1.645 * words.ordinary_day_sd_bp;
  const title: Figure = words.beliefs_figure ?? {
    title: "The first day by belief, beside the observed move",
    sub: "Engine\u2019s 10Y on day 1 if the market gives the sale the probability p: median, 50% and 90% band, bp. " +
      `Ink: observed. Grey: observed \u00b1 1.645 standard deviations of an ordinary day (${fixed(words.ordinary_day_sd_bp, 1)} bp)`,
    source: words.source,
  };
  const table: Table = {
    caption: `${title.title}: ${title.sub}`, columns: [{ label: "belief" }, { label: "camp" }, ...bandColumns(1)],
    rows: list.flatMap(({ letter, rows }) => rows.map(({ p, band }) => [`p = ${p}`, campTitle(report, letter), ...bandCells(band), band.mc_se])),
  };
  const build = (panel: BeliefPanel, row: readonly BeliefPanel[]) => h("div", {}, beliefChart(report, panel, row, ten, noise),
    ...words.excluded.filter((item) => item.letter === panel.letter).map((item) => h("p", { class: "group" }, item.text)));
  return figure(report, title, { id: "happened-beliefs", body: [panels(report, list, build)], table });
}

function beliefChart(report: Report, panel: BeliefPanel, row: readonly BeliefPanel[], ten: number | null, noise: number): HTMLDivElement {
  const label = `First day of the 10Y, camp ${campInfo(report, panel.letter).name}: ` + panel.rows.map(({ p, band }) => `at p ${p} median ${fixed(band.p50, 1)} bp`).join(", ") +
    (ten === null ? "" : `; observed ${signed(ten, 0)} bp`);
  return chart(label, ({ width }) => {
    const values = row.flatMap(({ rows }) => rows.flatMap(({ band }) => [band.p05, band.p95]));
    const [low, high] = extentWithZero([...values, ...(ten === null ? [] : [ten - noise, ten + noise])], 0.04);
    const color = campColor(panel.letter);
    const rowHeight = 30;
    const marginTop = 20;
    const height = panel.rows.length * rowHeight + marginTop + 26;
    return draw({ width, height, marginTop, marginBottom: 26, marginLeft: 48, marginRight: 16 },
      { x: { domain: [low, high] }, y: { domain: [-0.5, panel.rows.length - 0.5], axis: null, range: [marginTop, marginTop + panel.rows.length * rowHeight] } },
      [
        ten === null ? null : Plot.rect([ten], { x1: ten - noise, x2: ten + noise, y1: -0.5, y2: panel.rows.length - 0.5, fill: "var(--ink-3)", fillOpacity: 0.12 }),
        ...xAxis(valueAxis(low, high, width / 62, "bp"), true),
        ...panel.rows.flatMap(({ p, band }, y) => [
          Plot.ruleY([band], { y: () => y, x1: "p05", x2: "p95", stroke: color, strokeWidth: 5, strokeOpacity: 0.3 }),
          Plot.ruleY([band], { y: () => y, x1: "p25", x2: "p75", stroke: color, strokeWidth: 11, strokeOpacity: 0.55 }),
          Plot.link([band], { x1: "p50", x2: "p50", y1: () => y - 0.3, y2: () => y + 0.3, stroke: color, strokeWidth: 3, className: "median" }),
          Plot.text([p], { x: () => low, y: () => y, dx: -8, textAnchor: "end", text: () => `p = ${p}`, fill: "var(--ink-2)" }),
        ]),
        ten === null ? null : Plot.ruleX([ten], { stroke: "var(--ink)", strokeWidth: 1.5, className: "observed" }),
        ten === null ? null : Plot.text([ten], { x: () => ten, y: () => -0.5, dy: -9, text: () => `observed ${signed(ten, 0)}`, fill: "var(--ink)", fontWeight: 650, fontSize: 11, ...HALO }),
      ]);
  });
}
