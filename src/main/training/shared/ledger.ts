import { createHash } from "node:crypto";

/**
 * One request as the provider saw it. `applied` is the truth about whether a write took effect, also when nobody
 * heard the answer; it may turn true after the connection is gone. It stays false for reads and sign-ins.
 */
export interface LedgerRecord<Route extends string, Kind extends string> {
  /** 1, 2, 3 … in order of arrival. */
  readonly seq: number;
  readonly atMs: number;
  readonly route: Route | "unknown";
  readonly method: string;
  /** The path without the query. */
  readonly path: string;
  /** Lower-case hex over the received bytes; empty where the body holds a secret, as at sign-in. */
  readonly bodySha256: string;
  /** The body of an update as text. */
  readonly bodyText?: string;
  /** False while the body is arriving, and for ever when the connection broke before its end. */
  readonly bodyComplete: boolean;
  readonly applied: boolean;
  readonly appliedAtMs?: number;
  /** The HTTP status given, absent when no answer was given. */
  readonly status?: number;
  readonly fault?: Kind;
  /** Names the token without revealing it. */
  readonly tokenId?: string;
}

/** Append-only: entries are never removed, and only the fate of a request is filled in later. */
export interface LedgerOf<Entry> {
  /** A copy of all entries in order of arrival. */
  entries(): readonly Entry[];
}

/** Writes the fate of one request into its entry. */
export interface LedgerLineOf<Kind extends string, Ids extends object = object> {
  /** Adds ids that only the body tells. */
  about(ids: Ids): void;
  bodyArrived(bytes: Buffer, complete: boolean, keepText: boolean): void;
  struckBy(fault: Kind): void;
  withToken(tokenId: string): void;
  applied(): void;
  answered(status: number): void;
}

export interface LedgerBookOf<Route extends string, Kind extends string, Ids extends object> {
  readonly ledger: LedgerOf<LedgerRecord<Route, Kind> & Ids>;
  open(request: Pick<LedgerRecord<Route, Kind>, "route" | "method" | "path">, ids: Ids): LedgerLineOf<Kind, Ids>;
}

/** Creates an empty ledger. Bodies sent to one of the `secretRoutes` are never hashed nor kept. */
export function createLedger<Route extends string, Kind extends string, Ids extends object>(
  nowMs: () => number,
  secretRoutes: readonly Route[],
): LedgerBookOf<Route, Kind, Ids> {
  type Entry = LedgerRecord<Route, Kind> & Ids;
  const entries: Entry[] = [];
  return {
    ledger: { entries: () => entries.slice() },
    open: (request, ids) => {
      const index = entries.length;
      const isSecret = secretRoutes.some((route) => route === request.route);
      let entry: Entry = {
        ...ids,
        ...request,
        seq: index + 1,
        atMs: nowMs(),
        bodySha256: "",
        bodyComplete: false,
        applied: false,
      };
      const write = (change: Partial<LedgerRecord<Route, Kind>> | Ids): void => {
        entry = { ...entry };
        Object.assign(entry, change);
        Object.freeze(entry);
        entries[index] = entry;
      };
      write({});
      return {
        about: (more) => write(more),
        bodyArrived: (bytes, bodyComplete, keepText) => {
          if (isSecret) return write({ bodyComplete });
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
