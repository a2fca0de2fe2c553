// 11 to 13: assumptions with their sources, warnings by number, and the manifest that replays the run. Text only.

import { h, link } from "./dom.js";
import type { Report } from "./model.js";
import { section } from "./section.js";
import { textTable } from "./tables.js";

export function assumptions(report: Report): HTMLElement | null {
  if (report.assumptions.length === 0 && report.sources.length === 0) return null;
  return section("assumptions", "Assumptions", "with sources",
    report.assumptions.length > 0 && textTable(["Assumption", "Value", "Range", "Source"], report.assumptions.map((row) => [
      row.name, [row.value, row.unit].filter((part) => part !== "").join(" "), row.range, row.source]), "assumed"),
    report.sources.length > 0 && textTable(["Data", "Series", "Vintage", "Quality", "License", "Address"], report.sources.map((row) => [
      h("span", {}, row.publisher, " ", h("span", { class: "origin mono" }, row.id)), row.series, row.vintage, row.quality, row.licence, link(row.url)]), "sources"));
}

export function warnings(report: Report): HTMLElement | null {
  if (report.warnings.length === 0) return null;
  return section("warnings", "Warnings", "and limits",
    h("dl", { class: "warnings" }, ...report.warnings.map((row) => h("div", {}, h("dt", {}, row.code), h("dd", {}, row.text)))));
}

export function manifest(report: Report): HTMLElement | null {
  if (report.manifest.length === 0) return null;
  return section("manifest", "Manifest", "to replay",
    h("dl", { class: "manifest" }, ...report.manifest.flatMap((row) => [h("dt", {}, row.label), h("dd", {}, row.value)])));
}
