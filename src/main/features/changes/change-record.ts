import type {
  AccountId, ChangeId, ChangeKind, ChangeState, ConflictField, ConnectionId, FinzlyFieldName, FinzlyUpdate, KnownFields,
  ProposedFields, RiskClass, VerifiedField,
} from "@contract";
import type { SqlValue } from "../../database/sql.ts";
import type { Settlement } from "./settlement.ts";

/** A change as main knows it: full account numbers inside, so it is masked before it leaves. */
export interface ChangeRecord {
  readonly id: ChangeId;
  /** A deletion has neither fields nor update; its reason stands in `proposed`. */
  readonly kind: ChangeKind;
  readonly accountId: AccountId;
  readonly connectionId: ConnectionId;
  readonly customerUid: string;
  readonly accountUid: string;
  readonly state: ChangeState;
  readonly revision: number;
  readonly currency: string;
  readonly base: KnownFields;
  readonly proposed: ProposedFields;
  readonly reasonCategory: string;
  readonly authorisationRef: string;
  /** What will be sent: fixed when the change is submitted. */
  readonly update: FinzlyUpdate;
  readonly fields: readonly FinzlyFieldName[];
  readonly summary: string;
  readonly risk: RiskClass;
  readonly message: string | undefined;
  readonly madeBy: { readonly id: number; readonly name: string };
  readonly createdAtMs: number;
  readonly updatedAtMs: number;
  readonly approvalNeeded: boolean;
  readonly approvedBy: string | undefined;
  readonly approvedAtMs: number | undefined;
  readonly sentBy: string | undefined;
  readonly sentAtMs: number | undefined;
  readonly queueSeq: number | undefined;
  readonly notBeforeMs: number | undefined;
  /** Attempts the provider answered with "not now" or that never left, since a person last asked. */
  readonly tries: number;
  /** Automatic tries are used up: it waits for a person. */
  readonly held: boolean;
  /** A person asked to send it once more after an unclear outcome. */
  readonly resend: boolean;
  /** It was in a restored file: compared with the provider before anything of it may leave. */
  readonly compareFirst: boolean;
  readonly providerCode: string | undefined;
  readonly providerMessage: string | undefined;
  readonly settleAtMs: number | undefined;
  readonly settlement: Settlement | undefined;
  readonly conflict: readonly ConflictField[];
  readonly verification: readonly VerifiedField[];
  readonly verifiedAtMs: number | undefined;
  /** The batch it came from, and the row there. */
  readonly batchId: number | undefined;
  readonly batchRow: number | undefined;
  /** The accepted change that is reversed once this one is accepted. */
  readonly reversesId: ChangeId | undefined;
}

export interface ChangeRowStored {
  id: number; account_id: number; connection_id: number; customer_uid: string; account_uid: string; state: ChangeState;
  revision: number; currency: string; base_json: string; proposed_json: string; reason_category: string;
  authorisation_ref: string; update_json: string; fields_json: string; summary: string; risk: RiskClass;
  message: string | null; made_by_id: number; made_by_name: string; created_at_ms: number; updated_at_ms: number;
  approval_needed: number; approved_by_name: string | null; approved_at_ms: number | null; sent_by_name: string | null;
  sent_at_ms: number | null; queue_seq: number | null; not_before_ms: number | null; tries: number; held: number;
  resend: number; provider_code: string | null; provider_message: string | null; settle_at_ms: number | null;
  settlement: Settlement | null; conflict_json: string | null; verification_json: string | null;
  verified_at_ms: number | null; batch_id: number | null; batch_row: number | null; reverses_id: number | null;
  compare_first: number; kind: ChangeKind;
}

const parsed = <T>(text: string | null, otherwise: T): T => (text === null ? otherwise : (JSON.parse(text) as T));

export function changeFromRow(row: ChangeRowStored): ChangeRecord {
  return {
    id: row.id as ChangeId,
    kind: row.kind,
    accountId: row.account_id as AccountId,
    connectionId: row.connection_id as ConnectionId,
    customerUid: row.customer_uid,
    accountUid: row.account_uid,
    state: row.state,
    revision: row.revision,
    currency: row.currency,
    base: parsed<KnownFields>(row.base_json, {}),
    proposed: parsed<ProposedFields>(row.proposed_json, {}),
    reasonCategory: row.reason_category,
    authorisationRef: row.authorisation_ref,
    update: parsed<FinzlyUpdate>(row.update_json, {}),
    fields: parsed<FinzlyFieldName[]>(row.fields_json, []),
    summary: row.summary,
    risk: row.risk,
    message: row.message ?? undefined,
    madeBy: { id: row.made_by_id, name: row.made_by_name },
    createdAtMs: row.created_at_ms,
    updatedAtMs: row.updated_at_ms,
    approvalNeeded: row.approval_needed === 1,
    approvedBy: row.approved_by_name ?? undefined,
    approvedAtMs: row.approved_at_ms ?? undefined,
    sentBy: row.sent_by_name ?? undefined,
    sentAtMs: row.sent_at_ms ?? undefined,
    queueSeq: row.queue_seq ?? undefined,
    notBeforeMs: row.not_before_ms ?? undefined,
    tries: row.tries,
    held: row.held === 1,
    resend: row.resend === 1,
    compareFirst: row.compare_first === 1,
    providerCode: row.provider_code ?? undefined,
    providerMessage: row.provider_message ?? undefined,
    settleAtMs: row.settle_at_ms ?? undefined,
    settlement: row.settlement ?? undefined,
    conflict: parsed<ConflictField[]>(row.conflict_json, []),
    verification: parsed<VerifiedField[]>(row.verification_json, []),
    verifiedAtMs: row.verified_at_ms ?? undefined,
    batchId: row.batch_id ?? undefined,
    batchRow: row.batch_row ?? undefined,
    reversesId: row.reverses_id === null ? undefined : (row.reverses_id as ChangeId),
  };
}

