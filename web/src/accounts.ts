// 7b Who gains, who loses: a bar per holder, losses to the left of zero, one scale for all camps, each with its 90% band as
// a thin line and its value outside on the left. Holders that the scenario names stand in bold.

import * as Plot from "@observablehq/plot";
import { draw, HALO, valueAxis, xAxis } from "./base.js";
import { campInfo, campTitle, panels } from "./camps.js";
import { chart } from "./chart.js";
import type { Table } from "./csv.js";
import { h } from "./dom.js";
import { figure } from "./figure.js";
import { clip, signed, smallDigits } from "./format.js";
import type { Report } from "./model.js";
import { section } from "./section.js";
import { bandCells, bandColumns } from "./tables.js";

type Accounts = NonNullable<Report["accounts"]>;
type Panel = Accounts["panels"][number];
type Bar = Panel["bars"][number];

const ENTRIES = ["opening value", "coupons", "execution", "mark to market", "P&L", "P&L, least", "P&L, most", "closing value"];

export function accounts(report: Report): HTMLElement | null {
  const words = report.accounts ?? null;
  if (words === null || words.panels.length === 0) return null;
  return section("accounts", "Who gains, who loses", `All holders, day ${words.day}`,
    figure(report, words, {
      id: "accounts-holders", body: [panels(report, words.panels, (panel, row) => panelChart(report, panel, row), true), h("p", { class: "note" }, words.sum_note)],
      table: shown(words), csv: saved(report, words),
    }));
}

/** A row per holder and camp: medians of all entries, the 90% band of P&L; then securities, at central parameters. */
function shown(words: Accounts): Table {
  return {
    caption: `${words.title}: ${words.sub}. Medians, $bn; bounds and securities at central parameters`,
    columns: [{ label: "holder" }, { label: "camp" }, ...ENTRIES.map((label, i) => ({ label, digits: i === 0 || i === 7 ? 1 : 2, signed: i > 1 && i < 7 })), { label: "P&L, p05", digits: 2, signed: true }, { label: "P&L, p95", digits: 2, signed: true }],
    rows: [
      ...words.rows.map((row) => [row.holder, row.letter, row.opening, row.coupons.p50, row.execution.p50, row.mark.p50, row.pnl.p50, row.bounds?.[0] ?? null, row.bounds?.[1] ?? null, row.closing.p50, row.pnl.p05, row.pnl.p95]),
      ...words.securities.map(({ holder, cusip, letter, entries: [opening, coupons, execution, mark, pnl, closing] }) => [`${holder} ${cusip}`, letter, opening, coupons, execution, mark, pnl, null, null, closing, null, null]),
    ],
  };
}

function saved(report: Report, words: Accounts): Table {
  const entry = (label: string, row: Accounts["rows"][number], band: Bar["band"]) => [campTitle(report, row.letter), row.holder, "", label, ...bandCells(band), band.mc_se, band.central];
  const alone = (camp: string, holder: string, cusip: string, label: string, value: number) => [camp, holder, cusip, label, null, null, null, null, null, null, value];
  return {
    caption: `${words.title}: ${words.sub}`,
    columns: [{ label: "camp" }, { label: "holder" }, { label: "cusip" }, { label: "entry, $bn" }, ...bandColumns(2), { label: "central parameters", digits: 2 }],
    rows: [
      ...words.rows.flatMap((row) => [
        alone(campTitle(report, row.letter), row.holder, "", "opening value", row.opening),
        entry("coupons", row, row.coupons), entry("execution", row, row.execution), entry("mark to market", row, row.mark), entry("P&L", row, row.pnl), entry("closing value", row, row.closing),
        ...(row.bounds === null || row.bounds === undefined ? [] : [
          alone(campTitle(report, row.letter), row.holder, "", "P&L, least", row.bounds[0]), alone(campTitle(report, row.letter), row.holder, "", "P&L, most", row.bounds[1])]),
      ]),
      ...words.securities.flatMap((row) => ["opening value", "coupons", "execution", "mark to market", "P&L", "closing value"].map((label, i) => alone(campTitle(report, row.letter), row.holder, row.cusip, label, row.entries[i] ?? NaN))),
    ],
  };
}

function panelChart(report: Report, panel: Panel, row: readonly Panel[]): HTMLDivElement {
  const every = row.flatMap((one) => one.bars);
  const digits = smallDigits(every.map((bar) => bar.band.p50));
  const bars = panel.bars.map((bar) => ({ holder: bar.holder, named: bar.named, value: bar.band.p50, low: bar.band.p05, high: bar.band.p95, left: Math.min(0, bar.band.p05, bar.band.p50), fill: bar.band.p50 < 0 ? "var(--loss)" : "var(--gain)" }));
  const label = `Profit and loss by holder, camp ${campInfo(report, panel.letter).name}, $bn: ` + bars.map((bar) => `${bar.holder} ${signed(bar.value, digits)}`).join(", ");
  return chart(label, ({ width, tall }) => {
    const marginLeft = Math.min(142, width * (width < 300 ? 0.42 : 0.36));
    const low0 = Math.min(0, ...every.map((bar) => Math.min(bar.band.p05, bar.band.p50)));
    const high = Math.max(0, ...every.map((bar) => Math.max(bar.band.p95, bar.band.p50)));
    const inner = width - marginLeft - 14;
    const low = low0 - (high - low0) * (48 / Math.max(80, inner - 48));
    // where a name does not fit on one line it stands on two
    const room = Math.floor((marginLeft - 10) / 6.3);
    const rowHeight = bars.some((bar) => bar.holder.length > room) ? 28 : 24 * Math.max(tall, 0.9);
    const axis = valueAxis(low0, high, inner / 54, "");
    const names = (named: boolean) => Plot.text(bars.filter((bar) => bar.named === named), {
      y: "holder", frameAnchor: "left", dx: -8, textAnchor: "end", text: (bar: { holder: string }) => clip(bar.holder, 2 * room - 4), lineWidth: (marginLeft - 10) / 11.5, lineHeight: 1, fill: named ? "var(--ink)" : "var(--ink-2)", fontWeight: named ? 700 : 400, fontSize: 11.5,
    });
    return draw({ width, height: Math.round(bars.length * rowHeight) + 30, marginTop: 4, marginBottom: 26, marginLeft, marginRight: 14 },
      { x: { domain: [low, high === low0 ? low0 + 1 : high] }, y: { type: "band", domain: bars.map((bar) => bar.holder), padding: 0.34, axis: null } },
      [
        ...xAxis(axis, true),
        Plot.barX(bars, { x1: 0, x2: "value", y: "holder", fill: "fill", className: "bars" }),
        Plot.ruleY(bars, { x1: "low", x2: "high", y: "holder", stroke: "var(--paper)", strokeWidth: 3, strokeOpacity: 0.65 }),
        Plot.ruleY(bars, { x1: "low", x2: "high", y: "holder", stroke: "var(--ink-2)", strokeWidth: 1.1, className: "whiskers" }),
        Plot.text(bars, { x: "left", y: "holder", dx: -7, textAnchor: "end", text: (bar: { value: number }) => signed(bar.value, digits), fill: "var(--ink)", fontWeight: 500, fontSize: 11.5, ...HALO }),
        names(false), names(true),
        Plot.ruleX([0], { stroke: "var(--ink)" }),
      ]);
  });
}
