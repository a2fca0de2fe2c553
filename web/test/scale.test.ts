import { describe, expect, it } from "vitest";
import { cumulate, cumulateSigned, dayTicks, extentWithZero, fittingCuts, labelRoom, niceTicks, pushApart, roundOut, soldByOthers, stackLevels, symmetric, tableDays, thin, thresholdBin, waterfall } from "../src/scale.js";

describe("pushApart", () => {
  it("leaves labels alone that have room", () => {
    expect(pushApart([1, 5, 9], 2)).toEqual([1, 5, 9]);
  });
  it("keeps the gap, the order and the mean of a crowded group", () => {
    const pushed = pushApart([5.1, 5, 4.9], 1);
    expect(pushed.map((value) => Number(value.toFixed(9)))).toEqual([6, 5, 4]);
  });
  it("stays inside the limits when it fits", () => {
    const pushed = pushApart([0, 0, 0.1], 1, 0, 10);
    expect(Math.min(...pushed)).toBeGreaterThanOrEqual(0);
    const top = pushApart([10, 9.9, 9.8], 1, 0, 10);
    expect(Math.max(...top)).toBeLessThanOrEqual(10 + 1e-12);
    const sorted = [...top].sort((a, b) => a - b);
    for (let i = 1; i < sorted.length; i++) expect((sorted[i] ?? 0) - (sorted[i - 1] ?? 0)).toBeGreaterThanOrEqual(1 - 1e-12);
  });
  it("is least squares: no other spacing of two labels is closer", () => {
    const [a = 0, b = 0] = pushApart([1, 1.5], 1);
    expect([a, b]).toEqual([0.75, 1.75]);
  });
  it("takes no labels", () => { expect(pushApart([], 1)).toEqual([]); });
});

describe("stacks", () => {
  it("cumulates in the given order and ends at the sum", () => {
    const layers = cumulate([[1, 2], [3, 4], [0, 5]]);
    expect(layers[0]).toEqual({ y1: [0, 0], y2: [1, 2] });
    expect(layers[2]).toEqual({ y1: [4, 6], y2: [4, 11] });
  });
  it("lets a negative layer run down without a break where the sign changes", () => {
    const layers = cumulate([[5, 5, 5], [1, 0, -1]]);
    expect(layers[1]).toEqual({ y1: [5, 5, 5], y2: [6, 5, 4] });
  });
});

describe("signed stacks", () => {
  it("put what is below zero under the axis, so that it covers nobody", () => {
    const [slow, specialists] = cumulateSigned([[1, 2, 3], [-1, 0, 2]]);
    expect(slow).toEqual({ up: { y1: [0, 0, 0], y2: [1, 2, 3] }, down: null });
    expect(specialists?.up).toEqual({ y1: [1, 2, 3], y2: [1, 2, 5] });
    expect(specialists?.down?.y2).toEqual([-1, 0, 0]);
  });
  it("add up: top plus foot is the sum of the series", () => {
    const series = [[4, -1], [-2, 3], [0.5, -0.25]];
    const layers = cumulateSigned(series);
    for (const day of [0, 1]) {
      const foot = layers.reduce((low, layer) => Math.min(low, layer.down?.y2[day] ?? 0), 0);
      expect((layers[2]?.up.y2[day] ?? 0) + foot).toBeCloseTo(series.reduce((sum, values) => sum + (values[day] ?? 0), 0), 12);
    }
  });
  it("say what others than the seller sold", () => {
    expect(soldByOthers(600, [618.9, -3])).toBeCloseTo(18.9, 9);
    expect(soldByOthers(600, [400, 200])).toBe(0);
    expect(soldByOthers(600, [500])).toBe(0);
  });
});

