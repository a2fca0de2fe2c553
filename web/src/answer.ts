// 1 The answer: five lines and one chart, the 10Y peak of each camp with both bands. No points, no average.

import * as Plot from "@observablehq/plot";
import { draw, valueAxis, xAxis } from "./base.js";
import { campColor, campInfo, campText, campTitle, splitStress } from "./camps.js";
import { chart } from "./chart.js";
import { h, type Child } from "./dom.js";
import { figure } from "./figure.js";
import { bp, bpDigits, fixed, range } from "./format.js";
import type { Report } from "./model.js";
import { extentWithZero } from "./scale.js";
import { section } from "./section.js";
import { bandCells, bandColumns } from "./tables.js";

type Line = Report["answer"]["lines"][number];

/** The text of a line with the marked pieces in their camps' colors. */
function marked(line: Line): Child[] {
  const parts: Child[] = [];
  let rest = line.text;
  for (const mark of line.marks ?? []) {
    const at = rest.indexOf(mark.text);
    if (at < 0 || mark.text === "") continue;
    parts.push(rest.slice(0, at), h("span", { class: `in-camp camp-${mark.letter}` }, mark.text));
    rest = rest.slice(at + mark.text.length);
  }
  return [...parts, rest];
}

export function answer(report: Report): HTMLElement {
  const { lines } = report.answer;
  const count = lines.length === 5 ? "in five lines" : "in short";
  return section("answer", "The answer", count, h("div", { class: "answer" },
    h("ol", { class: "answer-lines" }, ...lines.map((line) => h("li", {}, h("strong", {}, line.lead), " ", ...marked(line)))),
    rangeFigure(report)));
}

function rangeFigure(report: Report): HTMLElement {
  const words = report.answer.range;
  const camps = splitStress(report, words.camps).headline.map(({ letter, band }, i) => ({ letter, band, y: i }));
  const label = `${words.title}. ` + camps.map(({ letter, band }) =>
    `Camp ${campInfo(report, letter).name}: median ${bp(band.p50)}, 90% band ${range(band.p05, band.p95, bpDigits(band.p05))}`).join("; ");
  const box = chart(label, ({ width }) => {
    const [low, high] = extentWithZero(camps.flatMap(({ band }) => [band.p05, band.p95]), 0.08);
    const axis = valueAxis(low, high, width < 420 ? 6 : 8, "bp");
    const row = 49;
    return draw(
      { width, height: camps.length * row + 50, marginLeft: 30, marginRight: 26, marginTop: 22, marginBottom: 28 },
      { x: { domain: [low, high] }, y: { domain: [-0.5, camps.length - 0.5], axis: null, range: [22, 22 + camps.length * row] } },
      [
        ...xAxis(axis, true),
        ...camps.flatMap(({ letter, band, y }) => [
          Plot.ruleY([band], { y: () => y, x1: "p05", x2: "p95", stroke: campColor(letter), strokeWidth: 6, strokeOpacity: 0.3 }),
          Plot.ruleY([band], { y: () => y, x1: "p25", x2: "p75", stroke: campColor(letter), strokeWidth: 14, strokeOpacity: 0.55 }),
          Plot.link([band], { x1: "p50", x2: "p50", y1: () => y - 0.3, y2: () => y + 0.3, stroke: campColor(letter), strokeWidth: 3.5, className: `median median-${letter}` }),
          Plot.text([band], { x: "p50", y: () => y, dy: -24, text: () => (y === 0 ? bp(band.p50) : fixed(band.p50, bpDigits(band.p50))), fill: campText(letter), fontWeight: 650, fontSize: 14, ...halo }),
          Plot.text([letter], { x: () => low, y: () => y, dx: -14, text: (d: string) => d, fill: campText(letter), fontWeight: 700, fontSize: 14 }),
        ]),
      ],
    );
  });
  return figure(report, words, {
    id: "range", body: [h("div", { class: "charts" }, box)],
    table: {
      caption: `${words.title}: ${words.sub}`,
      columns: [{ label: "camp" }, ...bandColumns(1)],
      rows: words.camps.map(({ letter, band }) => [campTitle(report, letter), ...bandCells(band), band.mc_se]),
    },
  });
}

const halo = { stroke: "var(--paper)", strokeWidth: 4 } as const;
