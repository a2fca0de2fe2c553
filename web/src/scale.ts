// The geometry that is computed before anything is drawn: ticks, label pushing, cumulated stacks, threshold bins,
// waterfall positions. Pure functions on plain numbers, tested on their own.

/** Round steps 1, 2, 2.5, 5 x 10^k: about `count` ticks that lie inside [low, high]. */
export function niceTicks(low: number, high: number, count: number): number[] {
  if (!(high > low) || count < 1) return [low];
  const raw = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= raw * 0.999) ?? 10) * power;
  const ticks: number[] = [];
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high + step * 1e-9; k++) {
    ticks.push(Number((k * step).toPrecision(12)));
  }
  return ticks;
}

/** The interval that holds `values` and zero, widened by `head` (a share of its length) where it leaves zero. */
export function extentWithZero(values: Iterable<number>, head = 0.06): [number, number] {
  let low = 0;
  let high = 0;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (low === 0 && high === 0) return [0, 1];
  const length = high - low;
  return [low < 0 ? low - head * length : 0, high > 0 ? high + head * length : 0];
}

/** Extends a domain to the next round tick where that tick is near (a third of a step), so that the top is labeled. */
export function roundOut([low, high]: readonly [number, number], count: number): [number, number] {
  const ticks = niceTicks(low, high, count);
  const first = ticks[0];
  const last = ticks[ticks.length - 1];
  if (first === undefined || last === undefined || ticks.length < 2) return [low, high];
  const step = (ticks[1] ?? last) - first;
  return [first - low > 0.65 * step ? first - step : low, high - last > 0.65 * step ? last + step : high];
}

/**
 * Moves label positions apart so that neighbors keep `gap`, staying as close as possible (least squares) to where
 * they belong and inside [low, high] when they fit. Order is kept; the result has the order of the input.
 * Method: with z = y - i * gap the constraint is monotony, solved by pooling adjacent violators.
 */
export function pushApart(positions: readonly number[], gap: number, low = -Infinity, high = Infinity): number[] {
  const order = positions.map((_, i) => i).sort((a, b) => (positions[a] ?? 0) - (positions[b] ?? 0) || a - b);
  const blocks: { sum: number; count: number }[] = [];
  order.forEach((index, rank) => {
    blocks.push({ sum: (positions[index] ?? 0) - rank * gap, count: 1 });
    for (;;) {
      const last = blocks[blocks.length - 1];
      const before = blocks[blocks.length - 2];
      if (last === undefined || before === undefined || before.sum / before.count <= last.sum / last.count) break;
      blocks.splice(-2, 2, { sum: before.sum + last.sum, count: before.count + last.count });
    }
  });
  const top = high - (order.length - 1) * gap;
  const flat = blocks.flatMap((block) => {
    const mean = block.sum / block.count;
    return Array.from({ length: block.count }, () => Math.max(low, Math.min(top, mean)));
  });
  const result: number[] = new Array(positions.length);
  order.forEach((index, rank) => { result[index] = (flat[rank] ?? 0) + rank * gap; });
  return result;
}

export interface Layer { y1: number[]; y2: number[] }

/** Cumulates series in the given order, bottom first. Negative entries run downward from where the last one ended. */
export function cumulate(series: readonly (readonly number[])[]): Layer[] {
  const length = series.reduce((longest, values) => Math.max(longest, values.length), 0);
  const running = new Array<number>(length).fill(0);
  return series.map((values) => {
    const y1 = [...running];
    for (let i = 0; i < length; i++) running[i] = (running[i] ?? 0) + (values[i] ?? 0);
    return { y1, y2: [...running] };
  });
}

export interface SignedLayer { up: Layer; down: Layer | null }

/**
 * As `cumulate`, with what is below zero stacked downward from zero, apart from what is above: a negative layer then never
 * covers the others. Each layer is split at zero into two continuous parts, so a change of sign draws no spike. `down` is
 * null for a layer that is never below zero.
 */
export function cumulateSigned(series: readonly (readonly number[])[]): SignedLayer[] {
  const up = cumulate(series.map((values) => values.map((value) => Math.max(0, value))));
  const down = cumulate(series.map((values) => values.map((value) => Math.min(0, value))));
  return series.map((values, i) => ({
    up: up[i] ?? { y1: [], y2: [] }, down: values.some((value) => value < 0) ? down[i] ?? null : null,
  }));
}

