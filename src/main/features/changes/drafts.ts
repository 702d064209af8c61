import type { ChangeId, FinzlyFieldName, ParsedInputOf, ProposedFields, Settings } from "@contract";
import { finzlyFields } from "@contract/rules/finzly-fields.ts";
import type { CallContext } from "../../core/call-context.ts";
import type { Clock } from "../../core/clock.ts";
import { VostroFailure } from "../../core/failures.ts";
import type { Store, Writer } from "../../database/sql.ts";
import type { AccountAccess, StoredAccount } from "../accounts/account-access.ts";
import type { AuditTrail } from "../audit/audit-trail.ts";
import type { ConnectionAccess } from "../connections/connection-access.ts";
import type { ChangeRecord } from "./change-record.ts";
import { refuseUncompared } from "./hold-restored.ts";
import { allows, editableStates } from "./lifecycle.ts";
import { refuseDeleted, refuseSecond } from "./one-open.ts";
import { quotedNumbers } from "./quoted-numbers.ts";
import { checkProposal, fieldsOf, summarise } from "./sheet.ts";
import { aboutAccount, insertChange, insertEvent, patchChange } from "./store.ts";
import { submitChecked } from "./submission.ts";
import { calledOff, move, movedOn, mustFind, mustSee, type Deed } from "./transition.ts";
import { whyUnchangeable } from "./why-unchangeable.ts";

export interface DraftDependencies {
  readonly store: Store;
  readonly audit: AuditTrail;
  readonly accounts: AccountAccess;
  readonly connections: Pick<ConnectionAccess, "get">;
  readonly clock: Clock;
  readonly policy: () => Settings["secondPerson"];
}

type Saved = ParsedInputOf<"changes.saveDraft">;

export function deedOf(context: CallContext, clock: Clock): Deed {
  return { person: context.person, atMs: clock.nowMs(), correlationId: context.correlationId };
}

function withKeptMasked(
  stored: ProposedFields,
  typed: ProposedFields,
  keep: readonly FinzlyFieldName[],
): ProposedFields {
  const kept = keep
    .filter((field) => finzlyFields[field].masked && typed[field] === undefined && stored[field] !== undefined)
    .map((field) => [field, stored[field]] as const);
  return { ...typed, ...Object.fromEntries(kept) };
}

function judged(account: StoredAccount, proposed: ProposedFields, authorisationRef: string, requireEvidence: boolean) {
  return checkProposal({
    known: account.known,
    proposed,
    authorisationRef,
    customerSecCodes: account.customerSecCodes,
    finicity: account.finicity,
    requireEvidence,
  });
}

function refuseUnchangeable(deps: DraftDependencies, account: StoredAccount): void {
  const why = whyUnchangeable(deps.connections.get(account.connectionId));
  if (why !== undefined) throw new VostroFailure("not-allowed", `${why} Nothing was sent.`);
}

/** Finds or makes the draft to write into. One open change an account: failure conflict names the other. */
function openDraft(
  deps: DraftDependencies,
  writer: Writer,
  input: Saved,
  account: StoredAccount,
  deed: Deed,
): { change: ChangeRecord; isNew: boolean } {
  if (input.id !== undefined) {
    const change =
      input.revision === undefined ? mustFind(writer, input.id) : mustSee(writer, input.id, input.revision);
    if (change.accountId !== account.id) throw new VostroFailure("conflict", "This draft belongs to another account.");
    if (change.kind === "delete")
      throw new VostroFailure("conflict", "A deletion is not edited. Withdraw it, or ask for it anew.");
    refuseDeleted(account);
    return { change, isNew: false };
  }
  refuseSecond(deps, writer, account, undefined);
  if (deed.person === undefined) throw new VostroFailure("sign-in-needed", "Sign in to change an account.");
  const id = insertChange(writer, {
    ...aboutAccount(account),
    madeBy: deed.person,
    atMs: deed.atMs,
  });
  return { change: mustFind(writer, id), isNew: true };
}

