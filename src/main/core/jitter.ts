/** Adds up to a quarter, so that many who were told the same do not come back at once. `random` is in [0, 1). */
export function withJitter(waitMs: number, random: () => number): number {
  return Math.round(waitMs * (1 + random() / 4));
}