/**
 * Positive cuts for values up to `largest` in size: the standard cuts once the third of them is reached, a finer multiple of
 * them below, so that a small run is not one flat color. The legend prints the cuts that are used.
 */
export function fittingCuts(cuts: readonly number[], largest: number): number[] {
  const enough = cuts[2] ?? 0;
  const factor = [1, 0.2, 0.1, 0.02].find((candidate) => largest >= enough * candidate) ?? 0.02;
  return cuts.map((cut) => Number((cut * factor).toPrecision(6)));
}

/** Index of the bin of `value` among ascending thresholds: bin k holds [t(k-1), t(k)). */
export function thresholdBin(value: number, thresholds: readonly number[]): number {
  let bin = 0;
  while (bin < thresholds.length && value >= (thresholds[bin] ?? Infinity)) bin++;
  return bin;
}

/** Symmetric thresholds from positive cuts: [2, 5] -> [-5, -2, 2, 5]. */
export function symmetric(cuts: readonly number[]): number[] {
  return [...cuts.map((cut) => -cut).reverse(), ...cuts];
}

export interface Step { value: number; total: boolean }
export interface PlacedStep { x1: number; x2: number }

/** Waterfall: each step starts where the one before ended; a total starts at zero and resets the run to itself. */
export function waterfall(steps: readonly Step[]): PlacedStep[] {
  let running = 0;
  return steps.map((step) => {
    const x1 = step.total ? 0 : running;
    const x2 = step.total ? step.value : running + step.value;
    running = x2;
    return { x1, x2 };
  });
}

/** Picks from candidates, most important first, those whose positions stay `gap` apart. */
export function thin<T>(candidates: readonly T[], position: (item: T) => number, gap: number): T[] {
  const kept: T[] = [];
  for (const item of candidates) {
    if (kept.every((other) => Math.abs(position(item) - position(other)) >= gap)) kept.push(item);
  }
  return kept.sort((a, b) => position(a) - position(b));
}

/** Day ticks: day 1, then multiples of a step of trading weeks or months that leaves `gap` pixels between labels. */
export function dayTicks(last: number, width: number, gap: number): number[] {
  const room = Math.max(1, Math.floor(width / gap));
  const step = [5, 10, 21, 63, 126, 252, 504].find((candidate) => last / candidate <= room) ?? 504;
  const ticks = [1];
  for (let day = step; day <= last; day += step) if (day > 1) ticks.push(day);
  return ticks;
}

/** Days for a table that fits a page: day 1, the sale's end, month marks and the last day, as indices into `days`. */
export function tableDays(days: readonly number[], saleEnd: number | null): number[] {
  const last = days[days.length - 1] ?? 0;
  const wanted = new Set([1, 5, 10, 21, 42, 63, 84, 105, 126, 189, 252, last, ...(saleEnd === null ? [] : [saleEnd])]);
  return days.flatMap((day, index) => (wanted.has(day) ? [index] : []));
}

/** Stacks numbered marks that would touch: each gets the lowest level where no earlier mark is closer than `gap`. */
export function stackLevels(positions: readonly number[], gap: number): number[] {
  const levels: number[][] = [];
  return positions.map((position) => {
    let level = 0;
    while ((levels[level] ?? []).some((other) => Math.abs(other - position) < gap)) level++;
    (levels[level] ??= []).push(position);
    return level;
  });
}

export interface Movement { stays: number; leaves: number; arrives: number }

/** What the holders above zero hold beyond what the seller sold: others sold it to them (forced, or holders below zero). */
export function soldByOthers(sold: number, holdings: readonly number[]): number {
  const held = holdings.reduce((sum, value) => sum + Math.max(0, value), 0);
  return Math.max(0, held - sold);
}

/** What stays with a holder between two days, what it passes on, what it takes over. Negative holdings count as none. */
export function movements(nodes: readonly { first: number; second: number }[]): Movement[] {
  return nodes.map(({ first, second }) => {
    const a = Math.max(0, first);
    const b = Math.max(0, second);
    return { stays: Math.min(a, b), leaves: Math.max(0, a - b), arrives: Math.max(0, b - a) };
  });
}

/** Room right of a chart for labels of this font size: what the longest takes (a letter is at most about 0.58 of its size wide), and no less than usual. */
export function labelRoom(labels: readonly string[], size: number, least: number): number {
  const longest = Math.max(0, ...labels.map((label) => label.length));
  return Math.max(least, Math.ceil(14 + 0.58 * size * longest));
}
