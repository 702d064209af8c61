import type { Connection, ConnectionId, ProviderKind } from "@contract";
import type { AggregatorProvider } from "../../providers/aggregator.ts";
import type { AccountProvider } from "../../providers/provider.ts";

/** What other features may ask of connections. */
export interface ConnectionAccess {
  readonly list: () => readonly Connection[];
  /** Failure not-found. */
  readonly get: (id: ConnectionId) => Connection;
  /** Whose a connection is or, once removed, was: what refers to it stays. Undefined for one that never was. */
  readonly kindOf: (id: ConnectionId) => ProviderKind | undefined;
  /**
   * The provider bound to the connection's credentials; one each. Failure sign-in-needed: no secrets; not-allowed: its
   * accounts cannot be edited (Signzy).
   */
  readonly provider: (id: ConnectionId) => AccountProvider;
  /** The same of an aggregator (Finicity, Signzy). Failure sign-in-needed; not-allowed: it is none (Finzly). */
  readonly aggregator: (id: ConnectionId) => AggregatorProvider;
  /** The provider refused the credentials: nothing more is sent until they are replaced or a test succeeds. */
  readonly markSignInRefused: (id: ConnectionId, message: string, correlationId: string) => void;
  /** 429 or 503: shown on the connection until then. */
  readonly markPaused: (id: ConnectionId, untilMs: number | undefined) => void;
  /** Runs when a connection becomes usable again (secrets replaced, test succeeded, settings saved). */
  readonly onReady: (listener: (id: ConnectionId) => void) => () => void;
}
