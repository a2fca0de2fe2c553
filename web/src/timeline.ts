// 10 continued: the observed 10Y around the day, numbered circles on stems for the events (stacked where they would
// touch), and the events in a numbered list with date, id and quality.

import * as Plot from "@observablehq/plot";
import { draw, valueAxis, yAxis } from "./base.js";
import { chart } from "./chart.js";
import type { Table } from "./csv.js";
import { h } from "./dom.js";
import { figure } from "./figure.js";
import { fixed, isoTime, proseDate, proseDateYear } from "./format.js";
import type { Figure, Report } from "./model.js";
import { stackLevels } from "./scale.js";

type Happened = NonNullable<Report["happened"]>;
const DAY_MS = 86_400_000;

export function timeline(report: Report, words: Happened): HTMLElement | null {
  const path = words.path.flatMap(({ date, ten_year_pct }) => {
    const time = isoTime(date);
    return time === null ? [] : [{ time, date, value: ten_year_pct }];
  });
  if (path.length < 2 && words.events.length === 0) return null;
  const first = path[0];
  const last = path[path.length - 1];
  const title: Figure = words.timeline_figure ?? {
    title: "10Y and events after the as-of date",
    sub: first === undefined || last === undefined ? "Events" : `10Y par yield, %, ${proseDateYear(first.date)} to ${proseDateYear(last.date)}, observed`,
    source: words.source,
  };
  const list = h("ol", { class: "events" }, ...words.events.map((event) => h("li", {},
    h("span", { class: "number", "aria-hidden": "true" }, String(event.number)),
    h("strong", {}, proseDate(event.date)), ` ${event.text} `,
    h("span", { class: "origin" }, [event.id, event.quality].filter((part) => part !== "").join(" \u00b7 ")))));
  const table: Table = {
    caption: title.title, columns: [{ label: "date" }, { label: "10Y, %", digits: 3 }],
    rows: path.map(({ date, value }) => [date, value]),
  };
  const drawn = first !== undefined && last !== undefined && path.length >= 2;
  const box = drawn ? chart(`10Y par yield from ${first.date} to ${last.date}, from ${fixed(first.value, 2)}% to ${fixed(last.value, 2)}%, with ${words.events.length} numbered events`,
    ({ width, tall }) => drawPath(words, path, width, tall)) : null;
  return figure(report, title, {
    id: "happened-path", body: [box !== null && h("div", { class: "charts" }, box), list], svg: drawn, long: true, ...(drawn ? { table } : {}),
  });
}

interface Point { time: number; date: string; value: number }

function drawPath(words: Happened, path: readonly Point[], width: number, tall: number): SVGSVGElement {
  const start = path[0]?.time ?? 0;
  const end = path[path.length - 1]?.time ?? start + DAY_MS;
  const wide = width >= 560;
  const margins = { marginBottom: 28, marginLeft: 44, marginRight: wide ? 92 : 52 };
  const inner = width - margins.marginLeft - margins.marginRight;
  const inside = words.events.flatMap((event) => {
    const time = isoTime(event.date);
    if (time === null || time < start || time > end) return [];
    const at = path.find((point) => point.time >= time) ?? path[path.length - 1];
    return at === undefined ? [] : [{ number: event.number, time: at.time, value: at.value, x: ((at.time - start) / (end - start)) * inner }];
  });
  const levels = stackLevels(inside.map((event) => event.x), 20);
  const marginTop = 30 + Math.max(0, ...levels) * 20;
  const height = Math.round(170 * tall) + marginTop;
  const values = path.map((point) => point.value);
  const low = Math.floor(Math.min(...values) * 10 - 0.5) / 10;
  const high = Math.ceil(Math.max(...values) * 10) / 10;
  // value whose position is `pixel`: stems and circles live above the plotted range
  const valueAt = (pixel: number) => high + ((marginTop - pixel) / (height - marginTop - margins.marginBottom)) * (high - low);
  const last = path[path.length - 1];
  const weeks = Math.max(1, Math.ceil((end - start) / DAY_MS / 7 / Math.max(2, Math.floor(inner / 90))));
  const ticks: number[] = [];
  for (let time = start; time <= end; time += weeks * 7 * DAY_MS) ticks.push(time);
  const top = (i: number) => 12 + (levels[i] ?? 0) * 20;
  return draw({ width, height, marginTop, ...margins },
    { x: { type: "linear", domain: [start, end] }, y: { domain: [low, high] } },
    [
      ...yAxis(valueAxis(low, high, 5, "%"), false),
      Plot.axisX(ticks, { tickSize: 4, tickPadding: 3, label: null, fill: "var(--ink-2)", stroke: "var(--ink-3)", tickFormat: (time: number) => proseDate(new Date(time).toISOString()) }),
      ...inside.map((event, i) => Plot.ruleX([event], { x: "time", y1: "value", y2: () => valueAt(top(i) + 8), stroke: "var(--ink-3)", strokeWidth: 0.8 })),
      Plot.lineY(path, { x: "time", y: "value", stroke: "var(--ink)", strokeWidth: 1.5, className: "observed" }),
      Plot.dot(inside, { x: "time", y: "value", r: 2.4, fill: "var(--ink)", stroke: "var(--paper)", strokeWidth: 0.8 }),
      ...inside.flatMap((event, i) => [
        Plot.dot([event], { x: "time", y: () => valueAt(top(i)), r: 8.5, fill: "var(--paper)", stroke: "var(--ink)", strokeWidth: 1.1 }),
        Plot.text([event], { x: "time", y: () => valueAt(top(i)), text: () => String(event.number), fontSize: 11, fontWeight: 700, fill: "var(--ink)" }),
      ]),
      last === undefined ? null : Plot.text([last], { x: "time", y: "value", dx: 7, textAnchor: "start", text: () => `${wide ? "10Y " : ""}${fixed(last.value, 2)}%`, fontWeight: 650, fill: "var(--ink)" }),
    ]);
}
