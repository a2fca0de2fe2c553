// What the page is given: one JSON document, written by the report crate and embedded in report.html.
// Numbers arrive ready to draw; sentences (titles, findings, notes) arrive ready to print, so the terminal
// and the page say the same words. Nothing here is computed in the browser except positions of marks.
// The Rust twin of this file is `crates/report/src/view/`; `schema` changes when either side changes shape.

export type CampLetter = "S" | "C" | "F" | "X";

/** Quantiles over draws (a run with fewer than five draws has none: its panels are empty lists); `central` = parameters at their central values; `mc_se` = error of the median. */
export interface Band { p05: number; p25: number; p50: number; p75: number; p95: number; mc_se: number; central: number }

/** One band per day; all arrays have the length of `days`. */
export interface BandSeries { p05: number[]; p25: number[]; p50: number[]; p75: number[]; p95: number[]; central: number[] }

export interface CampInfo {
  letter: CampLetter;
  name: string;            // "Supply and QE evidence"
  stress: boolean;         // camp X: own panel, dashed, never in the headline
  draws: number; failed: number;
  sentence: string;        // what the camp believes, in one sentence
}

export interface Figure { title: string; sub: string; note?: string; source: string }

/** A labeled point on a median: `label` is ready to print ("50 bp, day 21"). */
export interface Peak { day: number; value: number; label: string }

/** Holdings of a sector at the two days of `buyers.flows`, $bn. */
export interface FlowNode { name: string; kind: SectorKind; first: number; second: number }

export type SectorKind = "slow" | "specialists" | "fed" | "switching";

/** the taxpayer's bill of ten fiscal years, $bn; lines and panels are empty where an input was not available, and a note says why */
export interface FiscalBill extends Figure {
  years: string[];
  panels: { letter: CampLetter; bands: Band[]; total: Band; net: Band | null; of_baseline_pct: Band | null }[];
  lines: { letter: CampLetter; label: string; bands: Band[]; total: Band }[];
  baseline_usd_bn: number[];
  notes: string[];
}
/** A table whose cells the Rust side wrote. */
export interface WordTable { caption: string; head: string[]; rows: string[][] }

export interface Report {
  schema: 1;
  head: {
    product: "brandish"; scenario: string; title: string; dek: string;
    as_of: string; run_id: string; version: string;
    disclaimer: string;    // "Not a forecast"
  };
  camps: CampInfo[];       // headline camps first (S, C, F), stress camps last
  days: number[];          // 0, 1, 2 ... ; day 0 is the announcement (all zero)
  dates: string[];         // ISO date per entry of `days`
  sale_end_day: number | null;

  /** 1 the answer: five lines and the range chart (10Y peak per camp). */
  /** `marks`: pieces of `text`, in order of appearance, printed in a camp's color. */
  answer: { lines: { lead: string; text: string; marks?: { letter: CampLetter; text: string }[] | null }[]; range: Figure & { unit: "bp"; camps: { letter: CampLetter; band: Band }[] } };

  /** 2 key figures: label row, a cell per camp. `text` is already formatted ("12.6 to 42.6 · ±0.7"). */
  key: Figure & { rows: { label: string; unit: string; cells: { letter: CampLetter; median: string; range: string }[] }[] };

  /** 3 the curve before and after (par yields, percent) and the change per camp (bp) at `curve.day`. */
  curve: Figure & {
    day: number; tenors: { label: string; years: number }[];
    before_pct: (number | null)[];
    after_pct: { letter: CampLetter; p50: (number | null)[] }[];
    change: Figure & { camps: { letter: CampLetter; bands: Band[] }[] };  // one Band per tenor
  };

  /** 4 day by day: 10Y fan per camp; `other` = the same order in the other mode (silent/announced), medians only. */
  fan: Figure & {
    tenor: string; this_mode: string; other_mode: string | null;
    panels: {
      letter: CampLetter; series: BandSeries; other_p50: number[] | null; peak: Peak;
      /** the other mode with its bands: given for every camp, it is drawn as a second row */
      other_series?: BandSeries | null; other_peak?: Peak | null;
    }[];
  };

  /** 5 maturity by day: median change in bp; rows = tenors, columns = `heat.days`; bands in the same shape for the table. */
  heat: Figure & {
    days: number[]; tenors: string[];
    panels: { letter: CampLetter; p50: number[][]; p05: number[][]; p95: number[][] }[];
  };

