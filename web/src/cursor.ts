// Reading a day off linked panels: the pointer or the arrow keys move it, Enter (or a click) pins it, Esc clears it.
// One tab stop for the whole group of panels; the values are spoken and written below, not only in a tooltip.

import { onDraw } from "./chart.js";
import { h, s, type Child } from "./dom.js";

export interface CursorPanel {
  box: HTMLElement;
  color: string;
  /** value of the dot on this panel, null for none */
  value: (index: number) => number | null;
}

export interface CursorSpec {
  days: readonly number[];
  panels: CursorPanel[];
  hint: string;
  /** the readout's children for a day (by index) */
  read: (index: number) => Child[];
}

type PlotSvg = SVGSVGElement & { scale?: (name: "x" | "y") => { apply: (value: number) => number; invert?: (value: number) => number } | undefined };

/** Makes `group` interactive and returns the readout to be placed below the charts. */
export function dayCursor(group: HTMLElement, spec: CursorSpec): HTMLElement {
  const readout = h("p", { class: "readout", role: "status", "aria-live": "polite" }, spec.hint);
  let current: number | null = null;
  let pinned = false;

  const show = (index: number | null) => {
    current = index;
    for (const panel of spec.panels) mark(panel, index === null ? null : index, spec.days);
    readout.replaceChildren(...(index === null ? [spec.hint] : spec.read(index)).filter((child) => child !== null && child !== undefined && child !== false));
    if (index === null) delete group.dataset["day"];
    else group.dataset["day"] = String(spec.days[index]);
  };
  const clear = () => { pinned = false; delete group.dataset["pinned"]; show(null); };
  const pin = (on: boolean) => { pinned = on; if (on) group.dataset["pinned"] = "true"; else delete group.dataset["pinned"]; };

  group.classList.add("interactive");
  group.tabIndex = 0;
  group.setAttribute("role", "group");
  group.addEventListener("keydown", (event) => {
    const last = spec.days.length - 1;
    const from = current ?? 0;
    const step = event.shiftKey ? 10 : 1;
    const moves: Record<string, number> = {
      ArrowRight: Math.min(last, from + step), ArrowLeft: Math.max(0, from - step), ArrowUp: Math.min(last, from + step), ArrowDown: Math.max(0, from - step),
      Home: 0, End: last, PageUp: Math.min(last, from + 21), PageDown: Math.max(0, from - 21),
    };
    const target = moves[event.key];
    if (event.key === "Escape") clear();
    else if (event.key === "Enter" && current !== null) pin(!pinned);
    else if (target !== undefined) show(target);
    else return;
    event.preventDefault();
  });
  for (const panel of spec.panels) {
    panel.box.addEventListener("pointermove", (event) => {
      if (!pinned) show(nearest(panel.box, event.clientX, spec.days));
    });
    panel.box.addEventListener("pointerleave", () => { if (!pinned) show(null); });
    panel.box.addEventListener("click", (event) => {
      show(nearest(panel.box, event.clientX, spec.days));
      pin(!pinned);
    });
    onDraw(panel.box, () => mark(panel, current, spec.days));
  }
  return readout;
}

function nearest(box: HTMLElement, clientX: number, days: readonly number[]): number | null {
  const svg: PlotSvg | null = box.querySelector("svg");
  const invert = svg?.scale?.("x")?.invert;
  if (svg === null || invert === undefined) return null;
  const bounds = svg.getBoundingClientRect();
  const day = invert(((clientX - bounds.left) / bounds.width) * svg.viewBox.baseVal.width);
  let best = 0;
  days.forEach((candidate, index) => { if (Math.abs(candidate - day) < Math.abs((days[best] ?? 0) - day)) best = index; });
  return best;
}

function mark(panel: CursorPanel, index: number | null, days: readonly number[]): void {
  const svg: PlotSvg | null = panel.box.querySelector("svg");
  if (svg === null) return;
  svg.querySelector(".cursor")?.remove();
  const xScale = svg.scale?.("x");
  const yScale = svg.scale?.("y");
  if (index === null || xScale === undefined || yScale === undefined) return;
  const x = xScale.apply(days[index] ?? 0);
  const range = (svg.getAttribute("data-y-range") ?? "0 0").split(" ").map(Number);
  const value = panel.value(index);
  svg.append(s("g", { class: "cursor", "pointer-events": "none" },
    s("line", { x1: x, x2: x, y1: range[0], y2: range[1], stroke: "var(--ink)", "stroke-width": 1 }),
    value === null ? null : s("circle", { cx: x, cy: yScale.apply(value), r: 3.5, fill: panel.color, stroke: "var(--paper)", "stroke-width": 1.5 })));
}
