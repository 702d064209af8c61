const mostCharacters = 1_000_000;
const mostDepth = 40;

/**
 * Whether a value from the page is plain data (text, numbers, booleans, null, arrays, plain objects) of at most
 * 1,000,000 characters in all and 40 levels. Stops counting at the limit, so a huge or cyclic value costs no more than
 * a large one.
 */
export function isModestData(value: unknown): boolean {
  let left = mostCharacters;
  const fits = (part: unknown, depth: number): boolean => {
    left -= 8;
    if (left < 0 || depth > mostDepth) return false;
    if (part === null || part === undefined || typeof part === "number" || typeof part === "boolean") return true;
    if (typeof part === "string") {
      left -= part.length;
      return left >= 0;
    }
    if (typeof part !== "object") return false;
    if (Array.isArray(part)) return part.every((item) => fits(item, depth + 1));
    const prototype: unknown = Object.getPrototypeOf(part);
    if (prototype !== Object.prototype && prototype !== null) return false;
    return Object.entries(part).every(([key, item]) => {
      left -= key.length;
      return fits(item, depth + 1);
    });
  };
  return fits(value, 0);
}
