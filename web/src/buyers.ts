// 6 Who buys: what was sold so far (ink line) and who holds it, cumulated here because stacking that splits at zero
// draws spikes where a series changes sign. Slowest money at the bottom, specialists on top; in market value and in
// ten-year equivalents. Who is below zero has sold too and stands below the axis. Labels with values stand on the right, pushed apart.

import * as Plot from "@observablehq/plot";
import { dayAxis, draw, HALO, valueAxis, yAxis } from "./base.js";
import { campInfo } from "./camps.js";
import { chart } from "./chart.js";
import type { Table } from "./csv.js";
import { dayCursor } from "./cursor.js";
import { h } from "./dom.js";
import { figure } from "./figure.js";
import { fixed, proseDateYear, usdBn } from "./format.js";
import type { Report } from "./model.js";
import { flows } from "./sankey.js";
import { cumulateSigned, extentWithZero, labelRoom, pushApart, type Layer, type SignedLayer } from "./scale.js";
import { section } from "./section.js";
import { sectorColors, short } from "./sectors.js";
import { bandCells, bandColumns } from "./tables.js";

/** ISO date of a day of this figure, which holds fewer days than the report. */
function dateOf(report: Report, day: number | undefined): string {
  return day === undefined ? "" : report.dates[report.days.indexOf(day)] ?? "";
}

type Measure = "face" | "ten_year_equivalents";

export function buyers(report: Report): HTMLElement | null {
  const words = report.buyers;
  if (words.sectors.length === 0) return null;
  const face = stack(report, "face", 300);
  const equivalents = stack(report, "ten_year_equivalents", 220);
  const caption = (strong: string, rest: string) => h("p", { class: "group" }, h("strong", {}, strong), rest);
  const group = h("div", { "aria-label": `${words.title}. Arrow keys read a day, Enter pins it, Escape clears it.` },
    caption("Market value", ", $bn"), face, caption("Ten-year equivalents", ", $bn"), equivalents);
  const readout = dayCursor(group, {
    days: words.days,
    panels: [
      { box: face, color: "var(--ink)", value: (i) => words.sold_face[i] ?? null },
      { box: equivalents, color: "var(--ink)", value: (i) => words.sold_ten_year_equivalents[i] ?? null },
    ],
    hint: "Point at a day, or use the arrow keys, to read it; Enter pins it, Esc clears it.",
    read: (i) => [
      h("b", {}, `Day ${words.days[i] ?? ""}`), ` ${proseDateYear(dateOf(report, words.days[i]))}, $bn of market value: sold ${fixed(words.sold_face[i], 1)}`,
      ...[...words.sectors.entries()].reverse().map(([s, sector]) => h("span", { class: "value" }, `${sector.name} ${fixed(words.face[s]?.[i], 1)}`)),
    ],
  });
  const csv: Table = {
    caption: words.title,
    columns: [{ label: "sector" }, { label: "day" }, { label: "date" }, { label: "market value, $bn" }, { label: "ten-year equivalents, $bn" }],
    rows: [
      ...words.days.map((day, i) => ["sold so far", day, dateOf(report, words.days[i]), words.sold_face[i] ?? null, words.sold_ten_year_equivalents[i] ?? null]),
      ...words.sectors.flatMap((sector, s) => words.days.map((day, i) => [
        sector.name, day, dateOf(report, words.days[i]), words.face[s]?.[i] ?? null, words.ten_year_equivalents[s]?.[i] ?? null])),
    ],
  };
  const table: Table = {
    caption: `${words.title}: ${words.sub}`,
    columns: [{ label: "sector" }, { label: "day", digits: 0 },
      ...bandColumns(1).map((column) => ({ ...column, label: `market value ${column.label}` })),
      ...bandColumns(1).map((column) => ({ ...column, label: `10Y eq. ${column.label}` }))],
    rows: words.table.map((row) => [row.sector, row.day, ...bandCells(row.face), row.face.mc_se, ...bandCells(row.ten_year_equivalents), row.ten_year_equivalents.mc_se]),
  };
  return section("buyers", "Who buys", `camp ${words.camp}, ${campInfo(report, words.camp).name}`,
    figure(report, words, {
      id: "buyers-days", body: [h("div", { class: "charts stacked" }, group), readout, words.sum_note !== "" && h("p", { class: "note" }, words.sum_note)], table, csv,
    }),
    flows(report));
}

