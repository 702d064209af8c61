import { createHash } from "node:crypto";
import type { FaultKind } from "./fault-kinds.ts";
import type { FinzlyRoute } from "./routes.ts";

/**
 * One request as the provider saw it. `applied` is the truth about whether an update or delete took effect, also when
 * nobody heard the answer; it may turn true after the connection is gone. It stays false for reads and tokens.
 */
export interface LedgerEntry {
  /** 1, 2, 3 … in order of arrival. */
  readonly seq: number;
  readonly atMs: number;
  readonly route: FinzlyRoute | "unknown";
  readonly method: string;
  /** The path without the query. */
  readonly path: string;
  readonly customerUID?: string;
  readonly accountUID?: string;
  /** Lower-case hex over the received bytes; empty for the token endpoint, whose body holds the secret. */
  readonly bodySha256: string;
  /** The body of an update as text. */
  readonly bodyText?: string;
  /** False while the body is arriving, and for ever when the connection broke before its end. */
  readonly bodyComplete: boolean;
  readonly applied: boolean;
  readonly appliedAtMs?: number;
  /** The HTTP status given, absent when no answer was given. */
  readonly status?: number;
  readonly fault?: FaultKind;
  /** Names the token without revealing it. */
  readonly tokenId?: string;
}

/** Append-only: entries are never removed, and only the fate of a request is filled in later. */
export interface Ledger {
  /** A copy of all entries in order of arrival. */
  entries(): readonly LedgerEntry[];
}

export interface LedgerLine {
  readonly entry: LedgerEntry;
  bodyArrived(bytes: Buffer, complete: boolean, keepText: boolean): void;
  struckBy(fault: FaultKind): void;
  withToken(tokenId: string): void;
  applied(): void;
  answered(status: number): void;
}

export interface LedgerBook {
  readonly ledger: Ledger;
  open(request: Pick<LedgerEntry, "route" | "method" | "path" | "customerUID" | "accountUID">): LedgerLine;
}

export function createLedger(nowMs: () => number): LedgerBook {
  const entries: LedgerEntry[] = [];
  return {
    ledger: { entries: () => entries.slice() },
    open: (request) => {
      const index = entries.length;
      let entry: LedgerEntry = {
        ...request,
        seq: index + 1,
        atMs: nowMs(),
        bodySha256: "",
        bodyComplete: false,
        applied: false,
      };
      const write = (change: Partial<LedgerEntry>): void => {
        entry = Object.freeze({ ...entry, ...change });
        entries[index] = entry;
      };
      write({});
      return {
        get entry() {
          return entry;
        },
        bodyArrived: (bytes, bodyComplete, keepText) => {
          if (request.route === "token") return write({ bodyComplete });
          const bodySha256 = createHash("sha256").update(bytes).digest("hex");
          write({ bodySha256, bodyComplete, ...(keepText ? { bodyText: bytes.toString("utf8") } : {}) });
        },
        struckBy: (fault) => write({ fault }),
        withToken: (tokenId) => write({ tokenId }),
        applied: () => write({ applied: true, appliedAtMs: nowMs() }),
        answered: (status) => write({ status }),
      };
    },
  };
}