/** The columns a change may have set after it was made; `undefined` leaves a column alone, `null` empties it. */
export interface ChangePatch {
  readonly state?: ChangeState | undefined;
  /** The currency the amounts of `update` are in: the proposed one where the currency changes too. */
  readonly currency?: string;
  readonly base?: KnownFields;
  readonly proposed?: ProposedFields;
  readonly reasonCategory?: string;
  readonly authorisationRef?: string;
  readonly update?: FinzlyUpdate;
  readonly fields?: readonly FinzlyFieldName[];
  readonly summary?: string;
  readonly risk?: RiskClass;
  readonly message?: string | null;
  readonly submittedAtMs?: number;
  readonly approvalNeeded?: boolean;
  readonly approvedBy?: { readonly id: number; readonly name: string } | null;
  readonly approvedAtMs?: number | null;
  readonly sentBy?: { readonly id: number; readonly name: string };
  readonly sentAtMs?: number;
  readonly queueSeq?: number | null;
  readonly notBeforeMs?: number | null;
  readonly tries?: number;
  readonly held?: boolean;
  readonly resend?: boolean;
  readonly compareFirst?: boolean;
  /** A person withdrew it by itself, so its row is not sent again with what failed. */
  readonly setAside?: boolean;
  readonly providerCode?: string | null;
  readonly providerMessage?: string | null;
  readonly settleAtMs?: number | null;
  readonly settlement?: Settlement | null;
  readonly conflict?: readonly ConflictField[];
  readonly verification?: readonly VerifiedField[];
  readonly verifiedAtMs?: number | null;
}

const flag = (value: boolean): number => (value ? 1 : 0);

/** The patch as column and value pairs; column names are constants of this file. */
export function rowFromPatch(patch: ChangePatch): [column: string, value: SqlValue][] {
  const columns: [string, SqlValue | undefined][] = [
    ["state", patch.state],
    ["currency", patch.currency],
    ["base_json", patch.base && JSON.stringify(patch.base)],
    ["proposed_json", patch.proposed && JSON.stringify(patch.proposed)],
    ["reason_category", patch.reasonCategory],
    ["authorisation_ref", patch.authorisationRef],
    ["update_json", patch.update && JSON.stringify(patch.update)],
    ["fields_json", patch.fields && JSON.stringify(patch.fields)],
    ["summary", patch.summary],
    ["risk", patch.risk],
    ["message", patch.message],
    ["submitted_at_ms", patch.submittedAtMs],
    ["approval_needed", patch.approvalNeeded === undefined ? undefined : flag(patch.approvalNeeded)],
    ["approved_by_id", patch.approvedBy === null ? null : patch.approvedBy?.id],
    ["approved_by_name", patch.approvedBy === null ? null : patch.approvedBy?.name],
    ["approved_at_ms", patch.approvedAtMs],
    ["sent_by_id", patch.sentBy?.id],
    ["sent_by_name", patch.sentBy?.name],
    ["sent_at_ms", patch.sentAtMs],
    ["queue_seq", patch.queueSeq],
    ["not_before_ms", patch.notBeforeMs],
    ["tries", patch.tries],
    ["held", patch.held === undefined ? undefined : flag(patch.held)],
    ["resend", patch.resend === undefined ? undefined : flag(patch.resend)],
    ["compare_first", patch.compareFirst === undefined ? undefined : flag(patch.compareFirst)],
    ["set_aside", patch.setAside === undefined ? undefined : flag(patch.setAside)],
    ["provider_code", patch.providerCode],
    ["provider_message", patch.providerMessage],
    ["settle_at_ms", patch.settleAtMs],
    ["settlement", patch.settlement],
    ["conflict_json", patch.conflict && JSON.stringify(patch.conflict)],
    ["verification_json", patch.verification && JSON.stringify(patch.verification)],
    ["verified_at_ms", patch.verifiedAtMs],
  ];
  return columns.filter((pair): pair is [string, SqlValue] => pair[1] !== undefined);
}