  /** 6 who buys, cumulated $bn by day (medians), slowest sector first; specialists last. Two measures. */
  buyers: Figure & {
    camp: CampLetter; sectors: { name: string; kind: SectorKind }[];
    days: number[];                                                       // days of the arrays below: a subset of the report's `days` (daily at first, then weekly)
    sold_face: number[]; sold_ten_year_equivalents: number[];
    face: number[][]; ten_year_equivalents: number[][];                   // [sector][day]
    table: { sector: string; day: number; face: Band; ten_year_equivalents: Band }[];  // at the end of the sale, day 63, day 252
    sum_note: string;                                                      // "sold 300.0 + forced 4.1 = absorbed 304.1"
    /** from the seller to the holders on two days: one consistent path (central parameters), so that it adds up */
    flows?: (Figure & { seller: string; sold: number; first_day: number; second_day: number; nodes: FlowNode[]; sum_note: string }) | null;
  };

  /** 4b why the yield moves: tables ready to print. */
  explained?: (Figure & { tables: { caption: string; head: string[]; rows: string[][] }[] }) | null;
  /** 6b specialists' inventory by maturity bucket and day, $bn of ten-year equivalents, one camp. */
  inventory?: (Figure & { camp: CampLetter; days: number[]; buckets: string[]; p50: number[][]; p05: number[][]; p95: number[][] }) | null;

  /** 7 the seller: waterfall per camp, $bn, positive = gain. */
  seller: Figure & {
    who: string;
    panels: { letter: CampLetter; steps: { label: string; band: Band; total: boolean }[] }[];
    /** closing value, dollars received, coupons: beside the steps, $bn */
    beside?: { letter: CampLetter; label: string; band: Band }[];
    own_currency: { letter: CampLetter; label: string; band: Band; unit: string }[];
  } | null;

  /** 7b who gains, who loses: P&L by holder, $bn, positive = gain; every entry; by security where a portfolio was given. */
  accounts?: (Figure & {
    day: number;
    panels: { letter: CampLetter; bars: { holder: string; named: boolean; band: Band }[] }[];
    rows: {
      holder: string; letter: CampLetter; opening: number; coupons: Band; execution: Band; mark: Band; pnl: Band; closing: Band;
      bounds?: [number, number] | null;   // least and most P&L at central parameters, where securities are inferred
    }[];
    /** opening value, coupons, execution, mark, P&L, closing value at central parameters */
    securities: { holder: string; cusip: string; letter: CampLetter; entries: [number, number, number, number, number, number] }[];
    sum_note: string;
  }) | null;

  /** 8 the taxpayer: extra interest over 12 months, $bn, by quarter of rollover. */
  taxpayer: Figure & { periods: string[]; panels: { letter: CampLetter; bands: Band[]; total: Band }[]; fiscal?: FiscalBill | null };

  /** 9 USDJPY per camp (positive = more yen per dollar). */
  usdjpy: Figure & { level: number; level_date: string; panels: { letter: CampLetter; band_pct: Band }[]; interventions?: WordTable | null } | null;

  /** 9b other markets: responses over their standard errors (to draw), and tables ready to print. */
  markets?: (Figure & {
    points: { market: string; regime: string; ratio: number; stable: boolean; read: boolean }[];
    least_ratio: number; tables: WordTable[];
  }) | null;

  /** 10 what really happened (published after as_of), when the snapshot knows the days. */
  happened: Figure & {
    statement: string[];                                  // sentences
    quotes: { text: string; who: string; date: string; quality: string }[];
    event_day: string | null;
    /** observed first-day change by tenor (bp) */
    observed: { tenor: string; years: number; bp: number }[];
    path: { date: string; ten_year_pct: number }[];       // observed 10Y around the day
    events: { number: number; date: string; text: string; quality: string; id: string }[];
    /** engine's first-day 10Y move for beliefs p = 0, .1, .5 per camp, beside the observed move */
    beliefs: { p: number; cells: { letter: CampLetter; band: Band }[] }[];
    excluded: { letter: CampLetter; text: string }[];     // "p above 0.3 lies outside an ordinary day's noise"
    ordinary_day_sd_bp: number;
    /** titles of the belief panels and of the timeline; without them neutral ones are printed */
    beliefs_figure?: Figure | null; timeline_figure?: Figure | null;
  } | null;

  /** 11 assumptions with sources; 12 warnings; 13 manifest. */
  assumptions: { name: string; value: string; unit: string; range: string; source: string }[];
  warnings: { code: string; text: string }[];
  manifest: { label: string; value: string }[];
  sources: { id: string; publisher: string; series: string; url: string; vintage: string; quality: string; licence: string }[];
}
