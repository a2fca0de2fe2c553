// 9b Other markets: each response over its standard error, a bar on days of a sale's kind, a circle on growth days; then the tables.

import * as Plot from "@observablehq/plot";
import { draw, HALO, valueAxis, xAxis } from "./base.js";
import { chart } from "./chart.js";
import type { Table } from "./csv.js";
import { h } from "./dom.js";
import { figure } from "./figure.js";
import { signed } from "./format.js";
import type { Report } from "./model.js";
import { extentWithZero } from "./scale.js";
import { section } from "./section.js";
import { wordTable } from "./tables.js";

export function markets(report: Report): HTMLElement | null {
  const words = report.markets;
  if (words === null || words === undefined) return null;
  const { points, least_ratio: least } = words;
  const names = [...new Set(points.map(({ market }) => market))];
  const row = ({ market }: { market: string }) => names.indexOf(market);
  const label = `${words.title}. ` + points.map(({ market, regime, ratio }) => `${market}, ${regime}: ${signed(ratio, 1)}`).join("; ");
  const box = names.length === 0 ? [] : [chart(label, ({ width }) => {
    const [low, high] = extentWithZero([...points.map(({ ratio }) => ratio), -least, least], 0.08);
    const height = names.length * 26;
    const left = 122;
    return draw({ width, height: height + 44, marginTop: 16, marginBottom: 28, marginLeft: left, marginRight: 24 },
      { x: { domain: [low, high] }, y: { domain: [-0.5, names.length - 0.5], axis: null, range: [16, 16 + height] } },
      [
        ...xAxis(valueAxis(low, high, Math.min(7, (width - left) / 80), "", true), true),
        Plot.ruleX([-least, least], { stroke: "var(--ink-3)", strokeDasharray: "2 3" }),
        Plot.text([least], { x: (d: number) => d, y: () => -0.5, dy: -6, text: () => `${signed(least, 0)} s.e.`, fill: "var(--ink-2)", fontSize: 11, ...HALO }),
        Plot.dot(points.filter(({ read }) => !read), { x: "ratio", y: row, r: 4.5, stroke: "var(--ink-3)", strokeWidth: 1.5, fill: "var(--paper)" }),
        Plot.link(points.filter(({ read }) => read), { x1: "ratio", x2: "ratio", y1: (d) => row(d) - 0.32, y2: (d) => row(d) + 0.32, stroke: "var(--ink)", strokeWidth: 3.5, className: "market" }),
        Plot.text(names, { x: () => low, y: (_: string, i: number) => i, dx: -10, text: (d: string) => d, textAnchor: "end", fill: "var(--ink-2)", fontSize: 12 }),
      ]);
  })];
  const table: Table = {
    caption: `${words.title}: ${words.sub}`,
    columns: [{ label: "market" }, { label: "kind of day" }, { label: "response over its standard error", digits: 1, signed: true }, { label: "verdict" }],
    rows: points.map(({ market, regime, ratio, stable }) => [market, regime, ratio, stable ? "stable" : "no stable relation"]),
  };
  return section("markets", "Other markets", "a supply shock is not a growth shock",
    box.length === 0
      ? h("div", {}, h("h3", {}, words.title), h("p", { class: "sub" }, words.sub), h("p", { class: "note" }, words.note ?? ""))
      : figure(report, words, { id: "markets-ratio", body: [h("div", { class: "charts" }, ...box)], table }),
    ...words.tables.flatMap((one) => wordTable(one, "markets")));
}
