import type { LedgerBookOf, LedgerLineOf, LedgerOf, LedgerRecord } from "../shared/ledger.ts";
import type { FaultKind } from "./fault-kinds.ts";
import type { FinzlyRoute } from "./routes.ts";

export interface LedgerIds {
  readonly customerUID?: string;
  readonly accountUID?: string;
}
/** One request as the simulated Finzly saw it. */
export type LedgerEntry = LedgerRecord<FinzlyRoute, FaultKind> & LedgerIds;
export type Ledger = LedgerOf<LedgerEntry>;
export type LedgerLine = LedgerLineOf<FaultKind>;
export type LedgerBook = LedgerBookOf<FinzlyRoute, FaultKind, LedgerIds>;
