// Camps on the page: their colors by token, their short heads above panels, headline camps apart from stress camps.

import { h } from "./dom.js";
import type { CampInfo, CampLetter, Report } from "./model.js";

/** Line and area color of a camp. */
export function campColor(letter: CampLetter): string {
  return `var(--camp-${letter})`;
}

/** Text color of a camp (differs from the line only for stress camps). */
export function campText(letter: CampLetter): string {
  return letter === "X" ? "var(--camp-X-text)" : `var(--camp-${letter})`;
}

export function campInfo(report: Report, letter: CampLetter): CampInfo {
  const info = report.camps.find((camp) => camp.letter === letter);
  if (info === undefined) throw new Error(`camp ${letter} is drawn but not described in the document's list of camps`);
  return info;
}

/** "S Supply and QE evidence" for tables and sentences. */
export function campTitle(report: Report, letter: CampLetter): string {
  return `${letter} ${campInfo(report, letter).name}`;
}

/** Square chip, letter, name; `mode` replaces the name where panels are paired in two columns. */
export function campHead(report: Report, letter: CampLetter, mode?: string): HTMLElement {
  return h("p", { class: `camp camp-${letter}` },
    h("i", { class: "chip" }), h("strong", {}, letter), " ",
    h("span", { class: "name" }, campInfo(report, letter).name),
    mode === undefined ? null : h("span", { class: "mode" }, `\u00b7 ${mode}`));
}

export interface Split<T> { headline: T[]; stress: T[] }

/** Stress camps never share a row or a scale with the headline camps. */
export function splitStress<T extends { letter: CampLetter }>(report: Report, items: readonly T[]): Split<T> {
  const stress = (item: T) => campInfo(report, item.letter).stress;
  return { headline: items.filter((item) => !stress(item)), stress: items.filter(stress) };
}

/** On paper the stress camp stands right of the others, behind a dashed rule, where it would else fill a row alone. */
export function apart(name: string, headline: readonly unknown[], stress: readonly unknown[]): string {
  return headline.length === 3 && stress.length === 1 ? `${name} apart` : name;
}

/** Grid of panels, one per camp, and below it the stress camps, apart. */
export function panels<T extends { letter: CampLetter }>(
  report: Report, items: readonly T[], build: (item: T, row: readonly T[]) => Node, roomy = false,
): HTMLElement {
  const { headline, stress } = splitStress(report, items);
  const row = (list: readonly T[], columns = list.length) => h("div", { class: `panels n${Math.max(1, Math.min(3, columns))}${roomy ? " roomy" : ""}` },
    ...list.map((item) => h("div", { class: `panel camp-${item.letter}` }, campHead(report, item.letter), build(item, list))));
  return h("div", { class: apart("charts", headline, stress) },
    headline.length > 0 && row(headline),
    stress.length > 0 && h("div", { class: "stress" }, h("p", { class: "group" }, "Stress bound, apart from the camps"), row(stress, 3)));
}
