import { signedIn, type CallContext } from "../../core/call-context.ts";
import { VostroFailure } from "../../core/failures.ts";
import type { Store } from "../../database/sql.ts";
import type { AuditTrail } from "../audit/audit-trail.ts";
import type { CachedAccount } from "./account-record.ts";
import { statusOf } from "./aggregated-detail.ts";
import { aggregatedOf } from "./aggregated-store.ts";

/**
 * The text that tells whoever must act what to do, and a row in the audit trail that it was copied. Failure not-found
 * for an account of no aggregator.
 */
export function nextStepToCopy(
  { store, audit }: { readonly store: Store; readonly audit: AuditTrail },
  account: CachedAccount,
  context: CallContext,
): string {
  const person = signedIn(context);
  const record = aggregatedOf(store.read, account.id);
  if (record === undefined) throw new VostroFailure("not-found", "No aggregator reads this account.");
  const { code, nextStep, nextStepHeading } = statusOf(record, account);
  store.transaction((writer) =>
    audit.append(writer, {
      action: "account.next-step-copied",
      subject: `account ${account.customerUid}/${account.accountUid}`,
      summary: `Copied the next step (${nextStepHeading}) of code ${code === undefined ? "none" : String(code)}`,
      person,
      after: { code: code ?? null },
      quoted: { legible: [account.customerUid, account.accountUid] },
      correlationId: context.correlationId,
    }),
  );
  return nextStep;
}
