// Writes a report page around the mock document, as the report crate does around a real one:
//   node test/page.mjs OUT.html [mock|hostile|sparse|stress]

import { readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { runnerImport } from "vite";

const web = dirname(dirname(fileURLToPath(import.meta.url)));

/** The page for a document: style, data with `<` escaped, script; nothing else may be loaded. */
export function page(document, css, js) {
  for (const [name, text] of [["report.css", css], ["report.js", js]]) {
    if (/<\/(script|style)|<!--/i.test(text)) throw new Error(`${name} would end its own element when inlined`);
  }
  const data = JSON.stringify(document).replaceAll("<", "\\u003c");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:">
<title>brandish</title>
<style>${css}</style>
</head>
<body>
<div id="report"></div>
<script type="application/json" id="report-data">${data}</script>
<script>${js}</script>
</body>
</html>
`;
}

export async function writePage(out, variant = "mock") {
  const { module } = await runnerImport(join(web, "test/mock.ts"));
  const makers = { mock: module.mockReport, hostile: module.hostileReport, sparse: module.sparseReport, stress: module.stressReport };
  const make = makers[variant];
  if (make === undefined) throw new Error(`unknown variant ${variant}: mock, hostile, sparse or stress`);
  const [css, js] = await Promise.all(["report.css", "report.js"].map((name) => readFile(join(web, "dist", name), "utf8")));
  await writeFile(out, page(make(), css, js));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [out, variant] = process.argv.slice(2);
  if (out === undefined) {
    console.error("usage: node test/page.mjs OUT.html [mock|hostile|sparse|stress]");
    process.exit(2);
  }
  await writePage(out, variant);
}
