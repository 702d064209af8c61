/**
 * Who must act before an account is fresh again. `nobody`: nothing is wrong. `wait`: it passes by itself. `provider`:
 * the provider must repair it. Codes that no document explains fall to `operations`: somebody must ask.
 */
export const actors = ["nobody", "customer", "operations", "wait", "provider"] as const;
export type Actor = (typeof actors)[number];

/** The provider's own words for what remedies a code (reference §2.9), and four for what is no remedy. */
export const codeCategories = [
  "Succeeded",
  "Not aggregated yet",
  "Not clear",
  "Re-authenticate or provide additional information",
  "Retry later",
  "Verify account or data state",
  "Invalid input",
  "Report or escalate for investigation",
  "Unknown code",
] as const;
export type CodeCategory = (typeof codeCategories)[number];

export interface StatusMeaning {
  /** The provider's code; absent where it gave none. */
  readonly code?: number;
  /** Whether a document explains it. */
  readonly isKnown: boolean;
  readonly category: CodeCategory;
  readonly act: Actor;
  /** For a table's cell: "Security question not answered". */
  readonly short: string;
  /** Whole sentences. */
  readonly meaning: string;
  /** Ends the sentence "the last attempt failed: …"; empty where nothing failed. */
  readonly because: string;
  /** Who does what, for a table's cell: "Customer answers via Connect Fix". */
  readonly doing: string;
  /** What to tell whoever acts, with {account} where the account is named; absent where it is worked out of the facts. */
  readonly tell?: string;
  /** The customer can mend it on the provider's Connect Fix page. */
  readonly isConnectFix: boolean;
}
