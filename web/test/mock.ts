// A plausible document for tests: deterministic, no random numbers, shapes like a run of japan-card. The numbers are
// made up here and appear nowhere else; tests compare the drawn page with this document, never with the world.

import type { Band, BandSeries, CampLetter, FlowNode, Report } from "../src/model.js";

const TENORS = [
  ["1M", 1 / 12], ["1.5M", 0.125], ["2M", 1 / 6], ["3M", 0.25], ["4M", 1 / 3], ["6M", 0.5], ["1Y", 1],
  ["2Y", 2], ["3Y", 3], ["5Y", 5], ["7Y", 7], ["10Y", 10], ["20Y", 20], ["30Y", 30],
] as const;
const BEFORE = [4.38, 4.36, 4.35, 4.31, 4.38, 4.22, 3.92, 3.7, 3.69, 3.81, 4.02, 4.25, 4.75, 4.74];
const SCALE: Record<CampLetter, number> = { S: 9.2, C: 19.6, F: 44, X: 44 };
const SPREAD: Record<CampLetter, number> = { S: 0.34, C: 0.36, F: 0.44, X: 0 };
const HEADLINE: CampLetter[] = ["S", "C", "F"];
const SALE_END = 63;
const LAST = 252;

/** Lognormal-shaped quantiles around a median. */
export function band(median: number, spread: number): Band {
  const at = (z: number) => median * Math.exp(spread * z);
  const low = median < 0 ? at(1.645) : at(-1.645);
  const high = median < 0 ? at(-1.645) : at(1.645);
  const q1 = median < 0 ? at(0.674) : at(-0.674);
  const q3 = median < 0 ? at(-0.674) : at(0.674);
  return { p05: low, p25: q1, p50: median, p75: q3, p95: high, mc_se: Math.abs(median) * spread * 0.06, central: median * 0.985 };
}

function series(values: number[], spread: number): BandSeries {
  const bands = values.map((value, day) => band(value, spread * (1 + day / 900)));
  const pick = (key: keyof BandSeries) => bands.map((entry) => entry[key]);
  return { p05: pick("p05"), p25: pick("p25"), p50: pick("p50"), p75: pick("p75"), p95: pick("p95"), central: pick("central") };
}

const announced = (letter: CampLetter, day: number) => (day === 0 ? 0
  : SCALE[letter] * (0.94 + 0.13 * Math.min(1, day / 25) - 0.12 * Math.max(0, Math.min(1, (day - 30) / 33))) * (day <= SALE_END ? 1 : 0.62 + 0.38 * Math.exp(-(day - SALE_END) / 45)));
const silent = (letter: CampLetter, day: number) => (day <= SALE_END
  ? SCALE[letter] * 1.5 * (day / SALE_END) ** 0.85
  : SCALE[letter] * (0.62 + 0.88 * Math.exp(-(day - SALE_END) / 22)));
const shape = (years: number) => (years < 0.3 ? 0.42 : years < 1 ? 0.5 + 0.3 * years : 1.12 - 0.06 * Math.abs(Math.log(years / 4)));

function businessDays(from: string, count: number): string[] {
  const dates: string[] = [];
  let time = Date.parse(`${from}T00:00:00Z`);
  while (dates.length < count) {
    const date = new Date(time);
    if (date.getUTCDay() % 6 !== 0) dates.push(date.toISOString().slice(0, 10));
    time += 86_400_000;
  }
  return dates;
}

function argmax(values: readonly number[]): number {
  return values.reduce((best, value, i) => (value > (values[best] ?? -Infinity) ? i : best), 0);
}

const peak = (values: readonly number[]) => {
  const day = argmax(values);
  const value = values[day] ?? 0;
  return { day, value, label: `${value >= 9.95 ? value.toFixed(0) : value.toFixed(1)}\u202fbp, day ${day}` };
};

