import { VostroFailure } from "../../../core/failures.ts";

/** What one bulk edit may hold. */
export const limits = {
  bytes: 2 * 1024 * 1024 * 1024,
  rows: 1_000_000,
  columns: 500,
  /** Bytes of UTF-8. */
  cellBytes: 65_536,
} as const;

/** The limits, so that tests need no file of 2 GB. */
export type Limits = { readonly [Name in keyof typeof limits]: number };

/** A file that cannot be taken as it is: the sentence says what it is and what to do. */
export function unreadable(message: string, cause?: unknown): VostroFailure {
  return new VostroFailure("input-invalid", message, { cause });
}

export function figure(count: number): string {
  return count.toLocaleString("en-US");
}

function sizeWords(bytes: number): string {
  if (bytes >= 2 ** 30) return `${(bytes / 2 ** 30).toFixed(1)} GB`;
  if (bytes >= 2 ** 20) return `${(bytes / 2 ** 20).toFixed(1)} MB`;
  return `${Math.ceil(bytes / 1024)} kB`;
}

export function tooManyBytes(bytes: number, most: number): VostroFailure {
  const size = `The file has ${sizeWords(bytes)}; Vostro reads at most ${sizeWords(most)}.`;
  return unreadable(`${size} Split it and import the parts.`);
}

export function tooManyRows(most: number): VostroFailure {
  return unreadable(`The file has more than ${figure(most)} rows. Split it and import the parts.`);
}

export function tooManyColumns(row: number, count: number, most: number): VostroFailure {
  return unreadable(
    `Row ${figure(row)} has ${figure(count)} columns; Vostro reads at most ${figure(most)}. Remove columns.`,
  );
}

export function tooLongCell(row: number, column: number, most: number): VostroFailure {
  const where = `Row ${figure(row)}, column ${figure(column)}`;
  return unreadable(
    `${where} holds a cell of more than ${sizeWords(most)}. ` +
      "Shorten it, or look for a quotation mark that is not closed.",
  );
}
