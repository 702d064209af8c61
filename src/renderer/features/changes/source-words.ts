import type { ValueSource } from "@contract";

const words: Readonly<Record<ValueSource, string>> = {
  "provider-read": "Finzly read",
  "vostro-wrote": "Vostro wrote",
  "entered-by-hand": "Entered by hand",
};

/** Who said so: "Finzly read", "Vostro wrote", "Entered by hand". */
export function sourceWords(source: ValueSource): string {
  return words[source];
}