const SECTORS = [
  ["foreign official", "slow", 3.3, 300], ["pension/insurer", "slow", 11.8, 150], ["household/other", "slow", 14.7, 120], ["banks", "slow", 15.3, 80],
  ["foreign private", "slow", 43.8, 60], ["mutual funds/ETF", "slow", 37.7, 45], ["hedge funds (slow)", "slow", 52.4, 25], ["money funds", "slow", 15.7, 15],
] as const;

const HOLDERS: [string, number, boolean][] = [
  ["other foreign private", 1.33, false], ["Federal Reserve", 1.2, false], ["pension/insurer", 0.94, false], ["household/other", 0.85, false], ["other foreign official", 0.73, false],
  ["mutual funds/ETF", 0.52, false], ["hedge funds (slow)", 0.35, false], ["Japan", 0.32, true], ["banks", 0.26, false], ["specialists", 0.11, false], ["money funds", 0.05, false], ["forced sellers", -0.02, false],
];

export function mockReport(): Report {
  const days = Array.from({ length: LAST + 1 }, (_, i) => i);
  const dates = businessDays("2025-05-01", LAST + 1);
  const fanPanels = HEADLINE.map((letter) => {
    const main = days.map((day) => announced(letter, day));
    const other = days.map((day) => silent(letter, day));
    return { letter, series: series(main, SPREAD[letter]), other_p50: other, peak: peak(main), other_series: series(other, SPREAD[letter]), other_peak: peak(other) };
  });
  const heatDays = days.filter((day) => day >= 1 && day <= 126 && day % 2 === 1);
  const grid = (letter: CampLetter, factor: number) => TENORS.map(([, years]) => heatDays.map((day) => announced(letter, day) * shape(years) * factor * (years < 1 && day > 84 ? 0.8 : 1)));
  const sold = days.map((day) => Math.min(1, day / SALE_END) * 300);
  const soldEquivalents = sold.map((value) => value * 0.58);
  const slowFace = SECTORS.map(([, , end, life]) => days.map((day) => (sold[day] ?? 0) / 300 * end * (1 - Math.exp(-day / life)) / (1 - Math.exp(-LAST / life))));
  const left = (values: number[][], total: number[]) => days.map((day) => (total[day] ?? 0) - values.reduce((sum, row) => sum + (row[day] ?? 0), 0));
  const face = [...slowFace, left(slowFace, sold)];
  const slowEquivalents = slowFace.map((row, i) => row.map((value) => value * (i === 7 ? 0.03 : 0.62)));
  const equivalents = [...slowEquivalents, left(slowEquivalents, soldEquivalents)];
  const sectors = [...SECTORS.map(([name, kind]) => ({ name, kind })), { name: "specialists", kind: "specialists" as const }];
  const thinned = days.filter((day) => day <= SALE_END || day % 7 === 0);
  const pickDays = (values: readonly number[]) => thinned.map((i) => values[i] ?? 0);
  const nodes: FlowNode[] = sectors.map((sector, i) => ({ ...sector, first: face[i]?.[SALE_END] ?? 0, second: face[i]?.[LAST] ?? 0 }));
  const bands = (letter: CampLetter) => TENORS.map(([, years]) => band(announced(letter, SALE_END) * shape(years), SPREAD[letter]));
  const loss: Record<CampLetter, number> = { S: 1.3, C: 2.7, F: 6.1, X: 6.1 };
  const steps = (letter: CampLetter) => {
    const k = loss[letter];
    const parts = [["Sold too low", -k], ["Mark on the state\u2019s rest", -2 * k], ["Mark on private holdings", -0.6 * k], ["Recovers by day 252", 0.9 * k]] as const;
    const total = parts.reduce((sum, [, value]) => sum + value, 0);
    return [...parts.map(([label, value]) => ({ label, band: band(value, SPREAD[letter]), total: false })), { label: "After a year", band: band(total, SPREAD[letter] * 1.2), total: true }];
  };
  const FISCAL = Array.from({ length: 10 }, (_, i) => String(2025 + i));
  const fiscalYears = (letter: CampLetter, part: number) => FISCAL.map((_, i) => band((0.2 + 0.27 * i) * SCALE[letter] * part, SPREAD[letter]));
  const quarters = (letter: CampLetter) => [0.35, 0.9, 1.5, 2.1].map((value) => band((value * SCALE[letter]) / 9.2, SPREAD[letter]));
  const cell = (letter: CampLetter, value: number, digits = 1) => {
    const b = band(value, SPREAD[letter]);
    return letter === "X" ? { letter, median: value.toFixed(digits), range: "central, no band" }
      : { letter, median: value.toFixed(digits), range: `${b.p05.toFixed(digits)} to ${b.p95.toFixed(digits)} \u00b7 ${b.mc_se < 0.05 ? "<\u00b10.1" : `\u00b1${b.mc_se.toFixed(digits)}`}` };
  };
  const row = (label: string, unit: string, factor: number, x: number | null, digits = 1) => ({
    label, unit, cells: [...HEADLINE.map((letter) => cell(letter, SCALE[letter] * factor, digits)), x === null ? { letter: "X" as const, median: "= F", range: "" } : cell("X", x, digits)],
  });
  const observedBp = [0, 0, 0, 2, 3, 4, 8, 13, 13, 11, 9, 8, 6, 5];
  const observedDates = businessDays("2025-04-28", 54);
  return {
    schema: 1,
    head: {
      product: "brandish", scenario: "japan-card", title: "What if Japan sold $300bn of Treasuries in a quarter?",
      dek: "An announced sale, $4.8bn a business day for 63 days, no Federal Reserve response. Three camps of published evidence disagree about what that does; each is shown on its own and they are never averaged.",
      as_of: "2025-05-01", run_id: "mock-0001", version: "0.1.0", disclaimer: "Not a forecast",
    },
    camps: [
      { letter: "S", name: "Supply", stress: false, draws: 200, failed: 0, sentence: "studies of supply and asset purchases describe what a large seller does, with crisis evidence for the first weeks." },
      { letter: "C", name: "Centre", stress: false, draws: 200, failed: 0, sentence: "the geometric middle of S and F." },
      { letter: "F", name: "Foreign-official", stress: false, draws: 200, failed: 3, sentence: "regressions on foreign official flows carry over to a sale of this size." },
      { letter: "X", name: "Stress bound", stress: true, draws: 0, failed: 0, sentence: "one study and one parameter; differs from F only when the sale is silent. For stress tests, not a result." },
    ],
    days, dates, sale_end_day: SALE_END,
    answer: {
      lines: [
        { lead: "Yields.", text: "The 10Y rises 9.8, 21 or 47\u202fbp at its peak, by camp. 80% or more of that comes on day 1.", marks: [{ letter: "S", text: "9.8" }, { letter: "C", text: "21" }, { letter: "F", text: "47\u202fbp" }] },
        { lead: "Buyers.", text: "On day 63 specialists hold 40 to 62% of what was sold; a year later 67 to $146bn is still with them." },
        { lead: "Costs.", text: "Japan loses 1.3 to $6.1bn in worse prices. The US pays 5 to $21bn more interest in twelve months." },
        { lead: "The yen.", text: "No proceeds are converted, so the yen does not move for this reason." },
        { lead: "What happened.", text: "Japan did not sell. On 2 May 2025 the 10Y rose 8\u202fbp, on a payrolls day, with the MOVE index down 5.5%." },
      ],
      range: {
        title: "The camps differ by a factor of 5", sub: "10Y yield at its peak, announced sale: median, 50% and 90% band, bp", source: "200 draws a camp", unit: "bp",
        camps: HEADLINE.map((letter) => ({ letter, band: band(Math.max(...days.map((day) => announced(letter, day))), SPREAD[letter]) })),
      },
    },
    key: {
      title: "Every figure differs between camps by a factor of 4 to 5", sub: "", source: "200 draws a camp, seed 20250502",
      rows: [
        row("10Y, first day", "announced, bp", 0.94, null), row("10Y, peak", "announced, bp", 1.07, null), row("10Y, peak", "silent, bp", 1.5, 198),
        row("10Y, long run", "bp", 0.6, null), row("Execution loss", "seller, announced, $bn", 0.14, null), row("US interest, 12 months", "announced, $bn", 0.5, null),
      ],
    },
    curve: {
      title: "The whole curve moves up, by 8.8, 19 or 42\u202fbp at ten years", sub: "Par yield by tenor before (1 May 2025, Treasury par curve) and on day 63, median of each camp, %", source: "200 draws a camp",
      day: SALE_END, tenors: TENORS.map(([label, years]) => ({ label, years })), before_pct: BEFORE,
      after_pct: HEADLINE.map((letter) => ({ letter, p50: BEFORE.map((value, i) => value + (announced(letter, SALE_END) * shape(TENORS[i]?.[1] ?? 1)) / 100) })),
      change: { title: "Every tenor rises; two to seven years most", sub: "Change on day 63 by tenor, median with 50% and 90% band, bp", source: "200 draws a camp", camps: HEADLINE.map((letter) => ({ letter, bands: bands(letter) })) },
    },
    fan: {
      title: "Announcing brings the move forward to day 1 and makes the peak lower", sub: "Change in the 10Y by business day, median with 50% and 90% band, bp. Dashed: median of the other mode",
      note: "Stress bound X, silent: 198\u202fbp on day 63, off this scale. Announced, X equals F.", source: "200 draws a camp",
      tenor: "10Y", this_mode: "announced", other_mode: "silent", panels: fanPanels,
    },
    heat: {
      title: "The rise is broad, arrives at once and outlives the sale", sub: "Change in par yield by tenor and business day, announced, median, bp. Dotted: the sale ends", source: "200 draws a camp",
      days: heatDays, tenors: TENORS.map(([label]) => label),
      panels: HEADLINE.map((letter) => ({ letter, p50: grid(letter, 1), p05: grid(letter, 0.55), p95: grid(letter, 1.9) })),
    },
    buyers: {
      title: "Specialists carry half of it at the end of the sale and 35% after a year", sub: "Holdings of what was sold, by sector and business day, camp C, announced, median. Black line: sold so far. Slow money from pale (fast) to dark (slow)",
      source: "200 draws a camp", camp: "C", sectors, days: thinned.map((i) => days[i] ?? 0), sold_face: pickDays(sold), sold_ten_year_equivalents: pickDays(soldEquivalents), face: face.map(pickDays), ten_year_equivalents: equivalents.map(pickDays),
      table: [SALE_END, LAST].flatMap((day) => sectors.map((sector, i) => ({ sector: sector.name, day, face: band(face[i]?.[day] ?? 0, 0.2), ten_year_equivalents: band(equivalents[i]?.[day] ?? 0, 0.2) }))),
      sum_note: "Adds up: sold 300.0 + forced 0.0 = absorbed 300.0 on day 63 and day 252.",
      flows: {
        title: "$40bn passes from specialists to slower hands within the year", sub: "From the seller to the holders on day 63 and day 252, camp C, central parameters, $bn face. The middle node pools what changes hands; who sold to whom is not identified",
        source: "central parameters", seller: "Japan", sold: 300, first_day: SALE_END, second_day: LAST, nodes, sum_note: "Adds up: 300.0 on day 63 and 300.0 on day 252 of 300.0 sold, no forced sales, no Fed purchases.",
      },
    },
    inventory: null,
    seller: {
      title: "Japan\u2019s own loss is mostly on what it keeps: 3.5 to $16.5bn after a year", sub: "Japan\u2019s account, announced, medians with 90% band (line), $bn; losses to the left", note: "Marks on day 63; recovery to day 252. Same maturity mix assumed.",
      source: "200 draws a camp", who: "Japan", panels: HEADLINE.map((letter) => ({ letter, steps: steps(letter) })),
      beside: HEADLINE.flatMap((letter) => [
        { letter, label: "Closing value", band: band(825.9 - loss[letter], 0.01) }, { letter, label: "Coupons received", band: band(21.4, 0.001) },
      ]),
      own_currency: HEADLINE.map((letter) => ({ letter, label: "After a year", band: band(-loss[letter] * 2.7 * 145, SPREAD[letter]), unit: "\u00a5bn" })),
    },
    accounts: {
      title: "Holders of Treasuries lose 64 to $300bn together, Japan 3.5 to $16.5bn of it", sub: "Profit and loss by holder on day 252, announced: median and 90% band, $bn; losses to the left",
      note: "Prices are those of the as-of settlement: coupons are no part of P&L.", source: "200 draws a camp", day: LAST,
      panels: HEADLINE.map((letter) => ({ letter, bars: HOLDERS.map(([holder, share, named]) => ({ holder, named, band: band(-share * SCALE[letter], SPREAD[letter]) })) })),
      rows: HEADLINE.flatMap((letter) => HOLDERS.map(([holder, share]) => ({
        holder, letter, opening: 1000, coupons: band(12.5, 0.001), execution: band(0.02 * SCALE[letter], 0.2), mark: band(-share * SCALE[letter], SPREAD[letter]), pnl: band(-share * SCALE[letter], SPREAD[letter]),
        closing: band(1000 - share * SCALE[letter], 0.01), bounds: holder === "Japan" ? null : [-1.4 * share * SCALE[letter], -0.6 * share * SCALE[letter]],
      }))),
      securities: HEADLINE.map((letter) => ({ holder: "Japan", cusip: "91282CJG7", letter, entries: [5, 0.12, -0.01, -0.03, -0.04, 4.2] })),
      sum_note: "All accounts add up to the change in market value of everything outstanding. Day 252, central parameters, $bn: S \u221263.9, C \u2212130.4 and F \u2212297.5.",
    },
    taxpayer: {
      title: "Within twelve months the US pays 4.9 to $23bn more interest", sub: "Extra interest by quarter of rollover, announced: median (bar and figure below) and 90% band (line), $bn", note: "What matures is rolled over at each month\u2019s yields; floating-rate notes reset weekly.",
      source: "200 draws a camp", periods: ["May\u2013Jul", "Aug\u2013Oct", "Nov\u2013Jan", "Feb\u2013Apr"],
      panels: HEADLINE.map((letter) => ({ letter, bands: quarters(letter), total: band((4.85 * SCALE[letter]) / 9.2, SPREAD[letter]) })),
      fiscal: {
        title: "Over fiscal 2025-2034 the Treasury pays 130 to $700bn more interest", sub: "Extra interest by fiscal year, gross: median and 90% band, $bn", source: "200 draws a camp",
        note: "Fiscal years end on 30 September; of the first only the days that are left count.",
        years: FISCAL, panels: HEADLINE.map((letter) => ({ letter, bands: fiscalYears(letter, 1), total: band(14 * SCALE[letter], SPREAD[letter]), net: band(12.6 * SCALE[letter], SPREAD[letter]), of_baseline_pct: band(0.1 * SCALE[letter], SPREAD[letter]) })),
        lines: HEADLINE.flatMap((letter) => ([["bills, notes, bonds refinanced", 0.6], ["new borrowing", 0.4], ["gross", 1], ["net of the Fed", 0.9]] as const).map(([label, part]) => ({ letter, label, bands: fiscalYears(letter, part), total: band(14 * SCALE[letter] * part, SPREAD[letter]) }))),
        baseline_usd_bn: FISCAL.map((_, i) => 952 + 80 * i),
        notes: ["Borrowing and net interest of the baseline: Congressional Budget Office, 2025-01.", "Net of government accounts: not available."],
      },
    },
    usdjpy: {
      title: "The dollar falls by 0.4 to 2.1% against the yen", sub: "USDJPY, long-run effect of the converted share, median, 50% and 90% band, %", source: "elasticity: judgement", level: 145.42, level_date: "2025-05-01",
      panels: HEADLINE.map((letter) => ({ letter, band_pct: band(-SCALE[letter] * 0.047, 0.5) })),
      interventions: { caption: "Interventions", head: ["days", "yen, bn", "1 day, %"], rows: [["2024-07-11 to 2024-07-12", "5534.8", "\u22122.37"], ["2026-07-30 to 2026-08-27 (total)", "15399.3", "\u2013"]] },
    },
    markets: {
      title: "On days of a sale\u2019s kind only MOVE follows the ten-year yield in a stable way", sub: "Response over its standard error", source: "mock", note: "A supply shock is not a growth shock.",
      least_ratio: 3,
      points: [
        { market: "S&P 500", regime: "seller days", ratio: 1.6, stable: false, read: true },
        { market: "MOVE", regime: "supply", ratio: 3.3, stable: true, read: true },
        { market: "MOVE", regime: "growth", ratio: -3.1, stable: true, read: false },
        { market: "high yield", regime: "growth", ratio: -6.3, stable: true, read: false },
      ],
      tables: [{ caption: "What past episodes say", head: ["market", "kind of day", "per +10 bp", "verdict"], rows: [["MOVE, %", "supply", "+3.60 \u00b1 1.11", "stable"], ["SOL, %", "supply", "\u2013", "not available: only 4 days"]] }],
    },
    happened: {
      title: "2 May has the shape of a payrolls day, not of a seller", sub: "Change in par yield from 1 to 2 May 2025 by tenor, bp", source: "Treasury par yields; events", note: "VIX \u22127.8%, MOVE \u22125.5% that day.",
      statement: ["No sale followed. Japan\u2019s holdings in April were first published at $1,134.5bn, up $3.7bn."],
      quotes: [
        { text: "It does exist as a card. Whether or not we use that card is a different decision.", who: "Katsunobu Kato, finance minister, TV Tokyo", date: "2025-05-02", quality: "multiple reports, translation" },
        { text: "The comments weren\u2019t meant to suggest selling Treasury holdings.", who: "Katsunobu Kato, Milan", date: "2025-05-04", quality: "multiple reports, translation" },
      ],
      event_day: "2025-05-02", observed: TENORS.map(([tenor, years], i) => ({ tenor, years, bp: observedBp[i] ?? 0 })),
      path: observedDates.map((date, i) => ({ date, ten_year_pct: 4.35 + 0.13 * Math.sin(i / 7) + 0.06 * Math.sin(i / 2.3) })),
      events: [
        { number: 1, date: "2025-05-01", text: "Second round of talks, 130 minutes. Currencies not on the agenda.", quality: "reported", id: "T17" },
        { number: 2, date: "2025-05-02", text: "Kato on TV Tokyo: \u201cIt does exist as a card.\u201d", quality: "multiple reports", id: "T18" },
        { number: 3, date: "2025-05-02", text: "Payrolls +177,000 against about 130,000 expected.", quality: "reported", id: "T19" },
        { number: 4, date: "2025-05-04", text: "Kato in Milan takes it back.", quality: "multiple reports", id: "T20" },
        { number: 5, date: "2025-05-16", text: "Holdings for March: Japan $1,130.8bn. Moody\u2019s cuts the US after the close.", quality: "reported", id: "T22" },
        { number: 6, date: "2025-06-18", text: "Holdings for April: Japan $1,134.5bn.", quality: "reported", id: "T26" },
        { number: 7, date: "2025-07-07", text: "Letter: 25% on all Japanese goods from 1 August.", quality: "reported", id: "T27" },
        { number: 8, date: "2025-07-22", text: "Deal: 15% including cars, $550bn investment vehicle.", quality: "reported", id: "T29" },
      ],
      beliefs: [0, 0.1, 0.5].map((p) => ({ p, cells: HEADLINE.map((letter) => ({ letter, band: band(SCALE[letter] * 0.68 * p, SPREAD[letter]) })) })),
      excluded: [{ letter: "S", text: "No belief lies outside an ordinary day\u2019s noise." }, { letter: "C", text: "No belief lies outside an ordinary day\u2019s noise." }, { letter: "F", text: "p above 0.58 lies outside an ordinary day\u2019s noise." }],
      ordinary_day_sd_bp: 5.7,
    },
    assumptions: [
      { name: "Long run, 10Y per $100bn", value: "S 1.55, C 3.59, F 8.31", unit: "bp", range: "90% within a camp: x 0.6 to 1.8", source: "Williams; Beltran et al.; geometric mean" },
      { name: "Learning from silent sales", value: "0.5", unit: "expected per dollar seen", range: "0.2 to 0.8", source: "ours" },
      { name: "Federal Reserve", value: "no response", unit: "", range: "", source: "scenario" },
      { name: "Proceeds", value: "left in dollar deposits", unit: "", range: "", source: "scenario" },
    ],
    warnings: [
      { code: "BR012", text: "Holdings by CUSIP are inferred, not disclosed." },
      { code: "BR020", text: "Policy-rate, inflation and safe-haven channels, the Treasury\u2019s own supply response and pressure within a day are outside." },
    ],
    manifest: [
      { label: "scenario", value: "japan-card (mock, not a run of brandish)" }, { label: "as_of", value: "2025-05-01" },
      { label: "snapshot", value: "sha256 0000000000000000000000000000000000000000000000000000000000000000" }, { label: "draws", value: "200 a camp, seed 20250502" },
    ],
    sources: [
      { id: "par_yields", publisher: "US Treasury", series: "Daily par yield curve", url: "https://home.treasury.gov/", vintage: "2025-05-01", quality: "official", licence: "public domain" },
      { id: "tic", publisher: "US Treasury", series: "Major foreign holders", url: "https://ticdata.treasury.gov/", vintage: "2025-04-16", quality: "official, first print", licence: "public domain" },
    ],
  };
}

