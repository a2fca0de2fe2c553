// One script and one style sheet, both inlined into report.html by the report crate: no chunks, no source map,
// nothing loaded at run time. The banner carries the notices that the licenses of the bundled libraries ask for.

import { defineConfig } from "vite";

const NOTICES = [
  "/*! brandish report, MIT OR Apache-2.0. Bundles Observable Plot 0.6.17 (c) 2020-2023 Observable, Inc., ISC;",
  "d3 modules (c) 2010-2023 Mike Bostock, ISC (d3-sankey, d3-array 2, d3-shape 1, d3-path 1: BSD-3-Clause);",
  "interval-tree-1d, binary-search-bounds, isoformat: MIT/ISC. */",
].join(" ");

export default defineConfig({
  build: {
    target: "es2022",
    outDir: "dist",
    emptyOutDir: true,
    sourcemap: false,
    minify: true,
    cssMinify: true,
    lib: { entry: "src/main.ts", formats: ["iife"], name: "brandish", fileName: () => "report.js", cssFileName: "report" },
    rollupOptions: { output: { postBanner: NOTICES } },
  },
});