describe("cuts that fit", () => {
  const cuts = [2, 5, 10, 20, 30, 40];
  it("are the standard ones once three bins are reached", () => {
    expect(fittingCuts(cuts, 10)).toEqual(cuts);
    expect(fittingCuts(cuts, 400)).toEqual(cuts);
  });
  it("are finer for a small run, so that no map is one flat color", () => {
    expect(fittingCuts(cuts, 9)).toEqual([0.4, 1, 2, 4, 6, 8]);
    expect(fittingCuts(cuts, 1.2)).toEqual([0.2, 0.5, 1, 2, 3, 4]);
    expect(fittingCuts(cuts, 0)).toEqual([0.04, 0.1, 0.2, 0.4, 0.6, 0.8]);
  });
});

describe("threshold bins", () => {
  const thresholds = symmetric([2, 5, 10, 20, 30, 40]);
  it("has 13 bins, the middle one around zero", () => {
    expect(thresholds).toEqual([-40, -30, -20, -10, -5, -2, 2, 5, 10, 20, 30, 40]);
    expect(thresholdBin(0, thresholds)).toBe(6);
    expect(thresholdBin(-41, thresholds)).toBe(0);
    expect(thresholdBin(41, thresholds)).toBe(12);
  });
  it("puts a threshold into the bin above it", () => {
    expect(thresholdBin(2, thresholds)).toBe(7);
    expect(thresholdBin(-2, thresholds)).toBe(6);
  });
});

describe("waterfall", () => {
  it("starts each step where the last one ended and totals at zero", () => {
    expect(waterfall([{ value: -3, total: false }, { value: 1, total: false }, { value: -2, total: true }]))
      .toEqual([{ x1: 0, x2: -3 }, { x1: -3, x2: -2 }, { x1: 0, x2: -2 }]);
  });
});

describe("ticks", () => {
  it("are round and inside", () => {
    expect(niceTicks(0, 141, 4)).toEqual([0, 50, 100]);
    expect(niceTicks(3.6, 5.2, 8)).toEqual([3.6, 3.8, 4, 4.2, 4.4, 4.6, 4.8, 5, 5.2]);
    expect(niceTicks(-23, 0, 5)).toEqual([-20, -15, -10, -5, 0]);
    expect(niceTicks(1, 1, 5)).toEqual([1]);
  });
  it("round a domain out only to a near tick", () => {
    expect(roundOut([0, 141], 4)).toEqual([0, 150]);
    expect(roundOut([0, 112], 4)).toEqual([0, 112]);
  });
  it("keep zero in the extent and survive all zeros", () => {
    expect(extentWithZero([2, 10], 0)).toEqual([0, 10]);
    expect(extentWithZero([-4, -1], 0)).toEqual([-4, 0]);
    expect(extentWithZero([0, NaN])).toEqual([0, 1]);
  });
  it("mark trading months on a day axis", () => {
    expect(dayTicks(126, 250, 34)).toEqual([1, 21, 42, 63, 84, 105, 126]);
    expect(dayTicks(252, 250, 34)).toEqual([1, 63, 126, 189, 252]);
    expect(dayTicks(10, 250, 34)).toEqual([1, 5, 10]);
  });
  it("keep the important of crowded candidates", () => {
    expect(thin([50, 0, 52, 100], (x) => x, 10)).toEqual([0, 50, 100]);
  });
  it("choose table days with the sale's end and the last day", () => {
    const days = Array.from({ length: 31 }, (_, i) => i);
    expect(tableDays(days, 17).map((i) => days[i])).toEqual([1, 5, 10, 17, 21, 30]);
  });
});

describe("stackLevels", () => {
  it("stacks only what would touch", () => {
    expect(stackLevels([0, 5, 8, 40, 45], 20)).toEqual([0, 1, 2, 0, 1]);
  });
});

describe("labelRoom", () => {
  it("is what the longest label takes, and no less than usual", () => {
    expect(labelRoom(["Banks 1.0"], 12, 190)).toBe(190);
    expect(labelRoom(["x".repeat(33), "y"], 12, 190)).toBe(Math.ceil(14 + 0.58 * 12 * 33));
    expect(labelRoom([], 12, 118)).toBe(118);
  });
});
