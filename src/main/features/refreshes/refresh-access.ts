import type { ConnectionId, Environment, RefreshId } from "@contract";
import type { AggregatedRecord } from "@contract/rules/aggregation/record.ts";
import type { Clock } from "../../core/clock.ts";
import type { Log } from "../../core/log.ts";
import type { Publish } from "../../core/call-context.ts";
import type { Store } from "../../database/sql.ts";
import type { AggregatorProvider } from "../../providers/aggregator.ts";
import type { AuditTrail } from "../audit/audit-trail.ts";

/** What a refresh needs to know of a connection. */
export interface RefreshConnection {
  readonly id: ConnectionId;
  readonly name: string;
  readonly provider: "finicity" | "signzy";
  readonly environment: Environment;
  readonly state: "ready" | "sign-in-refused" | "paused";
  /** How long the answer to a refresh is waited for. */
  readonly refreshTimeoutMs: number;
  /** How long a customer is left alone after a refresh was sent. */
  readonly refreshCoolDownMs: number;
  /** How long one that outlived its request is watched. */
  readonly refreshGiveUpMs: number;
}

/** What refreshes ask of connections; those that are no aggregators are left out. */
export interface RefreshConnections {
  readonly list: () => readonly RefreshConnection[];
  /** Failures not-found, sign-in-needed. */
  readonly aggregator: (id: ConnectionId) => AggregatorProvider;
  readonly markSignInRefused: (id: ConnectionId, message: string, correlationId: string) => void;
  readonly onReady: (listener: (id: ConnectionId) => void) => () => void;
}

export interface RefreshNotice {
  readonly id: RefreshId;
  /** No customer, no account: it may show over a locked screen. */
  readonly title: string;
  readonly body: string;
}

/** Takes records; `wholeOf` names the customer where they are all it has. */
export type KeepRecords = (records: readonly AggregatedRecord[], wholeOf?: string) => void;

export interface RefreshDependencies {
  readonly store: Store;
  readonly audit: AuditTrail;
  readonly connections: RefreshConnections;
  readonly clock: Clock;
  readonly log: Log;
  readonly publish: Publish;
  readonly online: () => boolean;
  /**
   * Called before records are read or refreshed; what it returns takes them, for whoever keeps accounts, as of then.
   * Runs outside transactions; what it throws is logged.
   */
  readonly beginRead: (connectionId: ConnectionId) => KeepRecords;
  /** A refresh that took long has ended. */
  readonly notify: (notice: RefreshNotice) => void;
  /** Milliseconds until the next look after so many; the lifecycle's widening intervals unless told. */
  readonly lookDelayMs?: (looks: number) => number;
}