/** Saves what is typed, valid or not; the base becomes what is known now. */
export function saveDraft(deps: DraftDependencies, input: Saved, context: CallContext): ChangeId {
  const deed = deedOf(context, deps.clock);
  return deps.store.transaction((writer) => {
    const account = deps.accounts.stored(writer, input.accountId);
    refuseUnchangeable(deps, account);
    const { change, isNew } = openDraft(deps, writer, input, account, deed);
    const proposed = withKeptMasked(change.proposed, input.proposed, input.keepMasked);
    const checked = judged(account, proposed, input.authorisationRef, false);
    const summary = summarise(checked.changes, checked.currency);
    const patch = {
      base: account.known,
      proposed,
      reasonCategory: input.reasonCategory,
      authorisationRef: input.authorisationRef,
      fields: fieldsOf(checked.changes),
      summary,
      risk: checked.risk.class,
      update: checked.update,
      currency: checked.currency,
      message: null,
    };
    if (change.state === "draft") {
      if (!patchChange(writer, change, patch, deed.atMs)) throw movedOn(change);
      if (isNew) insertEvent(writer, change.id, deed.atMs, context.person?.name ?? "", "Draft started");
      const accountName = `${account.customerUid}/${account.accountUid}`;
      deps.audit.append(writer, {
        action: isNew ? "change.draft" : "change.save",
        subject: `change ${change.id}`,
        summary: `${isNew ? "Started" : "Saved"} a draft for account ${accountName}: ${summary || "nothing changed yet"}`,
        person: context.person,
        before: { fields: change.fields, summary: change.summary },
        after: { fields: patch.fields, summary },
        quoted: quotedNumbers({ ...change, base: account.known, proposed }),
        correlationId: context.correlationId,
      });
    } else {
      if (!editableStates.some((state) => state === change.state)) throw movedOn(change);
      refuseSecond(deps, writer, account, change.id);
      move(
        writer,
        deps.audit,
        change,
        "edit",
        {
          ...patch,
          queueSeq: null,
          notBeforeMs: null,
          settleAtMs: null,
          settlement: null,
          held: false,
          resend: false,
          conflict: [],
          verification: [],
          verifiedAtMs: null,
          approvedBy: null,
          approvedAtMs: null,
        },
        { ...deed, text: "Corrected; a draft again", facts: { summary } },
      );
    }
    return change.id;
  });
}

/** Submits a draft, or asks an approved one that waits to be tried again. Returns the connection to wake. */
export function submit(
  deps: DraftDependencies,
  input: { id: ChangeId; revision: number },
  context: CallContext,
): ChangeRecord {
  const deed = deedOf(context, deps.clock);
  return deps.store.transaction((writer) => {
    const change = mustSee(writer, input.id, input.revision);
    if (change.state === "approved") {
      refuseUncompared(change);
      move(
        writer,
        deps.audit,
        change,
        "wait",
        { held: false, tries: 0, notBeforeMs: null, message: null },
        {
          ...deed,
          text: "Asked to send it now",
        },
      );
      return mustFind(writer, change.id);
    }
    if (!allows(change.state, "submit")) throw movedOn(change);
    const account = deps.accounts.stored(writer, change.accountId);
    refuseDeleted(account);
    if (change.kind === "update") refuseUnchangeable(deps, account);
    const checked = judged(account, change.proposed, change.authorisationRef, true);
    const errors = checked.issues.filter((issue) => issue.severity === "error");
    if (errors.length > 0) {
      throw new VostroFailure(
        "input-invalid",
        `${errors.length === 1 ? "1 error" : `${errors.length} errors`} to fix before this can be sent. Nothing was sent.`,
        {
          fields: errors.map((issue) => ({ path: issue.path, message: issue.message })),
        },
      );
    }
    if (checked.changes.length === 0) {
      throw new VostroFailure("input-invalid", "Nothing is changed, so there is nothing to send.");
    }
    return submitChecked(deps, writer, { change, checked }, deed);
  });
}

