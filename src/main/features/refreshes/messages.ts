import type { RefreshId } from "@contract";
import { snapshotStep } from "@contract/rules/aggregation/snapshot-step.ts";
import { signedIn, type CallContext } from "../../core/call-context.ts";
import { VostroFailure } from "../../core/failures.ts";
import type { RefreshDependencies } from "./refresh-access.ts";
import { pairsOf } from "./store.ts";
import { mustFind, quotedOf, refreshNumber } from "./transition.ts";

/**
 * What the provider said of a refresh, or the next step of one of its accounts, as text to copy; a row in the audit
 * trail says that it was. Failure not-found for an account that is not in it.
 */
export function messageToCopy(
  { store, audit }: Pick<RefreshDependencies, "store" | "audit">,
  { id, accountId }: { readonly id: RefreshId; readonly accountId?: string | undefined },
  context: CallContext,
): string {
  const person = signedIn(context);
  const refresh = mustFind(store.read, id);
  const pair = accountId === undefined ? undefined : pairsOf(store.read, id).find((one) => one.accountId === accountId);
  const shown = pair?.after ?? pair?.before;
  if (accountId !== undefined && shown === undefined)
    throw new VostroFailure("not-found", "There is no such account in this refresh.");
  const step = accountId === undefined || shown === undefined
    ? undefined
    : snapshotStep(shown, { customerId: refresh.customerId, accountId });
  const code = refresh.code === undefined ? "" : ` Code ${refresh.code}.`;
  const login = refresh.institutionLoginId === undefined ? "" : `, institution login ${refresh.institutionLoginId}`;
  const about = `Refresh ${refreshNumber(id)} of customer ${refresh.customerId}${login}, asked for at ` +
    `${new Date(refresh.clickedAtMs).toISOString().slice(0, 19).replace("T", " ")} UTC`;
  const told = refresh.code !== undefined && refresh.message.includes(`Code ${refresh.code}.`) ? "" : code;
  store.transaction((writer) =>
    audit.append(writer, {
      action: "refresh.message-copied",
      subject: `refresh ${id}`,
      summary: step === undefined
        ? `${refreshNumber(id)}: copied the provider's message`
        : `${refreshNumber(id)}: copied the next step (${step.heading}) of account ${String(accountId)}`,
      person,
      after: { code: step === undefined ? (refresh.code ?? null) : (step.meaning.code ?? null) },
      quoted: quotedOf(refresh, accountId),
      correlationId: context.correlationId,
    }),
  );
  return step === undefined ? `${about}: ${refresh.message}${told}` : step.text;
}
