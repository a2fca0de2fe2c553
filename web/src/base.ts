// What all charts share: fonts, axes without lines, grid, zero rule, unit on the outermost tick, day and tenor axes.
// Each drawn svg carries its scales as data attributes; the browser test reads marks back through them.

import * as Plot from "@observablehq/plot";
import { fixed, NNBSP, signed, tickDigits } from "./format.js";
import { dayTicks, niceTicks, thin } from "./scale.js";

export type Marks = Plot.Markish[];
export interface Frame {
  width: number; height: number;
  marginTop?: number; marginRight?: number; marginBottom?: number; marginLeft?: number;
}

/** `Plot.plot` with the page's defaults; the result is always a bare svg. */
export function draw(frame: Frame, scales: Pick<Plot.PlotOptions, "x" | "y" | "color">, marks: Marks): SVGSVGElement {
  const svg = Plot.plot({
    ...frame, ...scales, marks,
    className: "bp",
    style: { fontFamily: "inherit", fontSize: "12px", background: "none", overflow: "visible" },
  });
  if (!(svg instanceof SVGSVGElement)) throw new Error("a chart asked for a legend; charts on this page are bare svg");
  for (const name of ["x", "y"] as const) {
    const scale = svg.scale(name);
    if (scale?.domain === undefined || scale.range === undefined) continue;
    svg.setAttribute(`data-${name}-type`, scale.type ?? "linear");
    svg.setAttribute(`data-${name}-domain`, [...scale.domain].map(Number).join(" "));
    svg.setAttribute(`data-${name}-range`, [...scale.range].map(Number).join(" "));
  }
  return svg;
}

export interface ValueAxis { ticks: number[]; format: (value: number) => string }

/** Ticks and their text: decimals only where needed, the unit on the outermost tick. */
export function valueAxis(low: number, high: number, count: number, unit: "" | "bp" | "%" | "$bn", sign = false): ValueAxis {
  const few = niceTicks(low, high, count);
  // one tick alone gives no scale
  const ticks = few.length < 2 ? niceTicks(low, high, Math.max(3, count * 2)) : few;
  const digits = tickDigits(ticks);
  const outermost = Math.abs(ticks[0] ?? 0) > Math.abs(ticks[ticks.length - 1] ?? 0) ? ticks[0] : ticks[ticks.length - 1];
  const format = (value: number) => {
    const text = sign ? signed(value, digits) : fixed(value, digits);
    if (value !== outermost || unit === "") return text;
    if (unit === "bp") return `${text}${NNBSP}bp`;
    if (unit === "%") return `${text}%`;
    return text.startsWith("\u2212") ? `\u2212$${text.slice(1)}bn` : `$${text}bn`;
  };
  return { ticks, format };
}

/** Horizontal grid, tick labels on the left, and the zero rule when zero is in the domain. */
export function yAxis(axis: ValueAxis, zero: boolean): Marks {
  return [
    Plot.gridY(axis.ticks, { stroke: "var(--grid)", strokeOpacity: 1 }),
    Plot.axisY(axis.ticks, { tickSize: 0, tickPadding: 6, tickFormat: axis.format, fill: "var(--ink-2)", label: null }),
    zero ? Plot.ruleY([0], { stroke: "var(--ink-3)" }) : null,
  ];
}

/** Vertical grid, tick labels below, zero rule. */
export function xAxis(axis: ValueAxis, zero: boolean): Marks {
  return [
    Plot.gridX(axis.ticks, { stroke: "var(--grid)", strokeOpacity: 1 }),
    Plot.axisX(axis.ticks, { tickSize: 0, tickPadding: 8, tickFormat: axis.format, fill: "var(--ink-2)", label: null }),
    zero ? Plot.ruleX([0], { stroke: "var(--ink-3)" }) : null,
  ];
}

/** Day axis: "day 1", then trading months. */
export function dayAxis(last: number, inner: number): Marks {
  const ticks = dayTicks(last, inner, inner < 170 ? 52 : inner > 400 ? 140 : 34);
  const shown = ticks.filter((day) => day === 1 || (day / Math.max(last, 1)) * inner >= 40);
  return [Plot.axisX(shown, {
    tickSize: 4, tickPadding: 3, label: null, fill: "var(--ink-2)", stroke: "var(--ink-3)",
    tickFormat: (day: number) => (day === 1 ? "day 1" : String(day)),
  })];
}

const TENOR_RANK = ["10Y", "30Y", "2Y", "5Y", "20Y", "6M", "1M", "1Y", "7Y", "3Y", "3M"];

/** Tenor axis on a square-root scale of years, thinned by importance to what the width carries. */
export function tenorAxis(tenors: readonly { label: string; years: number }[], inner: number, gap = 30): Marks {
  const longest = Math.sqrt(Math.max(...tenors.map((tenor) => tenor.years)));
  const rank = (label: string) => { const at = TENOR_RANK.indexOf(label); return at < 0 ? 99 : at; };
  const candidates = tenors.filter((tenor) => rank(tenor.label) < 99 && (inner >= 400 || (tenor.label !== "1M" && tenor.label !== "3M")))
    .sort((a, b) => rank(a.label) - rank(b.label));
  const kept = thin(candidates, (tenor) => (Math.sqrt(tenor.years) / longest) * inner, gap);
  const labels = new Map(kept.map((tenor) => [tenor.years, tenor.label]));
  return [Plot.axisX(kept.map((tenor) => tenor.years), {
    tickSize: 4, tickPadding: 3, label: null, fill: "var(--ink-2)", stroke: "var(--ink-3)",
    tickFormat: (years: number) => labels.get(years) ?? "",
  })];
}

/** Halo that keeps a label readable on top of bands. */
export const HALO = { stroke: "var(--paper)", strokeWidth: 4, strokeLinejoin: "round" } as const;

/** Dotted rule where the sale ends; with a label where there is room. */
export function saleEnd(day: number | null, last: number, y1: number, y2: number, labeled: boolean): Marks {
  if (day === null) return [];
  const late = day > last * 0.7;
  return [
    Plot.ruleX([day], { y1, y2, stroke: "var(--ink-2)", strokeDasharray: "2 3" }),
    labeled ? Plot.text([{ x: day, y: y2 }], { x: "x", y: "y", text: () => "sale ends", dy: 5, ...(late ? { dx: -5, textAnchor: "end" } : { dx: 5, textAnchor: "start" }), fill: "var(--ink-2)", fontSize: 11, ...HALO }) : null,
  ];
}
