import type { ChangeDetail } from "@contract";

function ended(sentence: string): string {
  return /[.!?…]$/u.test(sentence) ? sentence : `${sentence}.`;
}

/** Sentences one after the other, each with its full stop; empty ones left out. */
export function joined(...sentences: readonly string[]): string {
  return sentences.map((sentence) => sentence.trim()).filter((sentence) => sentence !== "").map(ended).join(" ");
}

/** The provider's own words and code. */
export function said(change: ChangeDetail): string {
  const words = change.providerMessage ?? change.message ?? "";
  const code = change.providerCode;
  if (code === undefined || code === "") return words;
  return words === "" ? code : `${code}: ${words}`;
}
