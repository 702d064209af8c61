/** What a text may quote. */
export interface QuotedNumbers {
  /** Account numbers: masked in whatever form they are typed, with blanks, hyphens or dots between. */
  readonly hidden?: readonly string[];
  /** Values that are known not to be account numbers, such as UIDs and routing numbers: kept as they are. */
  readonly legible?: readonly string[];
}

const leastDigits = 8;
const leastGroupedDigits = 12;
const leastKnownLength = 5;

/** Dates and times, amounts grouped by commas or with two decimals, UUIDs and hashes. */
const noAccountNumber = [
  String.raw`(?<!\d)(?:19|20)\d\d-[01]\d-[0-3]\d(?!\d)(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?`,
  String.raw`(?<!\d)[0-3]?\d-[01]?\d-(?:19|20)\d\d(?!\d)`,
  String.raw`(?<!\d)\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\d)`,
  String.raw`(?<!\d)[1-9]\d{0,11}\.\d{2}(?![\d.])`,
  String.raw`\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b`,
  String.raw`\b[0-9a-f]{40,64}\b`,
].join("|");
const iban = String.raw`\b[A-Z]{2}\d{2}[A-Z0-9]{11,30}\b`;
const digits = String.raw`\d+(?:[ -]\d+)*`;
const runs = new RegExp(`(?<keep>${noAccountNumber})|(?<iban>${iban})|(?<digits>${digits})`, "gu");
const between = /[\s.-]+/gu;
const datedReference = /^(?:19|20)\d\d[ -]/u;

const ending = (bare: string): string => `••••${bare.length < leastKnownLength ? "" : bare.slice(-4)}`;

function maskRun(run: string, legible: ReadonlySet<string>): string {
  const bare = run.replaceAll(between, "");
  if (bare.length >= leastGroupedDigits && bare.length > run.search(/\D|$/u) && !datedReference.test(run)) {
    return ending(bare);
  }
  return run.replaceAll(/\d+/gu, (one) => (one.length < leastDigits || legible.has(one) ? one : ending(one)));
}

function maskKnown(text: string, number: string): string {
  const bare = number.replaceAll(between, "");
  if (bare.length < leastKnownLength) return text;
  if (!text.replaceAll(between, "").toLowerCase().includes(bare.toLowerCase())) return text;
  const typed = Array.from(bare, (sign) => sign.replaceAll(/[\\^$*+?()[\]{}|/]/gu, String.raw`\$&`)).join("[\\s.-]*");
  return text.replaceAll(new RegExp(`(?<!\\d)${typed}(?!\\d)`, "giu"), ending(bare));
}

/**
 * Free text fit for the audit trail: the account numbers it quotes keep their last four. Masked are the numbers named
 * as hidden (of five characters or more), runs of eight or more digits, groups of digits with twelve or more in all,
 * and IBANs. Dates, amounts, hashes and what is named as legible stay as they are.
 */
export function maskAccountNumbers(text: string, { hidden = [], legible = [] }: QuotedNumbers = {}): string {
  if (!/\d/u.test(text)) return text;
  const known = hidden.reduce(maskKnown, text);
  const kept = new Set(legible);
  return known.replaceAll(runs, (run: string, ...parts: unknown[]) => {
    const groups = parts.at(-1) as { keep?: string; iban?: string };
    if (groups.keep !== undefined) return run;
    return groups.iban === undefined ? maskRun(run, kept) : ending(run);
  });
}

/** What a field says when its text seems to hold an account number; undefined when it does not. */
export function accountNumberWarning(text: string): string | undefined {
  return maskAccountNumbers(text) === text
    ? undefined
    : "This looks like an account number. It will be masked in the log.";
}
