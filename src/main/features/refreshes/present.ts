import type { RefreshDetail, RefreshRow } from "@contract";
import type { Reader } from "../../database/sql.ts";
import { judgeAccounts, type Pair } from "./judge.ts";
import { inFlightStates } from "./lifecycle.ts";
import type { RefreshConnection } from "./refresh-access.ts";
import type { RefreshRecord } from "./refresh-record.ts";
import type { SteadyClock } from "./steady-clock.ts";
import { customerStanding, eventsOf, pairsOf } from "./store.ts";

const attentionStates = ["partly-succeeded", "failed", "given-up"];
const attentionActors = ["customer", "operations", "sender"];

function needsAttention({ doneAtMs, state, act }: RefreshRecord): boolean {
  return doneAtMs === undefined && attentionStates.includes(state) && attentionActors.includes(act);
}

/** Leaves out what is not there, as the contract's optional fields want it. */
function present<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
}

export function toRow(refresh: RefreshRecord, connection: RefreshConnection | undefined): RefreshRow {
  const { id, connectionId, provider, environment, customerId, customerName, state, reason, act, message } = refresh;
  const { institutionLoginId, code, sentAtMs, answeredAtMs, seenAtMs, endedAtMs, nextLookAtMs } = refresh;
  return {
    id,
    connectionId,
    connectionName: connection?.name ?? "A removed connection",
    provider,
    environment,
    customerId,
    customerName,
    state,
    reason,
    madeBy: refresh.madeBy.name,
    act,
    message,
    clickedAtMs: refresh.clickedAtMs,
    accounts: refresh.accounts,
    accountsMoved: refresh.accountsMoved,
    needsAttention: needsAttention(refresh),
    ...present({ institutionLoginId, code, sentAtMs, answeredAtMs, seenAtMs, endedAtMs, nextLookAtMs }),
  };
}

/** A refresh of one sign-in says nothing of the customer's other banks. */
function isOfLogin({ before, after }: Pair, institutionLoginId: string | undefined): boolean {
  return institutionLoginId === undefined || (after ?? before)?.institutionLoginId === institutionLoginId;
}

export function toDetail(
  reader: Reader,
  refresh: RefreshRecord,
  connection: RefreshConnection | undefined,
  steady: SteadyClock,
): RefreshDetail {
  const pairs = pairsOf(reader, refresh.id).filter((pair) => isOfLogin(pair, refresh.institutionLoginId));
  const ended = !(inFlightStates as readonly string[]).includes(refresh.state);
  const looked = refresh.looks > 0 || pairs.some(({ after }) => after !== undefined);
  const { coolUntilMs } = customerStanding(reader, refresh.environment, refresh.customerId);
  const cools = coolUntilMs !== undefined && coolUntilMs > steady.nowMs();
  return {
    ...toRow(refresh, connection),
    timeoutMs: connection?.refreshTimeoutMs ?? 120_000,
    giveUpMs: connection?.refreshGiveUpMs ?? 1_800_000,
    results: judgeAccounts(pairs, { looked, ended }).map(({ accountId, before, after, verdict }) => ({
      accountId,
      verdict,
      ...(before === undefined ? {} : { before }),
      ...(after === undefined ? {} : { after }),
    })),
    events: eventsOf(reader, refresh.id),
    ...(cools ? { againAtMs: steady.shownMs(coolUntilMs) } : {}),
  };
}
