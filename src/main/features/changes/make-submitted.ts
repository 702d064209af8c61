import type { ChangeId, FinzlyFieldName, KnownFields } from "@contract";
import { changeStateWords, finzlyFieldNames } from "@contract";
import { sameValue } from "@contract/rules/field-sameness.ts";
import { finzlyFields } from "@contract/rules/finzly-fields.ts";
import type { CheckedUpdate } from "@contract/rules/finzly-update.ts";
import { VostroFailure } from "../../core/failures.ts";
import type { Reader, Writer } from "../../database/sql.ts";
import type { StoredAccount } from "../accounts/account-access.ts";
import type { MadeChange, WantedChange } from "./change-access.ts";
import type { DraftDependencies } from "./drafts.ts";
import { throughOther } from "./one-open.ts";
import { checkProposal } from "./sheet.ts";
import { aboutAccount, findOfAccount, findOpen, insertChange } from "./store.ts";
import { submitChecked } from "./submission.ts";
import { mustFind, type Deed } from "./transition.ts";

export interface MakingDependencies extends DraftDependencies {
  /** Batches up to this one were in a restored file: their rows may have been sent from the newer one. */
  readonly compareUpTo: () => number;
}

type Refusal = Extract<MadeChange, { kind: "not-made" }>;
const notMade = (bucket: Refusal["bucket"], message: string): Refusal => ({ kind: "not-made", bucket, message });

/** A field the plan or the rules would change now, whose last-known value is not what it was when the plan was made. */
function movedSince({ base }: WantedChange, now: KnownFields, checked: CheckedUpdate): FinzlyFieldName | undefined {
  const changed = new Set(checked.changes.map((change) => change.field));
  const concerned = finzlyFieldNames.filter(
    (field) => field !== "reason" && (base[field] !== undefined || changed.has(field)),
  );
  return concerned.find((field) => {
    const [then, today] = [base[field], now[field]];
    if (then === undefined || today === undefined) return then !== today;
    return !sameValue(field, then.value, today.value);
  });
}

function whyNot(account: StoredAccount, checked: CheckedUpdate, wanted: WantedChange): Refusal | undefined {
  const moved = movedSince(wanted, account.known, checked);
  if (moved !== undefined) {
    return notMade(
      "conflict",
      `${finzlyFields[moved].label} moved since this was compared. Nothing was sent for this row.`,
    );
  }
  if (checked.changes.length === 0) return notMade("no-change", "The account already holds what this row proposes.");
  const error = checked.issues.find((issue) => issue.severity === "error");
  return error === undefined ? undefined : notMade("blocked", error.message);
}

/** The accepted change of the undone batch, when what is proposed puts back every field it wrote. */
function reversed(
  reader: Reader,
  wanted: WantedChange,
  account: StoredAccount,
  checked: CheckedUpdate,
): ChangeId | undefined {
  if (wanted.undoes === undefined) return undefined;
  const original = findOfAccount(reader, account.id, ["accepted"], wanted.undoes);
  if (original === undefined) return undefined;
  const whole = finzlyFieldNames.every((field) => {
    if (field === "reason" || original.update[field] === undefined) return true;
    const before = original.base[field];
    const after = checked.update[field] ?? account.known[field]?.value;
    return before !== undefined && after !== undefined && sameValue(field, before.value, after);
  });
  return whole ? original.id : undefined;
}

/**
 * Makes one change of a plan and submits it: judged anew by the same rules, against the account as known now. Not made
 * when the account has another open change, what was known moved since the plan, the rules refuse it, or nothing is
 * left to change. The draft and its submission stand or fall with the caller's transaction.
 */
export function makeSubmitted(deps: MakingDependencies, writer: Writer, wanted: WantedChange, deed: Deed): MadeChange {
  if (deed.person === undefined) throw new VostroFailure("sign-in-needed", "Sign in to change an account.");
  const account = storedOrAbsent(deps, writer, wanted);
  if (account === undefined) return notMade("not-found", "The account is no longer in the list.");
  if (account.deleted !== undefined)
    return notMade("not-found", "The account is gone at its provider, so nothing can be changed on it.");
  const open = findOpen(writer, account);
  if (open !== undefined) {
    const which = `${changeStateWords[open.state]}, by ${open.madeBy.name}${throughOther(deps, open, account)}`;
    return notMade("conflict", `The account has another change: ${which}. Nothing was sent for this row.`);
  }
  const { proposed, reasonCategory, authorisationRef } = wanted;
  const checked = checkProposal({
    known: account.known,
    proposed,
    authorisationRef,
    customerSecCodes: account.customerSecCodes,
    finicity: account.finicity,
    requireEvidence: true,
  });
  const refusal = whyNot(account, checked, wanted);
  if (refusal !== undefined) return refusal;
  const id = insertChange(writer, {
    ...aboutAccount(account),
    madeBy: deed.person,
    atMs: deed.atMs,
    batch: { id: wanted.batchId, row: wanted.row, reversesId: reversed(writer, wanted, account, checked) },
  });
  const also = { proposed, reasonCategory, authorisationRef };
  const compareFirst = wanted.batchId <= deps.compareUpTo();
  submitChecked(deps, writer, { change: mustFind(writer, id), checked, also, compareFirst }, deed);
  return { kind: "made", id };
}

function storedOrAbsent(
  deps: DraftDependencies,
  writer: Writer,
  { accountId }: WantedChange,
): StoredAccount | undefined {
  try {
    return deps.accounts.stored(writer, accountId);
  } catch (error) {
    if (error instanceof VostroFailure && error.code === "not-found") return undefined;
    throw error;
  }
}
