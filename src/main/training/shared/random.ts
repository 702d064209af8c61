/** A seeded source of numbers: the same seed gives the same sequence everywhere. Not for secrets. */
export interface SeededRandom {
  /** An integer from 0 to `below` - 1. */
  int(below: number): number;
  digits(count: number): string;
  hex(count: number): string;
  pick<T>(items: readonly [T, ...T[]]): T;
}

export function seededRandom(seed: number): SeededRandom {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const int = (below: number): number => next() % below;
  const draw = (count: number, alphabet: string): string =>
    Array.from({ length: count }, () => alphabet.charAt(int(alphabet.length))).join("");
  return {
    int,
    digits: (count) => draw(count, "0123456789"),
    hex: (count) => draw(count, "0123456789abcdef"),
    pick: (items) => items[int(items.length)] ?? items[0],
  };
}