/** The same document with untrusted text wherever text is printed: none of it may become markup or run. */
export function hostileReport(): Report {
  const attack = "<img src=x onerror=\"window.hacked=1\"></script><script>window.hacked=1</script>";
  return JSON.parse(JSON.stringify(mockReport(), (key, value: unknown) => (
    typeof value === "string" && ["title", "sub", "note", "source", "text", "lead", "name", "sentence", "who", "quality", "label", "value", "range", "dek", "scenario", "run_id", "url", "id", "sum_note", "holder", "cusip"].includes(key)
      ? `${value} ${attack}` : value)));
}

/** The least a run can hold: one camp, a short silent sale, everything optional missing. */
export function sparseReport(): Report {
  const full = mockReport();
  const keep = 11;
  const cut = <T>(values: T[]) => values.slice(0, keep);
  const only = <T extends { letter: CampLetter }>(items: T[]) => items.filter((item) => item.letter === "C");
  return {
    ...full,
    head: { ...full.head, scenario: "one-camp", title: "What if one camp is asked about ten days?" },
    camps: only(full.camps), days: cut(full.days), dates: cut(full.dates), sale_end_day: null,
    answer: { lines: full.answer.lines.slice(0, 3).map(({ lead, text }) => ({ lead, text })), range: { ...full.answer.range, camps: only(full.answer.range.camps) } },
    key: { ...full.key, rows: full.key.rows.map((row) => ({ ...row, cells: only(row.cells) })) },
    curve: {
      ...full.curve, before_pct: full.curve.before_pct.map((value, i) => (i === 1 ? null : value)),
      after_pct: only(full.curve.after_pct).map(({ letter, p50 }) => ({ letter, p50: p50.map((value, i) => (i === 1 ? null : value)) })),
      change: { ...full.curve.change, camps: only(full.curve.change.camps) },
    },
    fan: {
      ...full.fan, other_mode: null,
      panels: only(full.fan.panels).map(({ letter, series: all, peak: top }) => ({
        letter, other_p50: null, peak: { ...top, day: Math.min(top.day, keep - 1), value: all.p50[Math.min(top.day, keep - 1)] ?? 0 },
        series: { p05: cut(all.p05), p25: cut(all.p25), p50: cut(all.p50), p75: cut(all.p75), p95: cut(all.p95), central: cut(all.central) },
      })),
    },
    heat: { ...full.heat, days: full.heat.days.slice(0, 5), panels: only(full.heat.panels).map((panel) => ({ ...panel, p50: panel.p50.map((row) => row.slice(0, 5)) })) },
    buyers: {
      ...full.buyers, days: cut(full.buyers.days), sold_face: cut(full.buyers.sold_face), sold_ten_year_equivalents: cut(full.buyers.sold_ten_year_equivalents),
      face: full.buyers.face.map(cut), ten_year_equivalents: full.buyers.ten_year_equivalents.map(cut), flows: null,
    },
    seller: null, accounts: null, usdjpy: null, markets: null, happened: null, assumptions: [], warnings: [],
    taxpayer: { ...full.taxpayer, panels: only(full.taxpayer.panels), fiscal: null },
  };
}

