import { describe, expect, it } from "vitest";
import { csvField, csvText, fileName } from "../src/csv.js";
import { resolveTokens } from "../src/save.js";
import { movements } from "../src/scale.js";
import { sectorColors, short } from "../src/sectors.js";

describe("csv", () => {
  it("quotes commas, quotes and line breaks", () => {
    expect(csvField('a,"b"\nc')).toBe('"a,""b""\nc"');
    expect(csvField("plain")).toBe("plain");
  });
  it("disarms what a spreadsheet would run", () => {
    expect(csvField('=HYPERLINK("x")')).toBe('"\'=HYPERLINK(""x"")"');
    for (const text of ["+1", "-1", "@x", "\tx"]) expect(csvField(text)).toBe(`'${text}`);
  });
  it("keeps numbers as numbers", () => {
    expect(csvField(-1.5)).toBe("-1.5");
    expect(csvField(0.1 + 0.2)).toBe("0.3");
    expect(csvField(NaN)).toBe("");
    expect(csvField(null)).toBe("");
  });
  it("writes a header and CRLF", () => {
    expect(csvText({ caption: "c", columns: [{ label: "a" }, { label: "b, %" }], rows: [["x", 1]] })).toBe('a,"b, %"\r\nx,1\r\n');
  });
  it("makes file names of letters, digits and dashes", () => {
    expect(fileName("../Run 1", "a/b", "csv")).toBe("run-1-a-b.csv");
  });
});

describe("tokens", () => {
  const style = { getPropertyValue: (name: string) => ({ "--a": " #123456 ", "--b": "var(--a)" })[name] ?? "" };
  it("are replaced, also through one another; unknown ones become none", () => {
    expect(resolveTokens("fill: var(--b); stroke: var( --a )", style)).toBe("fill: #123456; stroke: #123456");
    expect(resolveTokens("var(--nothing)", style)).toBe("none");
  });
});

describe("flows", () => {
  it("pass on exactly what is taken over when both days add up", () => {
    const moves = movements([{ first: 150, second: 100 }, { first: 50, second: 80 }, { first: 0, second: 20 }]);
    const sum = (key: "stays" | "leaves" | "arrives") => moves.reduce((total, move) => total + move[key], 0);
    expect(sum("leaves")).toBe(50);
    expect(sum("arrives")).toBe(50);
    expect(sum("stays") + sum("arrives")).toBe(200);
  });
  it("treat a short position as no holding", () => {
    expect(movements([{ first: -3, second: 2 }])).toEqual([{ stays: 0, leaves: 0, arrives: 2 }]);
  });
});

describe("sectors", () => {
  it("run from slow (dark) to fast along one ramp; other kinds have their own color", () => {
    const kinds = [...Array.from({ length: 8 }, () => ({ kind: "slow" as const })), { kind: "specialists" as const }];
    expect(sectorColors(kinds)).toEqual([8, 7, 6, 5, 4, 3, 2, 1].map((k) => `var(--slow-${k})`).concat("var(--specialists)"));
    expect(sectorColors([{ kind: "slow" }])).toEqual(["var(--slow-5)"]);
  });
  it("shorten names where the margin is narrow", () => {
    expect(short("hedge funds (slow)", false)).toBe("Hedge funds");
    expect(short("hedge funds (slow)", true)).toBe("Hedge funds (slow)");
    expect(short("switching along the curve", true)).toBe("Switching along the curve");
    expect(short("switching along the curve", false)).toBe("Switching");
  });
});
