/** Two 32-bit states, mixed unit by unit; 53 bits come out. Guards against accidents, not against attackers. */
export interface TextHash {
  add(text: string): void;
  /** An integer from 0 to 2^53 − 1. */
  value(): number;
}

/** A running hash of texts in order: ["ab"] and ["a", "b"] differ. */
export function createTextHash(seed: number): TextHash {
  let high = 0xdeadbeef ^ seed;
  let low = 0x41c6ce57 ^ seed;
  const mix = (unit: number): void => {
    high = Math.imul(high ^ unit, 2_654_435_761);
    low = Math.imul(low ^ unit, 1_597_334_677);
  };
  return {
    add(text) {
      mix(text.length + 0x10000);
      for (let at = 0; at < text.length; at += 1) mix(text.charCodeAt(at));
    },
    value() {
      let left = Math.imul(high ^ (high >>> 16), 2_246_822_507) ^ Math.imul(low ^ (low >>> 13), 3_266_489_909);
      let right = Math.imul(low ^ (low >>> 16), 2_246_822_507) ^ Math.imul(high ^ (high >>> 13), 3_266_489_909);
      left >>>= 0;
      right >>>= 0;
      return 4_294_967_296 * (right & 0x1fffff) + left;
    },
  };
}
