// How sectors look: one ramp for slow money (dark = slow), a color of its own for each other kind, names cut to fit.

import { clip } from "./format.js";
import type { SectorKind } from "./model.js";

/** Colors of the sectors: slow money on one ramp (dark = slow), the others by kind. */
export function sectorColors(sectors: readonly { kind: SectorKind }[]): string[] {
  const slow = sectors.filter((sector) => sector.kind === "slow").length;
  let at = 0;
  return sectors.map(({ kind }) => {
    if (kind !== "slow") return `var(--${kind})`;
    const step = slow <= 1 ? 5 : Math.round(8 - (at * 7) / (slow - 1));
    at++;
    return `var(--slow-${step})`;
  });
}

/** Shorter sector names where the margin is narrow: what stands before the first comma, bracket, slash or "along". */
export function short(sector: string, wide: boolean): string {
  const name = sector.charAt(0).toUpperCase() + sector.slice(1);
  if (wide) return clip(name, 26);
  const head = name.split(/[,(/]| along | through /)[0]?.trim() ?? name;
  return clip(head, 16);
}
