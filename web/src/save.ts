// Saving: a text file, or a figure as one SVG that stands alone. The figure is read back from the page as it is laid
// out (title, sub, camp heads, legend, charts, note), and every custom property is replaced by its value now.

import { s } from "./dom.js";

const SVG_NS = "http://www.w3.org/2000/svg";
const PADDING = 16;

/** Offers `text` as a file, from memory. */
export function saveText(text: string, type: string, name: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const anchor = document.createElement("a");
  anchor.href = address;
  anchor.download = name;
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

export function saveFigure(figure: HTMLElement, name: string): void {
  saveText(figureSvg(figure), "image/svg+xml", name);
}

/** Replaces var(--name) by the value the element sees. */
export function resolveTokens(text: string, style: Pick<CSSStyleDeclaration, "getPropertyValue">): string {
  let resolved = text;
  for (let depth = 0; depth < 4 && resolved.includes("var("); depth++) {
    resolved = resolved.replace(/var\(\s*(--[\w-]+)\s*\)/g, (_, token: string) => style.getPropertyValue(token).trim() || "none");
  }
  return resolved;
}

/** The figure as a standalone SVG document. */
export function figureSvg(figure: HTMLElement): string {
  const box = figure.getBoundingClientRect();
  const page = getComputedStyle(figure);
  const footer = figure.querySelector(".facts")?.getBoundingClientRect();
  const width = Math.ceil(box.width) + 2 * PADDING;
  const height = Math.ceil((footer?.bottom ?? box.bottom) - box.top) + 2 * PADDING;
  const paper = page.getPropertyValue("--paper").trim();
  const root = s("svg", {
    xmlns: SVG_NS, width, height, viewBox: `0 0 ${width} ${height}`, "font-family": page.fontFamily.replaceAll('"', "'"), color: page.color,
  }, s("title", {}, figure.querySelector("h3")?.textContent ?? ""), s("rect", { width, height, fill: paper }));
  const left = box.left - PADDING;
  const top = box.top - PADDING;
  copy(figure, root, left, top);
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(root)}\n`;
}

function copy(element: Element, into: SVGElement, left: number, top: number): void {
  if (element.matches(".buttons, .data-table, .readout")) return;
  if (element instanceof SVGSVGElement) {
    into.append(copyChart(element, left, top));
    return;
  }
  const style = getComputedStyle(element);
  if (style.display === "none") return;
  const box = element.getBoundingClientRect();
  if (style.backgroundColor !== "rgba(0, 0, 0, 0)" && box.width > 0) {
    into.append(s("rect", { x: round(box.left - left), y: round(box.top - top), width: round(box.width), height: round(box.height), fill: style.backgroundColor }));
  }
  for (const child of element.childNodes) {
    if (child instanceof Element) copy(child, into, left, top);
    else if (child instanceof Text) copyText(child, style, into, left, top);
  }
}

/** One svg text per laid-out line of a text node. */
function copyText(node: Text, style: CSSStyleDeclaration, into: SVGElement, left: number, top: number): void {
  const words = [...node.data.matchAll(/\S+/g)];
  const lines: { text: string; x: number; bottom: number; top: number }[] = [];
  for (const word of words) {
    const span = document.createRange();
    span.setStart(node, word.index);
    span.setEnd(node, word.index + word[0].length);
    const box = span.getClientRects()[0];
    if (box === undefined) continue;
    const line = lines[lines.length - 1];
    if (line !== undefined && Math.abs(line.top - box.top) < 3) line.text += ` ${word[0]}`;
    else lines.push({ text: word[0], x: box.left, top: box.top, bottom: box.bottom });
  }
  const size = Number.parseFloat(style.fontSize);
  for (const line of lines) {
    const middle = (line.top + line.bottom) / 2;
    into.append(s("text", {
      x: round(line.x - left), y: round(middle - top + size * 0.35), "font-size": size, "font-weight": style.fontWeight, fill: style.color,
    }, line.text));
  }
}

function copyChart(svg: SVGSVGElement, left: number, top: number): SVGElement {
  const box = svg.getBoundingClientRect();
  const style = getComputedStyle(svg);
  const clone = svg.cloneNode(true);
  if (!(clone instanceof SVGSVGElement)) throw new Error("a chart is not an svg element");
  for (const hidden of clone.querySelectorAll("style, .cursor")) hidden.remove();
  for (const element of [clone, ...clone.querySelectorAll("*")]) {
    for (const attribute of [...element.attributes]) {
      if (attribute.value.includes("var(")) element.setAttribute(attribute.name, resolveTokens(attribute.value, style));
      if (attribute.name.startsWith("data-")) element.removeAttribute(attribute.name);
    }
  }
  clone.removeAttribute("class");
  clone.removeAttribute("style");
  const attributes = {
    x: round(box.left - left), y: round(box.top - top), width: round(box.width), height: round(box.height),
    overflow: "visible", fill: "currentColor", "font-family": style.fontFamily.replaceAll('"', "'"), "text-anchor": "middle", "font-size": "12px",
  };
  for (const [name, value] of Object.entries(attributes)) clone.setAttribute(name, String(value));
  return clone;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
