// Opens a report in headless Chromium and checks what a reader would: it draws without complaint, asks the network for
// nothing, its marks end where the embedded document says, keyboard and saving work, it fits its widths, it prints.
//   node test/browser.mjs path/to/report.html [screenshot-folder]
//   node test/browser.mjs            (checks the mock pages: full, hostile texts, sparse, with the stress camp)

import assert from "node:assert/strict";
import { access, mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const CHROMIUM = process.env.CHROMIUM ?? "/usr/bin/chromium";
const FLAGS = [
  "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync",
];
const WIDTHS = [1280, 820, 390];
// Marks are compared in data units; a path rounds to 1/1000 px, so 0.2% of an axis is far above rounding and far
// below what an eye could miss.
const AXIS_SHARE = 0.002;

/** Runs in the page: reads marks back into data units through the scales each svg carries. */
function installReader() {
  const axis = (svg, name) => {
    const numbers = (kind) => (svg.getAttribute(`data-${name}-${kind}`) ?? "").split(" ").map(Number);
    const [d0, d1] = numbers("domain");
    const [r0, r1] = numbers("range");
    const sqrt = svg.getAttribute(`data-${name}-type`) === "pow" || svg.getAttribute(`data-${name}-type`) === "sqrt";
    const bend = sqrt ? Math.sqrt : (value) => value;
    const back = sqrt ? (value) => value * value : (value) => value;
    return (pixel) => back(bend(d0) + ((pixel - r0) / (r1 - r0)) * (bend(d1) - bend(d0)));
  };
  const points = (path) => [...path.getAttribute("d").matchAll(/(-?[\d.]+(?:e-?\d+)?),(-?[\d.]+(?:e-?\d+)?)/g)].map((match) => [Number(match[1]), Number(match[2])]);
  window.reader = {
    /** last point of a line */
    end(svg, selector) {
      const path = svg.querySelector(`${selector} path, path${selector}`);
      if (path === null) return null;
      const all = points(path);
      const [x, y] = all[all.length - 1];
      return { x: axis(svg, "x")(x), y: axis(svg, "y")(y) };
    },
    /** top edge of each area on the last of n abscissae */
    tops(svg, selector, n) {
      return [...svg.querySelectorAll(`${selector} path, path${selector}`)].map((path) => axis(svg, "y")(points(path)[n - 1][1]));
    },
    /** both ends of each bar, along x or y */
    bars(svg, selector, along) {
      const [from, size] = along === "x" ? ["x", "width"] : ["y", "height"];
      return [...svg.querySelectorAll(`${selector} rect, rect${selector}`)].map((rect) => {
        const start = Number(rect.getAttribute(from));
        return [axis(svg, along)(start), axis(svg, along)(start + Number(rect.getAttribute(size)))];
      });
    },
    span(svg, name) {
      const [d0, d1] = svg.getAttribute(`data-${name}-domain`).split(" ").map(Number);
      return Math.abs(d1 - d0);
    },
    svg: (selector, nth = 0) => document.querySelectorAll(`${selector} svg`)[nth] ?? null,
  };
}

function near(actual, expected, span, what) {
  assert.ok(actual !== null && Math.abs(actual - expected) <= span * AXIS_SHARE, `${what}: drawn ${actual}, document ${expected} (axis ${span})`);
}

async function marks(page, report) {
  const end = (selector, line, nth = 0) => page.evaluate(([s, l, n]) => {
    const svg = window.reader.svg(s, n);
    return svg === null ? null : { ...window.reader.end(svg, l), xSpan: window.reader.span(svg, "x"), ySpan: window.reader.span(svg, "y") };
  }, [selector, line, nth]);
  const last = (values) => values[values.length - 1];
  const lastKnown = (values) => values.findLast((value) => value !== null);
  const stress = new Set(report.camps.filter((camp) => camp.stress).map((camp) => camp.letter));
  let checked = 0;

  for (const { letter, band } of report.answer.range.camps.filter((camp) => !stress.has(camp.letter))) {
    const point = await end("#range", `.median-${letter}`);
    near(point?.x ?? null, band.p50, point?.xSpan ?? 1, `answer, median of ${letter}`);
    checked++;
  }
  const before = await end("#curve-levels", ".before");
  if (report.curve.after_pct.length === 0) assert.equal(before, null, "without an after curve there is no figure of it");
  else near(before?.y ?? null, lastKnown(report.curve.before_pct), before?.ySpan ?? 1, "curve before at the longest tenor");
  for (const { letter, p50 } of report.curve.after_pct.filter((camp) => !stress.has(camp.letter))) {
    const point = await end("#curve-levels", `.median-${letter}`);
    near(point?.y ?? null, lastKnown(p50), point?.ySpan ?? 1, `curve after, ${letter}, at the longest tenor`);
    near(point?.x ?? null, last(report.curve.tenors).years, point?.xSpan ?? 1, `curve after, ${letter}, longest tenor`);
    checked++;
  }
  for (const { letter, bands } of report.curve.change.camps) {
    const point = await end(`#curve-change .panel.camp-${letter}`, ".median");
    near(point?.y ?? null, last(bands).p50, point?.ySpan ?? 1, `change, ${letter}, at the longest tenor`);
    checked++;
  }
  for (const panel of report.fan.panels) {
    const here = `#fan-days .panel.camp-${panel.letter}`;
    const point = await end(here, ".median");
    near(point?.y ?? null, last(panel.series.p50), point?.ySpan ?? 1, `fan, ${panel.letter}, last day`);
    near(point?.x ?? null, last(report.days), point?.xSpan ?? 1, `fan, ${panel.letter}, day`);
    if (panel.other_p50 !== null) {
      const other = await end(here, ".other");
      near(other?.y ?? null, last(panel.other_p50), other?.ySpan ?? 1, `fan, ${panel.letter}, other mode`);
    }
    const tops = await page.evaluate(([s, n]) => window.reader.tops(window.reader.svg(s), ".band90", n), [here, report.days.length]);
    near(tops[0] ?? null, last(panel.series.p95), point?.ySpan ?? 1, `fan, ${panel.letter}, p95`);
    checked++;
  }
  const largest = Math.max(...report.heat.panels.flatMap((panel) => panel.p50.flat().map(Math.abs)));
  const factor = [1, 0.2, 0.1, 0.02].find((candidate) => largest >= 10 * candidate) ?? 0.02;
  const cuts = [-40, -30, -20, -10, -5, -2, 2, 5, 10, 20, 30, 40].map((cut) => Number((cut * factor).toPrecision(6)));
  const tokens = ["n6", "n5", "n4", "n3", "n2", "n1", "zero", "p1", "p2", "p3", "p4", "p5", "p6"];
  for (const panel of report.heat.panels) {
    const fills = await page.evaluate((s) => {
      const bars = [...window.reader.svg(s).querySelectorAll(".cells rect, rect.cells")].map((rect) => ({ y: Number(rect.getAttribute("y")), right: Number(rect.getAttribute("x")) + Number(rect.getAttribute("width")), fill: rect.getAttribute("fill") }));
      const edge = Math.max(...bars.map((bar) => bar.right));
      return bars.filter((bar) => bar.right > edge - 0.5).sort((a, b) => b.y - a.y).map((bar) => bar.fill);
    }, `#heat-days .panel.camp-${panel.letter}`);
    assert.deepEqual(fills, panel.p50.map((row) => `var(--${tokens[cuts.filter((cut) => last(row) >= cut).length]})`), `heat, ${panel.letter}: colors on the last day`);
    checked++;
  }
  for (const [nth, measure, sold] of [[0, "face", report.buyers.sold_face], [1, "ten_year_equivalents", report.buyers.sold_ten_year_equivalents]]) {
    if (report.buyers.sectors.length === 0) break;
    const line = await end("#buyers-days", ".sold", nth);
    near(line?.y ?? null, last(sold), line?.ySpan ?? 1, `buyers, sold so far (${measure})`);
    const tops = await page.evaluate(([n, days]) => window.reader.tops(window.reader.svg("#buyers-days", n), ".layer", days), [nth, sold.length]);
    const feet = await page.evaluate(([n, days]) => window.reader.tops(window.reader.svg("#buyers-days", n), ".below", days), [nth, sold.length]);
    let up = 0;
    let down = 0;
    report.buyers[measure].forEach((row, i) => {
      const value = last(row);
      up += Math.max(0, value);
      near(tops[i] ?? null, up, line?.ySpan ?? 1, `buyers, ${measure}, top of ${report.buyers.sectors[i].name}`);
      if (row.some((entry) => entry < 0)) {
        down += Math.min(0, value);
        near(feet.shift() ?? null, down, line?.ySpan ?? 1, `buyers, ${measure}, foot of ${report.buyers.sectors[i].name}`);
      }
      checked++;
    });
    assert.equal(feet.length, 0, `buyers, ${measure}: only sectors below zero are drawn below zero`);
  }
  if (report.buyers.flows) {
    const rects = await page.evaluate(() => [...document.querySelectorAll("#buyers-flows rect[data-id]")].map((rect) => ({ id: rect.dataset.id, bn: Number(rect.dataset.bn), height: Number(rect.getAttribute("height")) })));
    const { nodes, sold } = report.buyers.flows;
    const seen = nodes.filter((node) => node.first >= 0.05 || node.second >= 0.05);
    const positive = (values) => values.reduce((total, value) => total + Math.max(0, value), 0);
    const ends = rects.filter((rect) => /^end\d/.test(rect.id));
    const holding = seen.map((node) => node.second).filter((value) => value > 0).sort((a, b) => a - b);
    const drawnEnds = ends.map((rect) => rect.bn).sort((a, b) => a - b);
    assert.equal(ends.length, holding.length, "flows: a node for each holder above zero");
    holding.forEach((value, i) => near(drawnEnds[i], value, value, `flows, holder ${i + 1}`));
    // the drawn total is what holders above zero hold; the seller's sale and what others sold add up to it
    const bar = rects.find((rect) => rect.id === "seller");
    const wide = rects.some((rect) => rect.id.startsWith("mid"));
    near(bar.bn, positive(seen.map((node) => (wide ? node.first : node.second))), bar.bn, "flows: the first bar is the drawn total");
    const perBn = bar.height / bar.bn;
    // a node is at least 1 px tall; above that its height is its amount on the one scale of the diagram
    for (const rect of rects) near(rect.height, Math.max(1, rect.bn * perBn), bar.height, `flows: height of ${rect.id}`);
    const extra = positive(nodes.map((node) => (wide ? node.first : node.second))) - sold;
    const others = await page.evaluate(() => Number(document.querySelector("#buyers-flows rect[data-others]")?.getAttribute("height") ?? 0));
    near(others, extra < 0.05 ? 0 : extra * perBn, bar.height, "flows: what others sold");
    checked++;
  }
  for (const panel of report.seller?.panels ?? []) {
    const { bars, span } = await page.evaluate((s) => {
      const svg = window.reader.svg(s);
      return { bars: window.reader.bars(svg, ".bars", "x"), span: window.reader.span(svg, "x") };
    }, `#seller-account .panel.camp-${panel.letter}`);
    let running = 0;
    panel.steps.forEach((step, i) => {
      const from = step.total ? 0 : running;
      running = step.total ? step.band.p50 : running + step.band.p50;
      near(bars[i]?.[0] ?? null, Math.min(from, running), span, `seller, ${panel.letter}, ${step.label}, left end`);
      near(bars[i]?.[1] ?? null, Math.max(from, running), span, `seller, ${panel.letter}, ${step.label}, right end`);
      checked++;
    });
  }
  for (const panel of report.accounts?.panels ?? []) {
    const { bars, span } = await page.evaluate((s) => {
      const svg = window.reader.svg(s);
      return { bars: window.reader.bars(svg, ".bars", "x"), span: window.reader.span(svg, "x") };
    }, `#accounts-holders .panel.camp-${panel.letter}`);
    assert.equal(bars.length, panel.bars.length, `accounts, ${panel.letter}: a bar for each holder`);
    panel.bars.forEach(({ holder, band }, i) => {
      near(bars[i]?.[0] ?? null, Math.min(0, band.p50), span, `accounts, ${panel.letter}, ${holder}, left end`);
      near(bars[i]?.[1] ?? null, Math.max(0, band.p50), span, `accounts, ${panel.letter}, ${holder}, right end`);
      checked++;
    });
  }
  for (const panel of report.taxpayer.panels) {
    const { bars, span } = await page.evaluate((s) => {
      const svg = window.reader.svg(s);
      return { bars: window.reader.bars(svg, ".bars", "y"), span: window.reader.span(svg, "y") };
    }, `#taxpayer-interest .panel.camp-${panel.letter}`);
    panel.bands.forEach((band, i) => { near(bars[i]?.[band.p50 < 0 ? 1 : 0] ?? null, band.p50, span, `taxpayer, ${panel.letter}, period ${i + 1}`); checked++; });
  }
  for (const panel of report.taxpayer.fiscal?.panels ?? []) {
    const { bars, span } = await page.evaluate((s) => {
      const svg = window.reader.svg(s);
      return { bars: window.reader.bars(svg, ".bars", "y"), span: window.reader.span(svg, "y") };
    }, `#taxpayer-fiscal .panel.camp-${panel.letter}`);
    panel.bands.forEach((band, i) => { near(bars[i]?.[band.p50 < 0 ? 1 : 0] ?? null, band.p50, span, `taxpayer, ${panel.letter}, fiscal year ${i + 1}`); checked++; });
  }
  for (const { letter, band_pct } of (report.usdjpy?.panels ?? []).filter((panel) => !stress.has(panel.letter))) {
    const point = await end("#usdjpy-change", `.median-${letter}`);
    near(point?.x ?? null, band_pct.p50, point?.xSpan ?? 1, `yen, ${letter}`);
    checked++;
  }
  for (const { market, ratio } of (report.markets?.points ?? []).filter((one) => one.read).slice(0, 1)) {
    const point = await end("#markets-ratio", ".market");
    near(point?.x ?? null, ratio, point?.xSpan ?? 1, `other markets, ${market}`);
    checked++;
  }
  if (report.happened?.observed.length > 0) {
    const point = await end("#happened-observed", ".observed");
    near(point?.y ?? null, last(report.happened.observed).bp, point?.ySpan ?? 1, "observed change at the longest tenor");
    checked++;
  }
  if (report.happened?.path.length > 1) {
    const point = await end("#happened-path", ".observed");
    near(point?.y ?? null, last(report.happened.path).ten_year_pct, point?.ySpan ?? 1, "observed 10Y on the last day");
    checked++;
  }
  return checked;
}

async function tables(page, report) {
  const ids = await page.evaluate(() => [...document.querySelectorAll("figure")].map((figure) => figure.id));
  for (const id of ids) {
    const names = await page.locator(`#${id} .buttons button`).allTextContents();
    const order = ["Table", "SVG", "CSV"].filter((name) => names.includes(name));
    assert.deepEqual(names, order, `${id}: buttons stand in tab order`);
    if (!names.includes("Table")) continue;
    await page.locator(`#${id} .buttons button`).first().focus();
    await page.keyboard.press("Enter");
    const state = await page.evaluate((figure) => {
      const root = document.getElementById(figure);
      const table = root.querySelector(".data-table");
      return {
        expanded: root.querySelector(".buttons button").getAttribute("aria-expanded"), focus: document.activeElement?.textContent,
        below: table !== null && root.querySelector(".footer").nextElementSibling === table, rows: table?.querySelectorAll("tbody th[scope=row]").length ?? 0,
        last: [...(table?.querySelectorAll("tbody tr:last-child td[data-value]") ?? [])].map((cell) => Number(cell.dataset.value)),
      };
    }, id);
    assert.equal(state.expanded, "true", `${id}: Enter opens the table`);
    assert.ok(state.below && state.rows > 0, `${id}: the table stands below the footer and its rows have headers`);
    assert.equal(state.focus, "Table", `${id}: focus stays on the button`);
    if (id === "fan-days") assert.deepEqual(state.last, report.fan.panels.flatMap(({ series }) => [series.p05, series.p50, series.p95].map((values) => values[values.length - 1])), "fan table ends with the last day");
    if (id === "curve-levels" && report.curve.after_pct.length > 0) assert.deepEqual(state.last, [report.curve.before_pct, ...report.curve.after_pct.map(({ p50 }) => p50)].map((values) => values[values.length - 1]), "curve table ends with the longest tenor");
    await page.keyboard.press("Enter");
    assert.equal(await page.locator(`#${id} .data-table`).count(), 0, `${id}: Enter closes the table`);
    if (names.length > 1) {
      await page.keyboard.press("Tab");
      assert.equal(await page.evaluate(() => document.activeElement?.textContent), names[1], `${id}: Tab goes to ${names[1]}`);
    }
  }
}

async function keyboardOnFans(page, report) {
  const group = page.locator("#fan-days .interactive");
  await group.focus();
  for (let i = 0; i < 3; i++) await page.keyboard.press("ArrowRight");
  const state = () => page.evaluate(() => {
    const root = document.querySelector("#fan-days .interactive");
    return { day: root.dataset.day ?? null, pinned: root.dataset.pinned ?? null, cursors: root.querySelectorAll(".cursor").length, text: document.querySelector("#fan-days .readout").textContent };
  });
  const third = await state();
  assert.equal(third.day, String(report.days[3]), "arrow keys move the day");
  assert.ok(third.cursors >= report.fan.panels.length && third.text.startsWith(`Day ${report.days[3]}`), "the day is marked on every panel and written below");
  await page.keyboard.press("End");
  assert.equal((await state()).day, String(report.days[report.days.length - 1]), "End goes to the last day");
  await page.keyboard.press("Enter");
  assert.equal((await state()).pinned, "true", "Enter pins");
  await page.keyboard.press("Escape");
  assert.deepEqual({ ...(await state()), text: "" }, { day: null, pinned: null, cursors: 0, text: "" }, "Esc clears");
}

async function saving(page) {
  let saved = 0;
  for (const button of await page.locator(".buttons button").all()) {
    const kind = await button.textContent();
    if (kind === "Table") continue;
    // Chromium drops what exceeds ten downloads in a burst
    if (saved++ % 8 === 7) await page.waitForTimeout(1200);
    const [download] = await Promise.all([page.waitForEvent("download"), button.click()]);
    const text = await readFile(await download.path(), "utf8");
    const name = download.suggestedFilename();
    if (kind === "SVG") {
      assert.ok(!text.includes("var("), `${name}: every token is resolved`);
      assert.ok(!/NaN|undefined/.test(text), `${name}: no broken number`);
      const problem = await page.evaluate((source) => {
        const parsed = new DOMParser().parseFromString(source, "image/svg+xml");
        return parsed.querySelector("parsererror")?.textContent ?? (parsed.querySelectorAll("script, foreignObject, image").length > 0 ? "foreign content" : null);
      }, text);
      assert.equal(problem, null, `${name}: stands alone`);
    } else {
      assert.ok(text.split("\r\n").length > 2, `${name}: has a header and rows`);
    }
  }
}

async function fits(page, width) {
  const found = await page.evaluate(() => {
    const outside = [];
    for (const text of document.querySelectorAll(".chart svg text")) {
      const box = text.getBoundingClientRect();
      if (box.width > 0 && (box.left < -0.5 || box.right > window.innerWidth + 0.5)) outside.push(text.textContent);
    }
    const small = [...document.querySelectorAll(".sheet *")].filter((element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== "") && parseFloat(getComputedStyle(element).fontSize) < 11).map((element) => element.textContent);
    const broken = [...document.querySelectorAll(".chart svg *")].filter((element) => [...element.attributes].some((attribute) => /NaN|undefined|Infinity/.test(attribute.value))).map((element) => element.outerHTML.slice(0, 120));
    const empty = [...document.querySelectorAll("figure")].filter((figure) => figure.querySelector(".chart") !== null && [...figure.querySelectorAll(".chart")].some((box) => box.querySelectorAll("svg path, svg rect, svg line, svg circle").length < 2)).map((figure) => figure.id);
    return { scroll: document.documentElement.scrollWidth, inner: window.innerWidth, outside, small, broken, empty };
  });
  assert.ok(found.scroll <= found.inner, `at ${width} px the page is ${found.scroll} px wide`);
  assert.deepEqual(found.outside, [], `at ${width} px chart texts leave the page`);
  assert.deepEqual(found.small, [], `at ${width} px some text is under 11 px`);
  assert.deepEqual(found.broken, [], `at ${width} px marks are broken`);
  assert.deepEqual(found.empty, [], `at ${width} px figures lack marks`);
}

/** Sections that the program wrote as markup: in their places, nothing wider than its column, all that opens opened. */
async function carried(page, width) {
  const found = await page.evaluate(() => {
    const order = [...document.querySelectorAll(".sheet > section")].map((section) => section.id);
    const sections = [...document.querySelectorAll("section.carried")];
    for (const fold of document.querySelectorAll(".carried details")) fold.open = true;
    const wide = [];
    for (const section of sections) {
      const right = section.querySelector(".content").getBoundingClientRect().right;
      for (const element of section.querySelectorAll(".content *")) {
        // what scrolls in a frame of its own may be wider; the frame may not
        if (element.closest(".wide, .scroll") !== null && !element.matches(".wide, .scroll")) continue;
        const box = element.getBoundingClientRect();
        if (box.width > 0 && box.right > right + 1) wide.push(`${section.id}: ${element.tagName} ${element.textContent.slice(0, 60)}`);
      }
    }
    const shrunk = sections.flatMap((section) => [...section.querySelectorAll("svg")]).filter((svg) => svg.getBoundingClientRect().width < 0.9 * Number(svg.getAttribute("width"))).map((svg) => svg.getAttribute("aria-label"));
    const broken = sections.flatMap((section) => [...section.querySelectorAll("svg *")]).filter((element) => [...element.attributes].some((attribute) => /NaN|undefined|Infinity/.test(attribute.value))).map((element) => element.outerHTML.slice(0, 120));
    return { order, wide, shrunk, broken, scroll: document.documentElement.scrollWidth, inner: window.innerWidth, left: document.querySelectorAll("#report > section.carried").length };
  });
  assert.equal(found.left, 0, "every section of the program's is in its place");
  const places = ["taxpayer", "card", "evidence", "asked", "happened", "later", "assumptions"].map((id) => found.order.indexOf(id)).filter((at) => at >= 0);
  assert.deepEqual(places, [...places].sort((a, b) => a - b), "the card and the evidence stand before what really happened, what was published later after it");
  assert.deepEqual(found.wide, [], `at ${width} px parts leave their column`);
  assert.deepEqual(found.shrunk, [], `at ${width} px drawings are too small to read`);
  assert.deepEqual(found.broken, [], `at ${width} px drawings are broken`);
  assert.ok(found.scroll <= found.inner, `at ${width} px with everything open the page is ${found.scroll} px wide`);
}

/** Text of the program's sections stands out from the dark page: colors of the light one would not. */
async function legible(page) {
  const faint = await page.evaluate(() => {
    const luminance = (color) => {
      const [r, g, b] = color.match(/[\d.]+/g).map(Number).map((value) => { const c = value / 255; return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; });
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const paper = luminance(getComputedStyle(document.body).backgroundColor);
    const ratio = (color) => (Math.max(luminance(color), paper) + 0.05) / (Math.min(luminance(color), paper) + 0.05);
    return [...document.querySelectorAll(".carried *")]
      .filter((element) => element.closest("mark") === null && [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim() !== ""))
      .filter((element) => ratio(element instanceof SVGElement ? getComputedStyle(element).fill : getComputedStyle(element).color) < 4.5)
      .map((element) => element.textContent.slice(0, 60));
  });
  assert.deepEqual(faint, [], "on a dark screen texts are too faint (under 4.5:1)");
}

async function check(browser, file, shots) {
  const url = pathToFileURL(resolve(file)).href;
  const problems = [];
  const open = async (options) => {
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, acceptDownloads: true, ...options });
    await context.addInitScript(installReader);
    const page = await context.newPage();
    page.on("console", (message) => { if (["error", "warning"].includes(message.type())) problems.push(`console ${message.type()}: ${message.text()}`); });
    page.on("pageerror", (error) => problems.push(`page error: ${error.message}`));
    page.on("request", (request) => { if (request.url() !== url && !request.url().startsWith("blob:")) problems.push(`request to ${request.url()}`); });
    await page.goto(url);
    await page.waitForSelector("html[data-drawn]");
    await page.waitForFunction(() => [...document.querySelectorAll(".chart")].every((box) => box.querySelector("svg") !== null));
    return page;
  };
  const paper = (page) => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const shot = async (page, name) => { if (shots !== undefined) await page.screenshot({ path: join(shots, `report-${name}.png`), fullPage: true }); };

  const page = await open({});
  const report = JSON.parse(await page.locator("#report-data").textContent());
  assert.equal(await page.evaluate(() => document.querySelectorAll(".trouble").length), 0, "every section is drawn");
  assert.ok((await page.locator(".masthead").textContent()).includes(report.head.disclaimer), `the masthead says: ${report.head.disclaimer}`);
  assert.equal(await page.locator("h1").textContent(), report.head.title, "the title is the document's");
  const titles = await page.locator("h3").allTextContents();
  const curves = report.curve.after_pct.length > 0 ? [report.curve, report.curve.change] : [report.curve];
  for (const title of [report.answer.range, ...curves, report.fan].map((figure) => figure.title)) assert.ok(titles.includes(title), `a figure is titled: ${title}`);
  const checked = await marks(page, report);
  await fits(page, 1280);
  await carried(page, 1280);
  await shot(page, "1280");
  await tables(page, report);
  await keyboardOnFans(page, report);
  await saving(page);
  assert.equal(await page.evaluate(() => window.hacked), undefined, "text of the document does not run");
  const light = await paper(page);
  for (const width of WIDTHS.slice(1)) {
    await page.setViewportSize({ width, height: 900 });
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    await fits(page, width);
    await marks(page, report);
    await carried(page, width);
    await shot(page, String(width));
  }
  await page.context().close();

  const dark = await open({ colorScheme: "dark" });
  assert.notEqual(await paper(dark), light, "dark screens get a dark page");
  await fits(dark, 1280);
  await legible(dark);
  await shot(dark, "dark");
  await dark.emulateMedia({ media: "print", colorScheme: "dark" });
  assert.equal(await paper(dark), "rgb(255, 255, 255)", "paper is white whatever the screen");
  await marks(dark, report);
  await dark.emulateMedia({ media: null, colorScheme: "dark" });
  const pdf = await dark.pdf({ preferCSSPageSize: true, printBackground: true, ...(shots === undefined ? {} : { path: join(shots, "report.pdf") }) });
  assert.ok(pdf.subarray(0, 5).toString() === "%PDF-" && pdf.length > 20_000, "the page prints to PDF");
  await dark.context().close();

  assert.deepEqual(problems, [], "no complaint and no request");
  return { checked, figures: titles.length, pdfPages: pdf.toString("latin1").match(/\/Type\s*\/Page\b/g)?.length ?? 0 };
}

async function main() {
  const [file, shots] = process.argv.slice(2);
  await access(CHROMIUM).catch(() => { throw new Error(`no browser at ${CHROMIUM}: apt-get install -y chromium, or set CHROMIUM to its path`); });
  if (shots !== undefined) await mkdir(shots, { recursive: true });
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
  const folder = await mkdtemp(join(tmpdir(), "brandish-web-"));
  try {
    const pages = [];
    if (file !== undefined) pages.push([file, file]);
    else {
      const { writePage } = await import("./page.mjs");
      for (const variant of ["mock", "hostile", "sparse", "stress"]) {
        const path = join(folder, `${variant}.html`);
        await writePage(path, variant);
        pages.push([variant, path]);
      }
    }
    for (const [name, path] of pages) {
      const { checked, figures, pdfPages } = await check(browser, path, shots);
      console.log(`${name}: ok, ${figures} figures, ${checked} end points, ${pdfPages} printed pages`);
    }
  } finally {
    await browser.close();
    await rm(folder, { recursive: true, force: true });
  }
}

await main().catch((error) => {
  console.error(error instanceof assert.AssertionError ? `browser test failed: ${error.message}` : error);
  process.exitCode = 1;
});
