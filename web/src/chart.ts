// A chart is a box that draws itself at the width it has: on first layout, when the width changes, and for paper.
// Colors are custom properties, so a change of theme needs no redraw. Anything below `MIN_WIDTH` is a layout that has
// not settled and is skipped.

export interface DrawContext {
  width: number;
  /** multiplies the height of tall charts; 0.76 on paper */
  tall: number;
}
export type Draw = (context: DrawContext) => SVGSVGElement;

const MIN_WIDTH = 120;
const PAPER_TALL = 0.76;

interface Entry { draw: Draw; width: number; after: Set<(svg: SVGSVGElement) => void> }

const entries = new Map<HTMLElement, Entry>();
let paper = false;

const observer = new ResizeObserver((changes) => {
  for (const change of changes) {
    if (change.target instanceof HTMLElement) render(change.target, false);
  }
});

/** A box with a chart in it. The drawn svg carries `label` as its sentence for those who do not see it. */
export function chart(label: string, draw: Draw): HTMLDivElement {
  const box = document.createElement("div");
  box.className = "chart";
  const labeled: Draw = (context) => {
    const svg = draw(context);
    svg.setAttribute("role", "img");
    svg.setAttribute("aria-label", label);
    return svg;
  };
  entries.set(box, { draw: labeled, width: 0, after: new Set() });
  observer.observe(box);
  return box;
}

/** Calls `then` with each newly drawn svg of the chart. */
export function onDraw(box: HTMLElement, then: (svg: SVGSVGElement) => void): void {
  entries.get(box)?.after.add(then);
}

function render(box: HTMLElement, force: boolean): void {
  const entry = entries.get(box);
  const width = Math.floor(box.clientWidth);
  if (entry === undefined || width < MIN_WIDTH || (!force && width === entry.width)) return;
  entry.width = width;
  const svg = entry.draw({ width, tall: paper ? PAPER_TALL : 1 });
  box.replaceChildren(svg);
  for (const then of entry.after) then(svg);
}

function setPaper(on: boolean): void {
  if (paper === on) return;
  paper = on;
  document.documentElement.classList.toggle("printing", on);
  for (const box of entries.keys()) render(box, true);
}

/** Redraws for paper and back. Both signals are needed: some browsers send only one of them. */
export function watchPrinting(): void {
  const media = window.matchMedia("print");
  window.addEventListener("beforeprint", () => setPaper(true));
  window.addEventListener("afterprint", () => setPaper(media.matches));
  media.addEventListener("change", () => setPaper(media.matches));
  setPaper(media.matches);
}
