import { describe, expect, it } from "vitest";
import { bp, fixed, isoTime, MINUS, NNBSP, proseDate, proseDateYear, range, sharedWord, signed, signedBp, smallDigits, tickDigits, usdBn, wrapped } from "../src/format.js";

describe("numbers", () => {
  it("uses a real minus sign and never a signed zero", () => {
    expect(fixed(-1.25, 1)).toBe(`${MINUS}1.3`);
    expect(fixed(-0.04, 1)).toBe("0.0");
    expect(signed(-0.04, 1)).toBe("0.0");
    expect(signed(0.04, 1)).toBe("0.0");
    expect(signed(0.06, 1)).toBe("+0.1");
    expect(signed(-2, 0)).toBe(`${MINUS}2`);
  });
  it("shows a missing or non-finite value as a dash", () => {
    for (const value of [null, undefined, NaN, Infinity]) expect(fixed(value, 1)).toBe("\u2013");
  });
  it("groups thousands and keeps decimals", () => {
    expect(fixed(1134.5, 1)).toBe("1,134.5");
    expect(fixed(-1234567, 0)).toBe(`${MINUS}1,234,567`);
    expect(fixed(999.96, 1)).toBe("1,000.0");
  });
  it("writes bp whole from 10 on", () => {
    expect(bp(44.4)).toBe(`44${NNBSP}bp`);
    expect(bp(7.46)).toBe(`7.5${NNBSP}bp`);
    expect(bp(9.96)).toBe(`10${NNBSP}bp`);
    expect(signedBp(-12.2)).toBe(`${MINUS}12${NNBSP}bp`);
  });
  it("writes ranges and dollars", () => {
    expect(range(12.6, 42.6, 1)).toBe("12.6 to 42.6");
    expect(usdBn(2.7)).toBe("$2.7bn");
    expect(usdBn(-2.7)).toBe(`${MINUS}$2.7bn`);
  });
  it("gives amounts that are all below one a second decimal", () => {
    expect(smallDigits([0.04, -0.1])).toBe(2);
    expect(smallDigits([0.04, 1.2])).toBe(1);
  });
  it("breaks labels at spaces, never inside a range", () => {
    expect(wrapped("months 10-12", 10, 2)).toBe("months\n10-12");
    expect(wrapped("months 1-3", 12, 2)).toBe("months 1-3");
    expect(wrapped("a very long period name", 6, 2)).toBe("a very\nlong \u2026");
  });
  it("finds the word that all labels begin with", () => {
    expect(sharedWord(["months 1-3", "months 4-6"])).toBe("months");
    expect(sharedWord(["Q3 2025", "Q4 2025"])).toBeNull();
    expect(sharedWord(["months"])).toBeNull();
  });
  it("finds the decimals ticks need", () => {
    expect(tickDigits([0, 50, 100])).toBe(0);
    expect(tickDigits([3.6, 3.8, 4])).toBe(1);
    expect(tickDigits([0, 0.25, 0.5])).toBe(2);
  });
});

describe("dates", () => {
  it("reads ISO dates in no time zone", () => {
    expect(proseDate("2025-05-02")).toBe("2 May");
    expect(proseDateYear("2025-12-31")).toBe("31 Dec 2025");
    expect(isoTime("1970-01-02")).toBe(86_400_000);
  });
  it("leaves other text alone", () => {
    expect(proseDate("early May")).toBe("early May");
    expect(isoTime("early May")).toBeNull();
  });
});
