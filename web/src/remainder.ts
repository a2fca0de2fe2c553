// What a flow diagram cannot draw: holders below zero (they have sold, a link cannot be negative), holders too small to
// see, and what others than the seller sold. Said in words below the chart, with numbers that add up to what is drawn.

import { fixed } from "./format.js";
import type { FlowNode } from "./model.js";
import { soldByOthers } from "./scale.js";

/** Amounts that print as 0.0 are not drawn, $bn. */
export const PRINTED = 0.05;

/** Sentences for what the links leave out; none when the holders add up to what the seller sold. */
export function remainders(nodes: readonly FlowNode[], sold: number, firstDay: number, secondDay: number): string[] {
  const days = [{ day: firstDay, of: (node: FlowNode) => node.first }, { day: secondDay, of: (node: FlowNode) => node.second }];
  const below = days.flatMap(({ day, of }) => nodes.filter((node) => of(node) <= -PRINTED).map((node) => `${node.name} ${fixed(of(node), 1)} on day ${day}`));
  const others = days.flatMap(({ day, of }) => {
    const extra = soldByOthers(sold, nodes.map(of));
    return extra < PRINTED ? [] : [`on day ${day} ${fixed(sold + extra, 1)} drawn, ${fixed(extra, 1)} of it sold by others`];
  });
  const small = nodes.filter((node) => Math.abs(node.first) < PRINTED && Math.abs(node.second) < PRINTED).map((node) => node.name);
  return [
    others.length === 0 ? "" : `More than the seller sold, $bn: ${others.join("; ")} (forced sales and holders below zero).`,
    below.length === 0 ? "" : `Below zero, $bn, so among those who sold and not drawn as holders: ${below.join("; ")}.`,
    small.length === 0 ? "" : `Under $${fixed(PRINTED, 2)}bn on both days and not drawn: ${small.join(", ")}.`,
  ].filter((sentence) => sentence !== "");
}
