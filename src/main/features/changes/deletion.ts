import type { ChangeId, ParsedInputOf } from "@contract";
import { checkDeletion, deletionRisk, deletionSummary, namesAccount } from "@contract/rules/aggregation/deletion.ts";
import type { CallContext } from "../../core/call-context.ts";
import { VostroFailure } from "../../core/failures.ts";
import type { ProviderAccount } from "../../providers/provider.ts";
import type { StoredAccount } from "../accounts/account-access.ts";
import type { ChangeRecord } from "./change-record.ts";
import { deedOf, type DraftDependencies } from "./drafts.ts";
import { noteAccepted } from "./look.ts";
import { refuseSecond } from "./one-open.ts";
import { quotedNumbers } from "./quoted-numbers.ts";
import type { Readiness } from "./read-around.ts";
import { goOn, ownDeed, type SendDependencies } from "./send-dependencies.ts";
import { aboutAccount, insertChange, insertEvent } from "./store.ts";
import { submitChecked } from "./submission.ts";
import { move, mustFind } from "./transition.ts";

function refuseElsewhere(deps: DraftDependencies, account: StoredAccount): void {
  const { name, provider } = deps.connections.get(account.connectionId);
  if (provider === "finicity") return;
  throw new VostroFailure("not-allowed", `Vostro deletes accounts only at Finicity; ${name} is none of its connections.`);
}

/**
 * Asks for the deletion of an account: drafted and submitted in one step, so that none waits half asked for. Failures
 * input-invalid, conflict, not-allowed, not-found, sign-in-needed.
 */
export function askForDeletion(
  deps: DraftDependencies,
  input: ParsedInputOf<"changes.deleteAccount">,
  context: CallContext,
): ChangeRecord {
  const deed = deedOf(context, deps.clock);
  const { person } = deed;
  if (person === undefined) throw new VostroFailure("sign-in-needed", "Sign in to delete an account.");
  return deps.store.transaction((writer) => {
    const account = deps.accounts.stored(writer, input.accountId);
    refuseElsewhere(deps, account);
    refuseSecond(deps, writer, account, undefined);
    const missing = checkDeletion(input, account);
    if (missing.length > 0)
      throw new VostroFailure("input-invalid", "The deletion was not asked for. Nothing was sent.", { fields: missing });
    const id: ChangeId = insertChange(writer, {
      kind: "delete",
      ...aboutAccount(account),
      madeBy: person,
      atMs: deed.atMs,
    });
    insertEvent(writer, id, deed.atMs, person.name, "Deletion asked for");
    deps.audit.append(writer, {
      action: "change.delete",
      subject: `change ${id}`,
      summary: `Asked for the deletion of account ${account.customerUid}/${account.accountUid} at Finicity`,
      person,
      after: { typed: namesAccount(input.typed, { ...account, accountName: "" }) ? "last four" : "name" },
      quoted: quotedNumbers(mustFind(writer, id)),
      correlationId: deed.correlationId,
    });
    const also = {
      proposed: { reason: input.reason.trim() },
      reasonCategory: input.reasonCategory,
      authorisationRef: input.authorisationRef.trim(),
    };
    const checked = { update: {}, changes: [], risk: deletionRisk, currency: account.currency };
    return submitChecked(deps, writer, { change: mustFind(writer, id), checked, summary: deletionSummary, also }, deed);
  });
}

/** What was just read before the deletion is sent: an account that is gone already is not deleted once more. */
export async function judgeBeforeDeletion(
  deps: SendDependencies,
  change: ChangeRecord,
  read: ProviderAccount | undefined,
  atMs: number,
): Promise<Readiness> {
  if (read !== undefined) {
    return await deps.journal.mark((writer) => {
      const { known: base } = deps.accounts.absorbRead(writer, change.connectionId, read, atMs);
      const text = "Read again just before sending: the account is there";
      move(writer, deps.audit, change, "wait", { base }, { ...ownDeed(deps), text });
      return { change: mustFind(writer, change.id) };
    });
  }
  await deps.journal.mark((writer) => {
    const found = { verifiedAtMs: atMs, queueSeq: null, resend: false };
    if (change.resend) {
      const text = "Not sent again: the account is gone at the provider";
      const patch = { ...found, settlement: "applied" as const, message: null };
      move(writer, deps.audit, change, "accept", patch, { ...ownDeed(deps), text });
      noteAccepted(deps, writer, change, atMs);
      return;
    }
    const message = "The account was gone already when it was read before sending. Nothing was sent.";
    move(writer, deps.audit, change, "refuse", { ...found, message }, { ...ownDeed(deps), text: message });
    deps.accounts.noteDeleted(writer, change.accountId, { atMs, changeId: change.id });
  });
  deps.announce(true);
  return goOn;
}
