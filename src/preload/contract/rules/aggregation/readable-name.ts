/**
 * A provider's key as words: "availableBalanceAmount" → "Available balance amount", "loan_ytd_paid" → "Loan ytd paid".
 * Abbreviations stay together ("todayGLDollar" → "Today GL dollar"); a key without letters or digits stays as it is.
 */
export function readableName(key: string): string {
  const words = key
    .replaceAll(/([\p{Ll}\d])(\p{Lu})/gu, "$1 $2")
    .replaceAll(/(\p{Lu})(\p{Lu}\p{Ll})/gu, "$1 $2")
    .split(/[\s_.-]+/u)
    .filter((word) => word !== "")
    .map((word) => (/^\p{Lu}\p{Lu}+\d*$/u.test(word) ? word : word.toLowerCase()));
  if (words.length === 0) return key;
  const text = words.join(" ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}
