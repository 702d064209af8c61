/** Draws that come out the same for the same seed. */
export interface Draws {
  /** A whole number from 0 to `below` - 1. */
  below(below: number): number;
}

/** The mulberry32 generator. */
export function seededDraws(seed: number): Draws {
  let state = seed >>> 0;
  return {
    below: (below) => {
      state = (state + 0x6d2b79f5) >>> 0;
      let mixed = Math.imul(state ^ (state >>> 15), state | 1);
      mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
      return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
    },
  };
}
