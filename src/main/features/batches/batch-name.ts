const longest = 120;

/** The name of a batch as it is kept: at most 120 characters, the last of them "…" where it was cut. */
export function batchName(text: string): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 1).trimEnd()}…`;
}