/**
 * Takes a change back before it leaves, or closes one that ended in refusal or conflict. One that was to be sent again
 * goes back to Outcome unknown: a request of it may have been applied.
 */
export function withdraw(
  deps: DraftDependencies,
  input: { id: ChangeId; revision: number; reason: string },
  context: CallContext,
): void {
  const deed = deedOf(context, deps.clock);
  deps.store.transaction((writer) => {
    const change = mustSee(writer, input.id, input.revision);
    if (change.state === "approved") refuseUncompared(change);
    if (change.state === "outcome-unknown") {
      throw new VostroFailure(
        "conflict",
        "Its outcome is unknown, so it cannot be withdrawn. Read the account again, or say what happened.",
      );
    }
    if (change.state === "approved" && change.resend) {
      const { settleWindowMs } = deps.connections.get(change.connectionId);
      const message = "It is not sent again. Whether the request before was applied is still unknown.";
      move(
        writer,
        deps.audit,
        change,
        "call-off",
        calledOff(deed.atMs, settleWindowMs, message),
        {
          ...deed,
          text: input.reason === "" ? "Not sent again after all" : `Not sent again after all: ${input.reason}`,
        },
      );
      return;
    }
    move(
      writer,
      deps.audit,
      change,
      "withdraw",
      { message: input.reason || null, queueSeq: null, setAside: true },
      {
        ...deed,
        text: input.reason === "" ? "Withdrawn" : `Withdrawn: ${input.reason}`,
      },
    );
  });
}

/** Takes theirs or keeps mine per field; the base becomes what is known now. All theirs: nothing is left, so withdrawn. */
export function resolveConflict(
  deps: DraftDependencies,
  input: {
    id: ChangeId;
    revision: number;
    choices: { readonly [F in FinzlyFieldName]?: "mine" | "theirs" | undefined };
  },
  context: CallContext,
): void {
  const deed = deedOf(context, deps.clock);
  deps.store.transaction((writer) => {
    const change = mustSee(writer, input.id, input.revision);
    if (change.state !== "conflict") throw movedOn(change);
    const missing = change.conflict.filter((entry) => input.choices[entry.field] === undefined);
    if (missing.length > 0) {
      throw new VostroFailure("input-invalid", "Choose mine or theirs for every field that moved.", {
        fields: missing.map((entry) => ({ path: entry.field, message: `Choose for ${entry.label}.` })),
      });
    }
    const dropped = new Set(
      change.conflict.map((entry) => entry.field).filter((field) => input.choices[field] === "theirs"),
    );
    const proposed = Object.fromEntries(
      Object.entries(change.proposed).filter(([field]) => !dropped.has(field as FinzlyFieldName)),
    ) as ProposedFields;
    const account = deps.accounts.stored(writer, change.accountId);
    const checked = judged(account, proposed, change.authorisationRef, false);
    const summary = summarise(checked.changes, checked.currency);
    const facts = { choices: input.choices, summary };
    if (checked.changes.length === 0) {
      move(
        writer,
        deps.audit,
        change,
        "withdraw",
        { proposed, queueSeq: null, setAside: true },
        {
          ...deed,
          text: "Withdrawn: the provider's values were kept for every field",
          facts,
        },
      );
      return;
    }
    move(
      writer,
      deps.audit,
      change,
      "edit",
      {
        base: account.known,
        proposed,
        update: checked.update,
        currency: checked.currency,
        fields: fieldsOf(checked.changes),
        summary,
        risk: checked.risk.class,
        conflict: [],
        queueSeq: null,
        settlement: null,
        settleAtMs: null,
        message: null,
      },
      { ...deed, text: "Conflict resolved; a draft again", facts },
    );
  });
}
