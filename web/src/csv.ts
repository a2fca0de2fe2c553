// A table as data: what the Table button shows and what the CSV button saves. Shown cells are formatted, saved cells
// carry the numbers as they arrived. Text cells that a spreadsheet would run as a formula are disarmed.

export type Cell = string | number | null;
export interface Column { label: string; digits?: number; signed?: boolean }
export interface Table { caption: string; columns: Column[]; rows: Cell[][] }

/** One CSV field (RFC 4180). Numbers as they are; text starting with = + - @ gets a leading apostrophe. */
export function csvField(cell: Cell): string {
  if (cell === null) return "";
  if (typeof cell === "number") return Number.isFinite(cell) ? String(Number(cell.toPrecision(10))) : "";
  const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The whole table with its header line, CRLF between lines. */
export function csvText(table: Table): string {
  const lines = [table.columns.map((column) => csvField(column.label)), ...table.rows.map((row) => row.map(csvField))];
  return lines.map((line) => line.join(",")).join("\r\n") + "\r\n";
}

/** A file name of letters, digits and dashes from a run id and a figure's name. */
export function fileName(run: string, figure: string, extension: string): string {
  const clean = (text: string) => text.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 60);
  return `${clean(run)}-${clean(figure)}.${extension}`;
}
