import { describe, expect, it } from "vitest";
import type { FlowNode } from "../src/model.js";
import { remainders } from "../src/remainder.js";

const node = (name: string, first: number, second: number): FlowNode => ({ name, kind: "slow", first, second });

describe("what flows leave out", () => {
  it("is nothing when the holders add up to the sale", () => {
    expect(remainders([node("banks", 60, 40), node("funds", 40, 60)], 100, 10, 252)).toEqual([]);
  });
  it("names holders below zero with their amounts and the total that is drawn", () => {
    expect(remainders([node("banks", 103, 100), node("hedge funds", -3, 0)], 100, 10, 252)).toEqual([
      "More than the seller sold, $bn: on day 10 103.0 drawn, 3.0 of it sold by others (forced sales and holders below zero).",
      "Below zero, $bn, so among those who sold and not drawn as holders: hedge funds \u22123.0 on day 10.",
    ]);
  });
  it("names holders too small to draw, of either sign", () => {
    expect(remainders([node("banks", 62, 62), node("foreign official", 0.002, 0.037), node("funds", -0.01, 0)], 62, 10, 252))
      .toEqual(["Under $0.05bn on both days and not drawn: foreign official, funds."]);
  });
});
