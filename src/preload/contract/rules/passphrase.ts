export interface PassphraseStrength {
  readonly score: 0 | 1 | 2 | 3 | 4;
  readonly acceptable: boolean;
  /** What a person should know or do, in one sentence. */
  readonly sentence: string;
}

const commonPieces: readonly string[] = [
  "password", "passphrase", "passwort", "letmein", "welcome", "admin", "administrator", "qwerty", "qwertz", "azerty",
  "iloveyou", "monkey", "dragon", "football", "baseball", "sunshine", "princess", "master", "changeme", "secret",
  "login", "abc", "test", "vostro", "finzly", "trustno1", "summer", "winter", "bank",
];
const walks: readonly string[] = [
  "abcdefghijklmnopqrstuvwxyz", "01234567890123456789", "qwertyuiopasdfghjklzxcvbnm", "qwertzuiopasdfghjklyxcvbnm",
  "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p", "!@#$%^&*()_+",
];

/** Cuts out what an attacker tries first: common words, runs along the alphabet or keyboard, repeats. */
function unpredictablePart(text: string): string {
  let left = text.toLowerCase().replace(/[\s\p{P}]+/gu, " ").trim();
  if (left.replaceAll(" ", "") === "correcthorsebatterystaple") return "";
  for (const piece of commonPieces) left = left.replaceAll(piece, "*");
  for (const walk of walks) {
    const back = Array.from(walk).toReversed().join("");
    for (let at = 0; at + 4 <= walk.length; at += 1) {
      left = left.replaceAll(walk.slice(at, at + 4), "*").replaceAll(back.slice(at, at + 4), "*");
    }
  }
  left = left.replace(/(.)\1{2,}/gu, "*").replace(/(.{2,}?)\1+/gu, "$1");
  return left.replace(/[* ]+/gu, " ").trim();
}

/**
 * Judges a new passphrase. Acceptable: at least 12 characters or at least 4 different words, and not merely common
 * words, keyboard runs or repeats. The score runs from 0 (unusable) to 4 (very good); acceptable ones have at least 2.
 */
export function passphraseStrength(text: string): PassphraseStrength {
  const length = Array.from(text).length;
  if (length === 0) return { score: 0, acceptable: false, sentence: "Use at least 12 characters or four words." };
  const words = new Set(text.toLowerCase().split(/[\s\-_.,]+/u).filter((word) => Array.from(word).length >= 3));
  const longEnough = length >= 12 || words.size >= 4;
  if (!longEnough) {
    const sentence = "Too short. Use at least 12 characters or four words.";
    return { score: length >= 8 ? 1 : 0, acceptable: false, sentence };
  }
  const core = unpredictablePart(text);
  const kinds = new Set(Array.from(core.replaceAll(" ", ""))).size;
  if (core.replaceAll(" ", "").length < 6 || kinds < 5) {
    const sentence = "Too easy to guess: mostly repeats, runs or very common words. Choose unrelated words.";
    return { score: 1, acceptable: false, sentence };
  }
  const coreWords = new Set(core.split(" ").filter((word) => word.length >= 3)).size;
  if (core.length >= 24 || coreWords >= 6) return { score: 4, acceptable: true, sentence: "Very good." };
  if (core.length >= 16 || coreWords >= 4) return { score: 3, acceptable: true, sentence: "Good." };
  return { score: 2, acceptable: true, sentence: "Acceptable. Another word or two would make it better." };
}