/** A silent sale in which the stress camp is drawn too: own row, own scale, never beside the others; and an inventory. */
export function stressReport(): Report {
  const full = mockReport();
  const flat = (value: number): Band => ({ p05: value, p25: value, p50: value, p75: value, p95: value, mc_se: 0, central: value });
  const rows = (values: number[]): BandSeries => ({ p05: values, p25: values, p50: values, p75: values, p95: values, central: values });
  const path = full.days.map((day) => silent("X", day) * 3);
  const tall = full.heat.panels[2];
  const buckets = ["0-6m", "6-12m", "1-2y", "2-3y", "3-5y", "5-7y", "7-10y", "10-15y", "15-20y", "20-25y", "25-30y"];
  const bucketRows = buckets.map((_, i) => full.heat.days.map((day) => 9 * Math.sin((day / 126) * 3 + i * 0.9) * (i % 3 === 1 ? -0.5 : 1)));
  return {
    ...full,
    head: { ...full.head, scenario: "japan-silent", title: "What if Japan sold $300bn and said nothing?" },
    answer: { ...full.answer, range: { ...full.answer.range, camps: [...full.answer.range.camps, { letter: "X", band: flat(198) }] } },
    curve: {
      ...full.curve, after_pct: [...full.curve.after_pct, { letter: "X", p50: BEFORE.map((value) => value + 1.98) }],
      change: { ...full.curve.change, camps: [...full.curve.change.camps, { letter: "X", bands: TENORS.map(([, years]) => flat(198 * shape(years))) }] },
    },
    fan: {
      ...full.fan, this_mode: "silent", other_mode: "announced",
      panels: [
        ...full.fan.panels.map(({ letter, series: all, other_p50, peak: top }) => ({ letter, series: all, other_p50, peak: top })),
        { letter: "X", series: rows(path), other_p50: null, peak: peak(path) },
      ],
    },
    heat: { ...full.heat, panels: tall === undefined ? full.heat.panels : [...full.heat.panels, { ...tall, letter: "X" }] },
    inventory: {
      title: "Specialists go short first; on day 63 they carry $43bn of ten-year equivalents", sub: "Specialists\u2019 inventory by maturity bucket and business day, camp C, $bn of ten-year equivalents. Violet: long; green: short",
      source: "200 draws a camp", camp: "C", days: full.heat.days, buckets, p50: bucketRows, p05: bucketRows.map((row) => row.map((value) => value - 2)), p95: bucketRows.map((row) => row.map((value) => value + 2)),
    },
    seller: full.seller === null ? null : { ...full.seller, panels: [...full.seller.panels, { letter: "X", steps: (full.seller.panels[2]?.steps ?? []).map((step) => ({ ...step, band: flat(step.band.p50 * 4) })) }] },
    taxpayer: { ...full.taxpayer, panels: [...full.taxpayer.panels, { letter: "X", bands: [1, 2, 3, 4].map((k) => flat(12 * k)), total: flat(120) }] },
    usdjpy: full.usdjpy === null ? null : { ...full.usdjpy, panels: [...full.usdjpy.panels, { letter: "X", band_pct: flat(-9) }] },
  };
}
