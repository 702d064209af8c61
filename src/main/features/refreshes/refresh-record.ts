import type { ConnectionId, Environment, RefreshActor, RefreshId, RefreshState } from "@contract";

/** A refresh as stored. Moments in wall milliseconds are for people; `coolUntilMs` is of the steady clock. */
export interface RefreshRecord {
  readonly id: RefreshId;
  readonly connectionId: ConnectionId;
  readonly provider: "finicity" | "signzy";
  readonly environment: Environment;
  readonly customerId: string;
  readonly customerName: string;
  readonly institutionLoginId: string | undefined;
  readonly state: RefreshState;
  readonly reason: string;
  readonly madeBy: { readonly id: number; readonly name: string };
  readonly act: RefreshActor;
  /** Whether `act` and `code` come from the provider's answer to the request itself. */
  readonly hinted: boolean;
  readonly code: string | undefined;
  readonly message: string;
  readonly clickedAtMs: number;
  readonly sentAtMs: number | undefined;
  readonly answeredAtMs: number | undefined;
  readonly seenAtMs: number | undefined;
  readonly endedAtMs: number | undefined;
  readonly nextLookAtMs: number | undefined;
  readonly doneAtMs: number | undefined;
  readonly coolUntilMs: number | undefined;
  readonly accounts: number;
  readonly accountsMoved: number;
  readonly looks: number;
  readonly sameLooks: number;
  /** How long it has been watched while the app ran, on the monotonic clock. */
  readonly watchedMs: number;
}

export interface RefreshStored {
  readonly id: number;
  readonly connection_id: number;
  readonly provider: string;
  readonly environment: string;
  readonly customer_uid: string;
  readonly customer_name: string;
  readonly institution_login_id: string | null;
  readonly state: string;
  readonly reason: string;
  readonly made_by_id: number;
  readonly made_by_name: string;
  readonly act: string;
  readonly hinted: number;
  readonly code: string | null;
  readonly message: string;
  readonly clicked_at_ms: number;
  readonly sent_at_ms: number | null;
  readonly answered_at_ms: number | null;
  readonly seen_at_ms: number | null;
  readonly ended_at_ms: number | null;
  readonly next_look_at_ms: number | null;
  readonly done_at_ms: number | null;
  readonly cool_until_ms: number | null;
  readonly accounts: number;
  readonly accounts_moved: number;
  readonly looks: number;
  readonly same_looks: number;
  readonly watched_ms: number;
}

export function refreshFromRow(row: RefreshStored): RefreshRecord {
  return {
    id: row.id as RefreshId,
    connectionId: row.connection_id as ConnectionId,
    provider: row.provider as RefreshRecord["provider"],
    environment: row.environment as Environment,
    customerId: row.customer_uid,
    customerName: row.customer_name,
    institutionLoginId: row.institution_login_id ?? undefined,
    state: row.state as RefreshState,
    reason: row.reason,
    madeBy: { id: row.made_by_id, name: row.made_by_name },
    act: row.act as RefreshActor,
    hinted: row.hinted === 1,
    code: row.code ?? undefined,
    message: row.message,
    clickedAtMs: row.clicked_at_ms,
    sentAtMs: row.sent_at_ms ?? undefined,
    answeredAtMs: row.answered_at_ms ?? undefined,
    seenAtMs: row.seen_at_ms ?? undefined,
    endedAtMs: row.ended_at_ms ?? undefined,
    nextLookAtMs: row.next_look_at_ms ?? undefined,
    doneAtMs: row.done_at_ms ?? undefined,
    coolUntilMs: row.cool_until_ms ?? undefined,
    accounts: row.accounts,
    accountsMoved: row.accounts_moved,
    looks: row.looks,
    sameLooks: row.same_looks,
    watchedMs: row.watched_ms,
  };
}

/** What may change of a refresh; null clears. */
export interface RefreshPatch {
  readonly state?: RefreshState;
  readonly act?: RefreshActor;
  readonly hinted?: boolean;
  readonly code?: string | null;
  readonly message?: string;
  readonly sentAtMs?: number;
  readonly answeredAtMs?: number;
  readonly seenAtMs?: number;
  readonly endedAtMs?: number | null;
  readonly nextLookAtMs?: number | null;
  readonly doneAtMs?: number | null;
  readonly coolUntilMs?: number | null;
  readonly accounts?: number;
  readonly accountsMoved?: number;
  readonly looks?: number;
  readonly sameLooks?: number;
  readonly watchedMs?: number;
}
