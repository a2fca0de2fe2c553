// Numbers and dates as the page prints them: U+2212 for minus, U+202F before bp, ranges written "3.2 to $16.7bn".
// Every number on the page that does not arrive as text passes through here, so that two figures never disagree
// about rounding. Rounding never leaves a signed zero.

export const MINUS = "\u2212";
export const NNBSP = "\u202f";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** Fixed decimals with a real minus sign; a missing value is an en dash. */
export function fixed(value: number | null | undefined, digits: number): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return "\u2013";
  const text = Math.abs(value).toFixed(digits);
  const negative = value < 0 && Number(text) !== 0;
  const [whole = "0", fraction] = text.split(".");
  const grouped = whole.length > 3 ? whole.replace(/\B(?=(\d{3})+$)/g, ",") : whole;
  return (negative ? MINUS : "") + grouped + (fraction === undefined ? "" : `.${fraction}`);
}

/** As `fixed`, with + on a gain; zero carries no sign. */
export function signed(value: number | null | undefined, digits: number): string {
  const text = fixed(value, digits);
  return typeof value === "number" && value > 0 && Number(Math.abs(value).toFixed(digits)) !== 0 ? `+${text}` : text;
}

/** Decimals for a basis-point value in a chart: whole from 10 on. */
export function bpDigits(value: number): number {
  return Math.abs(value) >= 9.95 ? 0 : 1;
}

/** "44 bp", "7.5 bp". */
export function bp(value: number): string {
  return `${fixed(value, bpDigits(value))}${NNBSP}bp`;
}

/** "+44 bp". */
export function signedBp(value: number): string {
  return `${signed(value, bpDigits(value))}${NNBSP}bp`;
}

/** "12.6 to 42.6". */
export function range(low: number, high: number, digits: number): string {
  return `${fixed(low, digits)} to ${fixed(high, digits)}`;
}

/** "$2.7bn", "−$2.7bn". */
export function usdBn(value: number, digits = 1): string {
  const text = fixed(value, digits);
  return text.startsWith(MINUS) ? `${MINUS}$${text.slice(1)}bn` : `$${text}bn`;
}

/** Decimals for amounts printed side by side: one, or two where all of them are below one. */
export function smallDigits(values: readonly number[]): number {
  return values.every((value) => Math.abs(value) < 0.95) ? 2 : 1;
}

/** Text in at most `lines` lines of about `length` characters, broken at spaces only; what does not fit is cut. */
export function wrapped(text: string, length: number, lines: number): string {
  const rows: string[] = [];
  for (const word of text.split(/\s+/)) {
    const row = rows[rows.length - 1];
    if (row === undefined || (`${row} ${word}`.length > length && rows.length < lines)) rows.push(word);
    else rows[rows.length - 1] = `${row} ${word}`;
  }
  return rows.map((row) => clip(row, Math.max(4, Math.floor(length)))).join("\n");
}

/** The first word when all labels share it and have more words ("months" of "months 1-3", "months 4-6"); null otherwise. */
export function sharedWord(labels: readonly string[]): string | null {
  const word = labels[0]?.split(" ")[0] ?? "";
  return labels.length > 1 && word !== "" && labels.every((label) => label.startsWith(`${word} `)) ? word : null;
}

/** Fewest decimals (0 to 3) that tell neighboring ticks apart. */
export function tickDigits(ticks: readonly number[]): number {
  for (let digits = 0; digits < 3; digits++) {
    if (ticks.every((tick) => Math.abs(tick - Number(tick.toFixed(digits))) < 1e-9 * Math.max(1, Math.abs(tick)))) return digits;
  }
  return 3;
}

interface Ymd { year: number; month: number; day: number }

function parseIso(iso: string): Ymd | null {
  const match = /^(\d{4})-(\d{2})-(\d{2})/.exec(iso);
  if (match === null) return null;
  return { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) };
}

/** ISO date to prose: "2 May"; text that is no ISO date is returned as it came. */
export function proseDate(iso: string): string {
  const date = parseIso(iso);
  return date === null ? iso : `${date.day} ${MONTHS[date.month - 1] ?? "?"}`;
}

/** ISO date to prose with its year: "2 May 2025". */
export function proseDateYear(iso: string): string {
  const date = parseIso(iso);
  return date === null ? iso : `${proseDate(iso)} ${date.year}`;
}

/** ISO date to a UTC instant for a time axis; null when it is no date. */
export function isoTime(iso: string): number | null {
  const date = parseIso(iso);
  return date === null ? null : Date.UTC(date.year, date.month - 1, date.day);
}

/** Text cut to a length, for places in a chart that cannot grow. */
export function clip(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}\u2026` : text;
}
