const jsonNumber = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,3}))?$/;

/**
 * Reads a JSON number, given as its text, into integer minor units (two decimals) without a float on the way.
 * Returns undefined when the text is no JSON number, has a fraction of a cent, or exceeds what an integer can hold.
 */
export function minorFromNumberText(text: string): number | undefined {
  const parts = jsonNumber.exec(text);
  if (parts === null) return undefined;
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = parts;
  const shift = Number(exponent) + 2 - fraction.length;
  const digits = BigInt(whole + fraction);
  const divisor = shift < 0 ? 10n ** BigInt(-shift) : 1n;
  if (digits % divisor !== 0n) return undefined;
  const minor = shift < 0 ? digits / divisor : digits * 10n ** BigInt(shift);
  if (minor > BigInt(Number.MAX_SAFE_INTEGER)) return undefined;
  return sign === "-" && minor !== 0n ? -Number(minor) : Number(minor);
}

/** Writes integer minor units as decimal text with two decimals: 2500000 becomes "25000.00". */
export function minorToText(amountMinor: number): string {
  const digits = String(Math.abs(amountMinor)).padStart(3, "0");
  return `${amountMinor < 0 ? "-" : ""}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
