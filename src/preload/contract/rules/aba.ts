/** What is wrong with a US routing number; `swap` is the 1-based place of two neighbours whose swap mends it. */
export type AbaVerdict =
  | { readonly ok: true; readonly assignedPrefix: boolean }
  | { readonly ok: false; readonly fault: "digits" | "zero" }
  | { readonly ok: false; readonly fault: "checksum"; readonly swap?: number };

const weights = [3, 7, 1, 3, 7, 1, 3, 7, 1] as const;

/** Prefixes seen on real numbers or set aside by the ABA; 15 (US Treasury) and 65 (Social Security) are real. */
function isAssignedPrefix(prefix: number): boolean {
  const ranges = [[0, 12], [15, 15], [21, 32], [61, 72], [80, 80]] as const;
  return ranges.some(([from, to]) => prefix >= from && prefix <= to);
}

function weightedSum(digits: readonly number[]): number {
  return digits.reduce((sum, digit, at) => sum + digit * (weights[at] ?? 0), 0);
}

function mendingSwap(digits: readonly number[]): number | undefined {
  for (let at = 0; at < digits.length - 1; at += 1) {
    const swapped = [...digits];
    swapped[at] = digits[at + 1] ?? 0;
    swapped[at + 1] = digits[at] ?? 0;
    if (swapped[at] !== digits[at] && weightedSum(swapped) % 10 === 0) return at + 1;
  }
  return undefined;
}

/**
 * Judges a US routing number: nine digits, not 000000000, and 3-7-1 weighted sum divisible by ten. A prefix outside the
 * assigned ranges is reported, not refused: real exceptions exist.
 */
export function checkAba(text: string): AbaVerdict {
  if (!/^\d{9}$/u.test(text)) return { ok: false, fault: "digits" };
  if (text === "000000000") return { ok: false, fault: "zero" };
  const digits = Array.from(text, Number);
  if (weightedSum(digits) % 10 === 0) return { ok: true, assignedPrefix: isAssignedPrefix(Number(text.slice(0, 2))) };
  const swap = mendingSwap(digits);
  return swap === undefined ? { ok: false, fault: "checksum" } : { ok: false, fault: "checksum", swap };
}
