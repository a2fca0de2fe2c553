// 6 continued: from the seller to the holders on two days. Who sold to whom is not identified, so what changes hands
// between the two days passes one pooled node. One consistent path, so that both columns add up to what was sold.
// What others sold (forced, or holders below zero) is a grey part of the first bar; holders below zero are listed below.

import { sankey, sankeyLinkHorizontal, type SankeyGraph, type SankeyLink, type SankeyNode } from "d3-sankey";
import { chart } from "./chart.js";
import type { Table } from "./csv.js";
import { h, s } from "./dom.js";
import { figure } from "./figure.js";
import { clip, fixed } from "./format.js";
import type { Report } from "./model.js";
import { PRINTED, remainders } from "./remainder.js";
import { labelRoom, movements, pushApart, soldByOthers } from "./scale.js";
import { sectorColors, short } from "./sectors.js";

interface NodeExtra { id: string; name: string; color: string; column: number; value: number; bold: boolean }
interface LinkExtra { color: string }
type Node = SankeyNode<NodeExtra, LinkExtra>;
type Link = SankeyLink<NodeExtra, LinkExtra>;

export function flows(report: Report): HTMLElement | null {
  const words = report.buyers.flows;
  if (!words || words.nodes.length === 0) return null;
  const label = `${words.title}. Day ${words.second_day}: ` + words.nodes.map((node) => `${node.name} ${fixed(node.second, 1)}`).join(", ");
  const box = chart(label, ({ width, tall }) => drawFlows(report, width, Math.round((width >= 560 ? 380 : 300) * tall)));
  const table: Table = {
    caption: `${words.title}: ${words.sub}`,
    columns: [{ label: "holder" }, { label: `day ${words.first_day}, $bn` }, { label: `day ${words.second_day}, $bn` }, { label: "change, $bn", signed: true }],
    rows: words.nodes.map((node) => [node.name, node.first, node.second, node.second - node.first]),
  };
  return figure(report, words, {
    id: "buyers-flows", body: [h("div", { class: "charts" }, box), ...remainders(words.nodes, words.sold, words.first_day, words.second_day).map((text) => h("p", { class: "note" }, text)), words.sum_note !== "" && h("p", { class: "note" }, words.sum_note)], table,
  });
}

function graph(report: Report, wide: boolean): SankeyGraph<NodeExtra, LinkExtra> {
  const words = report.buyers.flows;
  if (!words) return { nodes: [], links: [] };
  const colors = sectorColors(words.nodes);
  const holders = words.nodes.map((node, i) => ({ ...node, color: colors[i] ?? "var(--ink-3)" }))
    .filter((node) => node.first >= PRINTED || node.second >= PRINTED).reverse();
  const moves = movements(holders);
  const last = wide ? 3 : 1;
  const nodes: NodeExtra[] = [{ id: "seller", name: words.seller, color: "var(--ink)", column: 0, value: words.sold, bold: true }];
  const links: { source: string; target: string; value: number; color: string }[] = [];
  const add = (source: string, target: string, value: number, color: string) => { if (value > 0) links.push({ source, target, value, color }); };
  holders.forEach((holder, i) => {
    const bold = holder.kind === "specialists";
    nodes.push({ id: `end${i}`, name: holder.name, color: holder.color, column: last, value: holder.second, bold });
    if (!wide) { add("seller", `end${i}`, holder.second, holder.color); return; }
    const move = moves[i] ?? { stays: 0, leaves: 0, arrives: 0 };
    nodes.push({ id: `mid${i}`, name: holder.name, color: holder.color, column: 1, value: holder.first, bold });
    add("seller", `mid${i}`, holder.first, holder.color);
    add(`mid${i}`, `end${i}`, move.stays, holder.color);
    add(`mid${i}`, "pool", move.leaves, holder.color);
    add("pool", `end${i}`, move.arrives, holder.color);
  });
  const total = (key: "leaves" | "arrives") => moves.reduce((sum, move) => sum + move[key], 0);
  const [leaves, arrives] = [total("leaves"), total("arrives")];
  if (wide) nodes.push({ id: "pool", name: "handed on", color: "var(--ink-3)", column: 2, value: Math.max(leaves, arrives), bold: false });
  // the rest of the pool: others than the seller, who sold before the first day and buy back, or who sell after it
  if (wide && leaves - arrives >= PRINTED) {
    nodes.push({ id: "back", name: "bought back by others", color: "var(--ink-3)", column: 3, value: leaves - arrives, bold: false });
    add("pool", "back", leaves - arrives, "var(--ink-3)");
  }
  if (wide && arrives - leaves >= PRINTED) {
    nodes.push({ id: "more", name: "sold by others", color: "var(--ink-3)", column: 1, value: arrives - leaves, bold: false });
    add("more", "pool", arrives - leaves, "var(--ink-3)");
  }
  const linked = new Set(links.flatMap((link) => [link.source, link.target]));
  const ids = nodes.filter((node) => linked.has(node.id));
  return { nodes: ids, links: links.filter((link) => linked.has(link.source) && linked.has(link.target)) };
}

