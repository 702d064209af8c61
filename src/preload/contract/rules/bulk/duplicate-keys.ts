import { finzlyFieldNames, type ProposedFields } from "../field-types.ts";
import { canonicalJson, parseJsonText } from "../json-text.ts";
import type { CellFinding } from "./names.ts";
import { createTextHash } from "./text-hash.ts";

function partsOf(value: ProposedFields[keyof ProposedFields]): string {
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return value ? "\u0001yes" : "\u0001no";
  if (!Array.isArray(value)) return "";
  if (value.every((item) => typeof item === "string")) return value.toSorted().join("|");
  const parsed = parseJsonText(JSON.stringify(value));
  return parsed.ok ? canonicalJson(parsed.node) : JSON.stringify(value);
}

/** A number that is the same for rows that ask for the same values; for telling a repetition from a contradiction. */
export function rowSignature(proposed: ProposedFields, authorisationRef?: string): number {
  const hash = createTextHash(7);
  for (const field of finzlyFieldNames) {
    const value = proposed[field];
    hash.add(value === undefined ? "\u0000" : partsOf(value));
  }
  if (authorisationRef !== undefined) hash.add(authorisationRef);
  return hash.value();
}

export interface DuplicateKey extends CellFinding {
  readonly code: "CSV-DUPLICATE-ROW" | "CSV-CONFLICTING-ROWS";
  /** The row that had the key first. */
  readonly firstRow: number;
}

export interface DuplicateKeys {
  /**
   * Tells whether an earlier row had this key. `row` counts as the caller does; `signature` comes from `rowSignature`.
   */
  add(row: number, key: string, signature: number): DuplicateKey | undefined;
  /** After the last row: first rows whose key came again with other values; they are blocked too. */
  contradictedRows(): number[];
}

/**
 * Finds rows that mean the same account. A repetition with the same values is dropped and the first row stands; with
 * other values nobody can tell which is meant, and neither is sent. Holds one entry per key: build keys from account
 * ids or `joinedKey`.
 */
export function createDuplicateKeys(): DuplicateKeys {
  const places = new Map<string, number>();
  const rows: number[] = [];
  const signatures: number[] = [];
  const contradicted = new Set<number>();
  return {
    add(row, key, signature) {
      const place = places.get(key);
      if (place === undefined) {
        places.set(key, rows.length);
        rows.push(row);
        signatures.push(signature);
        return undefined;
      }
      const firstRow = rows[place] ?? row;
      const where = `Row ${firstRow.toLocaleString("en-US")}`;
      if (signatures[place] === signature) {
        const message = `${where} has the same account and the same values; it is sent once.`;
        return { code: "CSV-DUPLICATE-ROW", firstRow, message };
      }
      contradicted.add(firstRow);
      const message = `${where} has the same account with other values. Neither is sent; keep one of them.`;
      return { code: "CSV-CONFLICTING-ROWS", firstRow, message };
    },
    contradictedRows: () => [...contradicted].toSorted((a, b) => a - b),
  };
}

/** Several parts as one key, so that ["ab", "c"] and ["a", "bc"] differ. */
export function joinedKey(parts: readonly string[]): string {
  return parts.map((part) => `${String(part.length)}:${part}`).join("");
}
