// The page: reads the document embedded in report.html, draws its sections in order, redraws for paper. A section
// whose data are null or empty is left out. A section that fails says so in its place and on the console; the others
// are drawn.

import "./theme.css";
import { accounts } from "./accounts.js";
import { answer } from "./answer.js";
import { assumptions, manifest, warnings } from "./backmatter.js";
import { buyers } from "./buyers.js";
import { carried } from "./carried.js";
import { watchPrinting } from "./chart.js";
import { curve } from "./curve.js";
import { h } from "./dom.js";
import { explained } from "./explained.js";
import { fan } from "./fan.js";
import { happened } from "./happened.js";
import { heat } from "./heat.js";
import { keyFigures } from "./keyFigures.js";
import { markets } from "./markets.js";
import type { Report } from "./model.js";
import { seller } from "./seller.js";
import { taxpayer } from "./taxpayer.js";
import { usdjpy } from "./usdjpy.js";

const SECTIONS: [string, (report: Report) => HTMLElement | null][] = [
  ["the answer", answer], ["key figures", keyFigures], ["the curve", curve], ["day by day", fan], ["why", explained], ["maturity by day", heat],
  ["who buys", buyers], ["the seller", seller], ["who gains, who loses", accounts], ["the taxpayer", taxpayer], ["the yen", usdjpy], ["other markets", markets],
  ["the card", carried("card")], ["evidence", carried("evidence")], ["what is there on request", carried("asked")], ["what really happened", happened], ["published after", carried("later")],
  ["assumptions", assumptions], ["warnings", warnings], ["manifest", manifest],
];

function read(): Report {
  const text = document.getElementById("report-data")?.textContent;
  if (text === null || text === undefined) throw new Error("this page holds no document: the element report-data is missing; write the report again");
  const report: Report = JSON.parse(text);
  if (report.schema !== 1) throw new Error(`this page draws documents of schema 1 but holds schema ${String(report.schema)}; build the page's script and the program from the same version`);
  return report;
}

function masthead(report: Report): HTMLElement[] {
  const { head } = report;
  return [
    h("header", { class: "masthead" }, h("strong", {}, head.product), h("span", {}, head.scenario), h("span", {}, `as of ${head.as_of}`), h("span", {}, `run ${head.run_id}`), h("strong", {}, head.disclaimer)),
    h("div", { class: "opening" }, h("h1", {}, head.title), h("p", { class: "dek" }, head.dek)),
  ];
}

function trouble(name: string, error: unknown): HTMLElement {
  console.error(`brandish: ${name} could not be drawn`, error);
  return h("p", { class: "trouble", role: "alert" }, `${name} could not be drawn: ${error instanceof Error ? error.message : String(error)}`);
}

function build(): HTMLElement {
  let report: Report;
  try {
    report = read();
  } catch (error) {
    return h("main", { class: "sheet" }, trouble("The report", error));
  }
  const parts = SECTIONS.map(([name, make]) => {
    try {
      return make(report);
    } catch (error) {
      return trouble(name, error);
    }
  });
  return h("main", { class: "sheet" }, ...masthead(report), ...parts);
}

function start(): void {
  const found = document.getElementById("report");
  const host = found ?? document.body.appendChild(h("div", { id: "report" }));
  host.classList.add("report");
  host.replaceChildren(build());
  watchPrinting();
  document.documentElement.dataset["drawn"] = "true";
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
else start();
