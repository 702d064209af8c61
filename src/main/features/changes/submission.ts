import type { Settings } from "@contract";
import type { CheckedUpdate } from "@contract/rules/finzly-update.ts";
import { needsSecondPerson } from "@contract/rules/risk.ts";
import type { Writer } from "../../database/sql.ts";
import type { AuditTrail } from "../audit/audit-trail.ts";
import type { ChangePatch, ChangeRecord } from "./change-record.ts";
import { fieldsOf, summarise, valuesOf } from "./sheet.ts";
import { nextQueueSeq } from "./store.ts";
import { move, mustFind, type Deed } from "./transition.ts";

export interface Submission {
  readonly change: ChangeRecord;
  /** Judged with evidence required, against the account as now known; without errors. */
  readonly checked: Pick<CheckedUpdate, "update" | "changes" | "risk" | "currency">;
  /** The line for lists; that of the fields when left out. */
  readonly summary?: string;
  /** Set in the same step: what a draft made at this moment says. */
  readonly also?: ChangePatch;
  /** It belongs to a restored file: held until it is compared. */
  readonly compareFirst?: boolean;
}

/** Takes a checked draft on its way: into the queue, or to a second person where the policy wants one. */
export function submitChecked(
  { audit, policy }: { readonly audit: AuditTrail; readonly policy: () => Settings["secondPerson"] },
  writer: Writer,
  { change, checked, also = {}, compareFirst = false, ...given }: Submission,
  deed: Deed,
): ChangeRecord {
  const waits = needsSecondPerson(policy(), checked.risk);
  const summary = given.summary ?? summarise(checked.changes, checked.currency);
  const patch: ChangePatch = {
    ...also,
    update: checked.update,
    currency: checked.currency,
    fields: fieldsOf(checked.changes),
    summary,
    risk: checked.risk.class,
    submittedAtMs: deed.atMs,
    approvalNeeded: waits,
    message: null,
    providerCode: null,
    providerMessage: null,
    tries: 0,
    held: compareFirst && !waits,
    compareFirst,
    notBeforeMs: null,
    ...(deed.person === undefined ? {} : { sentBy: { id: deed.person.id, name: deed.person.name } }),
  };
  const values = valuesOf(checked.changes, checked.currency);
  const facts = {
    ...values.after,
    summary,
    risk: checked.risk.class,
    authorisationRef: also.authorisationRef ?? change.authorisationRef,
    category: also.reasonCategory ?? change.reasonCategory,
    reason: (also.proposed ?? change.proposed).reason,
    ...(change.batchId === undefined ? {} : { batch: change.batchId, row: change.batchRow }),
  };
  if (waits) {
    move(writer, audit, change, "submit-for-approval", patch, {
      ...deed,
      text: "Submitted for approval",
      facts,
      before: values.before,
    });
  } else {
    move(
      writer,
      audit,
      change,
      "submit",
      { ...patch, approvedAtMs: deed.atMs, queueSeq: nextQueueSeq(writer) },
      {
        ...deed,
        text: "Approved by policy: no second person needed",
        facts,
        before: values.before,
      },
    );
  }
  return mustFind(writer, change.id);
}
