import { refreshStateWords, type RefreshEvent, type RefreshId } from "@contract";
import type { QuotedNumbers } from "@contract/rules/account-number-text.ts";
import { VostroFailure } from "../../core/failures.ts";
import type { Reader, Writer } from "../../database/sql.ts";
import type { AuditTrail } from "../audit/audit-trail.ts";
import { after, type RefreshHappening } from "./lifecycle.ts";
import type { RefreshPatch, RefreshRecord } from "./refresh-record.ts";
import { findRefresh, insertEvent, patchRefresh } from "./store.ts";

/** Who did something, when, in which call. */
export interface Deed {
  readonly person: { readonly id: number; readonly name: string } | undefined;
  readonly atMs: number;
  readonly correlationId: string;
}

/** "R-0093", as people name a refresh. */
export function refreshNumber(id: RefreshId): string {
  return `R-${String(id).padStart(4, "0")}`;
}

/** Failure conflict, in words: the refresh is not where it was seen. */
export function movedOn(refresh: RefreshRecord): VostroFailure {
  const words = refreshStateWords[refresh.state];
  return new VostroFailure("conflict", `This refresh is now: ${words}. Nothing was done. Look at it again.`);
}

/** Failure not-found. */
export function mustFind(reader: Reader, id: RefreshId): RefreshRecord {
  const found = findRefresh(reader, id);
  if (found === undefined) throw new VostroFailure("not-found", "There is no such refresh in this workspace.");
  return found;
}

/** What a row of the audit trail may quote in full of a refresh: ids, which are no account numbers. */
export function quotedOf(
  { customerId, institutionLoginId }: Pick<RefreshRecord, "customerId" | "institutionLoginId">,
  accountId?: string,
): QuotedNumbers {
  return { legible: [customerId, institutionLoginId, accountId].filter((id) => id !== undefined) };
}

/**
 * The only way a refresh changes its state: the lifecycle is asked, the row moves from the state it was seen in, and a
 * line of what happened and an audit row are written in the same transaction. Failure conflict.
 */
export function move(
  writer: Writer,
  audit: AuditTrail,
  refresh: RefreshRecord,
  happening: RefreshHappening,
  patch: Omit<RefreshPatch, "state">,
  event: Pick<RefreshEvent, "kind" | "title" | "text">,
  deed: Deed,
): void {
  const state = after(refresh.state, happening);
  if (state === undefined || !patchRefresh(writer, refresh, { ...patch, state })) throw movedOn(refresh);
  insertEvent(writer, refresh.id, { ...event, atMs: deed.atMs });
  audit.append(writer, {
    action: `refresh.${happening}`,
    subject: `refresh ${refresh.id}`,
    summary: `${refreshNumber(refresh.id)}, customer ${refresh.customerId}: ${event.title}. ${event.text}`,
    person: deed.person,
    before: { state: refresh.state },
    after: { state, act: patch.act, code: patch.code ?? undefined },
    quoted: quotedOf(refresh),
    correlationId: deed.correlationId,
  });
}
