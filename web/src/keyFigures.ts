// 2 Key figures: a row per label, a column per camp, the stress camp apart. On narrow pages a row becomes a label
// line, the camps' columns, and the stress camp one line below. The camps' beliefs stand underneath, in a sentence each.

import type { Table } from "./csv.js";
import { h } from "./dom.js";
import { figure } from "./figure.js";
import type { CampInfo, Report } from "./model.js";
import { section } from "./section.js";

export function keyFigures(report: Report): HTMLElement | null {
  const { rows } = report.key;
  if (rows.length === 0) return null;
  const present = report.camps.filter((camp) => rows.some((row) => row.cells.some((cell) => cell.letter === camp.letter)));
  const camps = present.filter((camp) => !camp.stress);
  const stress = present.filter((camp) => camp.stress);
  const head = (camp: CampInfo) => h("th", { scope: "col", role: "columnheader", class: `camp-${camp.letter}${camp.stress ? " stress-cell" : ""}` },
    h("strong", {}, camp.letter), camp.stress ? "stress bound" : camp.name);
  const body = rows.map((row) => {
    const cell = (camp: CampInfo) => {
      const found = row.cells.find((candidate) => candidate.letter === camp.letter);
      return h("td", { role: "cell", class: camp.stress ? `stress-cell${(found?.range ?? "") === "" ? " same" : ""}` : null },
        camp.stress && h("span", { class: "lead" }, `Stress bound ${camp.letter}: `),
        h("b", {}, found?.median ?? "\u2013"), h("span", {}, found?.range ?? ""));
    };
    return h("tr", { role: "row" },
      h("th", { scope: "row", role: "rowheader" }, row.label, h("span", {}, row.unit)),
      ...camps.map(cell), ...stress.flatMap((camp) => [gap("td"), cell(camp)]));
  });
  const table = h("table", { class: "key", role: "table", style: `--camps:${Math.max(1, camps.length)}` },
    h("thead", { role: "rowgroup" }, h("tr", { role: "row" },
      h("th", { scope: "col", role: "columnheader" }, "Figure"),
      ...camps.map(head), ...stress.flatMap((camp) => [gap("td"), head(camp)]))),
    h("tbody", { role: "rowgroup" }, ...body));
  const notes = h("dl", { class: "camp-notes" }, ...report.camps.flatMap((camp) => [
    h("dt", { class: `camp-${camp.letter}` }, camp.letter),
    h("dd", {}, `${camp.name}: ${camp.sentence}`, camp.failed > 0 && ` ${camp.failed} of ${camp.draws} draws failed and are left out.`)]));
  const csv: Table = {
    caption: report.key.title,
    columns: [{ label: "figure" }, { label: "unit" }, ...present.flatMap((camp) => [{ label: `${camp.letter} median` }, { label: `${camp.letter} 90% band and error` }])],
    rows: rows.map((row) => [row.label, row.unit, ...present.flatMap((camp) => {
      const found = row.cells.find((cell) => cell.letter === camp.letter);
      return [found?.median ?? "", found?.range ?? ""];
    })]),
  };
  const words = report.key;
  return section("key", "Key figures", "per camp",
    figure(report, words, { id: "key-figures", body: [h("div", { class: "charts" }, table), notes], csv, svg: false, long: true }));
}

function gap(tag: "td"): HTMLElement {
  return h(tag, { class: "gap", "aria-hidden": "true", role: "presentation" });
}