function stack(report: Report, measure: Measure, tallness: number): HTMLDivElement {
  const words = report.buyers;
  const values = words[measure];
  const sold = measure === "face" ? words.sold_face : words.sold_ten_year_equivalents;
  const layers = cumulateSigned(values);
  const nothing = sold.every((value) => value === 0);
  const at = words.days.length - 1;
  const small = values.every((row) => Math.abs(row[at] ?? 0) < 10);
  const lastDay = words.days[at] ?? 0;
  const colors = sectorColors(words.sectors);
  const unit = measure === "face" ? "of market value" : "of ten-year equivalents";
  const label = `Holders of what was sold, $bn ${unit}, day ${lastDay}: ` +
    words.sectors.map((sector, s) => `${sector.name} ${fixed(values[s]?.[at], 1)}`).join(", ") + `; sold ${usdBn(sold[at] ?? 0)}`;
  return chart(label, ({ width, tall }) => {
    const [low, high] = extentWithZero([...sold, ...layers.flatMap(({ up, down }) => [...up.y2, ...(down?.y2 ?? [])])], 0.05);
    const wide = width >= 560;
    const height = Math.round((wide ? tallness : Math.max(210, tallness * 0.8)) * tall);
    const ends = layers.map((layer, s) => ({
      middle: middle(layer, at), kind: words.sectors[s]?.kind,
      text: `${short(words.sectors[s]?.name ?? "", wide)}\u2002${fixed(values[s]?.[at], wide || small ? 1 : 0)}`,
    }));
    const marginRight = labelRoom(ends.map((end) => end.text), wide ? 12 : 11, wide ? 190 : 118);
    const frame = { width, height, marginTop: 12, marginBottom: 28, marginLeft: 50, marginRight };
    const inner = height - frame.marginTop - frame.marginBottom;
    const gap = (wide ? 14.5 : 13) * ((high - low) / inner);
    const pushed = pushApart(ends.map((end) => end.middle), gap, low, high);
    const end = report.sale_end_day ?? lastDay;
    const tag = words.days.reduce((best, day, i) => (Math.abs(day - end * 0.66) < Math.abs((words.days[best] ?? 0) - end * 0.66) ? i : best), 0);
    // left of a steep line there is no room before the axis: the label stands above the flat part
    const steep = ((words.days[tag] ?? 0) / Math.max(lastDay, 1)) * (width - frame.marginLeft - frame.marginRight) < 84;
    const labelAt = steep ? words.days.findIndex((day) => day >= end) : tag;
    return draw(frame, { x: { domain: [0, lastDay] }, y: { domain: [low, high] } }, [
      ...yAxis(valueAxis(low, high, height / 62, "$bn"), true),
      ...layers.flatMap(({ up, down }, s) => [area(words.days, up, colors[s], "layer"), ...(down === null ? [] : [area(words.days, down, colors[s], "below")])]),
      Plot.lineY(words.days, { x: (day: number) => day, y: sold, stroke: "var(--ink)", strokeWidth: 2, className: "sold" }),
      Plot.ruleY([0], { stroke: "var(--ink-3)" }),
      ...dayAxis(lastDay, width - frame.marginLeft - frame.marginRight),
      wide && measure === "face" && !nothing ? Plot.text([labelAt], {
        x: (i: number) => words.days[i] ?? 0, y: (i: number) => sold[i] ?? 0, text: () => "sold so far", ...(steep ? { dx: 6, dy: -9, textAnchor: "start" } : { dx: -8, dy: -4, textAnchor: "end" }), fontWeight: 650, fill: "var(--ink)", ...HALO,
      }) : null,
      ...ends.map((entry, i) => Plot.text([entry], {
        x: () => lastDay, y: () => pushed[i] ?? entry.middle, dx: 8, textAnchor: "start", text: (d: typeof entry) => d.text,
        fill: "var(--ink)", fontWeight: entry.kind === "specialists" ? 650 : 400, fontSize: wide ? 12 : 11,
      })),
    ]);
  });
}

function area(days: readonly number[], { y1, y2 }: Layer, color: string | undefined, name: string): Plot.Markish {
  return Plot.areaY(days, { x: (day: number) => day, y1, y2, fill: color ?? "var(--ink-3)", stroke: "var(--paper)", strokeWidth: 0.7, className: name });
}

/** Where the label of a layer stands on day index `at`: the middle of the part that is not empty there. */
function middle({ up, down }: SignedLayer, at: number): number {
  const below = down !== null && down.y1[at] !== down.y2[at];
  const { y1, y2 } = below ? down : up;
  return ((y1[at] ?? 0) + (y2[at] ?? 0)) / 2;
}
