/** Kinds of characters in a cell, as bits, so that most cells are judged without any pattern. */
export const sign = {
  digit: 1,
  letter: 2,
  point: 4,
  comma: 8,
  plusMinus: 16,
  slash: 32,
  hash: 64,
  quoteMark: 128,
  beyondAscii: 256,
  other: 512,
} as const;

const punctuation: ReadonlyMap<string, number> = new Map([
  [".", sign.point], [",", sign.comma], ["+", sign.plusMinus], ["-", sign.plusMinus], ["/", sign.slash],
  ["#", sign.hash], ["'", sign.quoteMark], ["=", sign.quoteMark],
]);

function signOf(unit: number): number {
  const character = String.fromCharCode(unit);
  if (/[0-9]/u.test(character)) return sign.digit;
  return /[A-Za-z]/u.test(character) ? sign.letter : (punctuation.get(character) ?? sign.other);
}

const table = Uint16Array.from({ length: 128 }, (_, unit) => signOf(unit));

/** Which kinds of characters the cell holds. */
export function signsOf(cell: string): number {
  let signs = 0;
  for (let at = 0; at < cell.length; at += 1) {
    const unit = cell.charCodeAt(at);
    signs |= unit < 128 ? (table[unit] ?? sign.other) : sign.beyondAscii;
  }
  return signs;
}