function drawFlows(report: Report, width: number, height: number): SVGSVGElement {
  const words = report.buyers.flows;
  const wide = width >= 560;
  const top = 24;
  const last = wide ? 3 : 1;
  const named = (words?.nodes ?? []).map((node) => `${short(node.name, wide)} ${fixed(wide ? Math.max(node.first, node.second) : node.second, 1)}`);
  const right = labelRoom(named, 12, wide ? 190 : 150);
  const layout = sankey<NodeExtra, LinkExtra>()
    .nodeId((node) => node.id).nodeSort(null).nodeAlign((node) => node.column).nodeWidth(10).nodePadding(14)
    .extent([[0, top], [width - right, height - 6]])(graph(report, wide));
  const labels = new Map<string, number>();
  const ends = layout.nodes.filter((node) => node.column === last);
  pushApart(ends.map((node) => ((node.y0 ?? 0) + (node.y1 ?? 0)) / 2), 14, top, height - 6).forEach((y, i) => labels.set(ends[i]?.id ?? "", y));
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  for (const [name, value] of Object.entries({ width, height, viewBox: `0 0 ${width} ${height}`, class: "bp" })) svg.setAttribute(name, String(value));
  const path = sankeyLinkHorizontal<NodeExtra, LinkExtra>();
  svg.append(
    s("g", { fill: "none", "stroke-opacity": 0.55, class: "links" }, ...layout.links.map((link: Link) => s("path", {
      d: path(link) ?? "", stroke: link.color, "stroke-width": Math.max(1, link.width ?? 1),
    }))),
    s("g", { class: "nodes" }, ...layout.nodes.map((node: Node) => s("rect", {
      x: node.x0, y: node.y0, width: (node.x1 ?? 0) - (node.x0 ?? 0), height: Math.max(1, (node.y1 ?? 0) - (node.y0 ?? 0)), fill: node.color, "data-id": node.id, "data-bn": node.value,
    })), othersPart(layout.nodes, words, wide)),
    s("g", { fill: "var(--ink)", "font-size": 12 }, ...layout.nodes.flatMap((node: Node) => nodeLabel(node, wide, labels.get(node.id)))),
    s("g", { fill: "var(--ink-2)", "font-weight": 650, "font-size": 12 }, ...heads(layout.nodes, words, wide)));
  return svg;
}

/** The grey foot of the first bar: what others than the seller sold. */
function othersPart(nodes: readonly Node[], words: Report["buyers"]["flows"], wide: boolean): SVGElement | null {
  const bar = nodes.find((node) => node.id === "seller");
  if (!words || bar === undefined) return null;
  const extra = soldByOthers(words.sold, words.nodes.map((node) => (wide ? node.first : node.second)));
  if (extra < PRINTED) return null;
  const tall = ((bar.y1 ?? 0) - (bar.y0 ?? 0)) * (extra / (words.sold + extra));
  return s("rect", { x: bar.x0, y: (bar.y1 ?? 0) - tall, width: (bar.x1 ?? 0) - (bar.x0 ?? 0), height: tall, fill: "var(--specialists)", "data-others": extra },
    s("title", {}, `sold by others ${fixed(extra, 1)}`));
}

function nodeLabel(node: Node, wide: boolean, pushed: number | undefined): SVGElement[] {
  const thick = (node.y1 ?? 0) - (node.y0 ?? 0);
  const y = (pushed ?? ((node.y0 ?? 0) + (node.y1 ?? 0)) / 2) + 4;
  const halo = { stroke: "var(--paper)", "stroke-width": 4, "paint-order": "stroke", "stroke-linejoin": "round" };
  if (node.id === "seller") return [];
  if (pushed !== undefined) {
    return [s("text", { x: (node.x1 ?? 0) + 7, y, "text-anchor": "start", "font-weight": node.bold ? 650 : 400 }, `${short(node.name, wide)} ${fixed(node.value, 1)}`)];
  }
  if (thick < 11) return [];
  if (node.id === "pool") return [s("text", { x: (node.x0 ?? 0) - 6, y, "text-anchor": "end", ...halo }, `${node.name} ${fixed(node.value, 1)}`)];
  return [s("text", { x: (node.x1 ?? 0) + 6, y, "text-anchor": "start", ...halo }, node.bold ? `${short(node.name, wide)} ${fixed(node.value, 1)}` : fixed(node.value, 1))];
}

function heads(nodes: readonly Node[], words: Report["buyers"]["flows"], wide: boolean): SVGElement[] {
  if (!words) return [];
  const at = (id: string) => nodes.find((node) => node.id.startsWith(id))?.x0 ?? 0;
  const head = (x: number, text: string) => s("text", { x, y: 11, "text-anchor": "start" }, text);
  return [
    head(0, wide ? `${clip(words.seller, 20)} sells $${fixed(words.sold, 1)}bn` : `Sold $${fixed(words.sold, 1)}bn`),
    ...(wide ? [head(at("mid"), `Day ${words.first_day}: who holds it`)] : []),
    head(at("end"), wide ? `Day ${words.second_day}` : `Held on day ${words.second_day}`),
  ];
}
