import { newCorrelationId, type Clock } from "../../core/clock.ts";
import type { Log } from "../../core/log.ts";
import type { Store } from "../../database/sql.ts";
import type { AccountAccess } from "../accounts/account-access.ts";
import type { AuditTrail } from "../audit/audit-trail.ts";
import type { ConnectionAccess } from "../connections/connection-access.ts";
import type { SendAnswer } from "./change-access.ts";
import type { ChangeRecord } from "./change-record.ts";
import type { Journal } from "./journal.ts";
import type { Persistence } from "./persistence.ts";
import type { Deed } from "./transition.ts";

export interface SendDependencies {
  readonly store: Store;
  readonly journal: Journal;
  readonly persistence: Persistence;
  readonly audit: AuditTrail;
  readonly accounts: AccountAccess;
  readonly connections: ConnectionAccess;
  readonly clock: Clock;
  /** In [0, 1): spreads waits. */
  readonly random: () => number;
  readonly log: Log;
  readonly announce: (accountsToo?: boolean) => void;
  /** Tells what came of trying to send a change, once that is saved. */
  readonly noteAnswer: (change: ChangeRecord, answer: Pick<SendAnswer, "kind" | "message" | "held">) => void;
}

/** What the dispatcher does next for the connection. */
export type SendVerdict =
  | { readonly next: "go-on" }
  /** The provider said "not now": the whole connection rests. */
  | { readonly next: "rest"; readonly waitMs: number }
  /** The credentials were refused: nothing more goes out until a person acts. */
  | { readonly next: "stop" };

export const goOn: SendVerdict = { next: "go-on" };

/** A deed of the app itself, with a correlation id of its own. */
export function ownDeed(deps: Pick<SendDependencies, "clock">, correlationId = newCorrelationId()): Deed {
  return { person: undefined, atMs: deps.clock.nowMs(), correlationId };
}
