import type { KnownFields } from "@contract";
import { finzlyFields } from "@contract/rules/finzly-fields.ts";
import { VostroFailure } from "../../core/failures.ts";
import type { Writer } from "../../database/sql.ts";
import type { AccountProvider, ProviderAccount, WriteOutcome } from "../../providers/provider.ts";
import type { ChangeRecord } from "./change-record.ts";
import { judgeBeforeDeletion } from "./deletion.ts";
import { judgeSeen, noteAccepted, readNow } from "./look.ts";
import { alreadyAsProposed, asReadNow, conflictOf, freshenedBase, verify } from "./read-back.ts";
import { goOn, ownDeed, type SendDependencies, type SendVerdict } from "./send-dependencies.ts";
import { checkProposal } from "./sheet.ts";
import { annotate, calledOff, move, mustFind } from "./transition.ts";
import { whyUnchangeable } from "./why-unchangeable.ts";

export type Readiness =
  | { readonly change: ChangeRecord }
  | { readonly postponed: Extract<WriteOutcome, { kind: "busy" | "not-sent" }> }
  | SendVerdict;

/** Re-reads before sending. Answers the change with its base brought up to date, or what to do instead of sending. */
export async function readBefore(
  deps: SendDependencies,
  provider: AccountProvider,
  change: ChangeRecord,
  signal: AbortSignal,
): Promise<Readiness> {
  let read: ProviderAccount | undefined;
  try {
    read = await readNow(provider, change, signal);
  } catch (error) {
    if (!(error instanceof VostroFailure)) throw error;
    return await cannotRead(deps, change, error);
  }
  const atMs = deps.clock.nowMs();
  if (change.kind === "delete" || read === undefined) return await judgeBeforeDeletion(deps, change, read, atMs);
  const account = read;
  const now = asReadNow(account, atMs);
  const outcome = await deps.journal.mark((writer) => judgeRead(deps, writer, change, account, now, atMs));
  if (outcome === undefined) {
    deps.announce(true);
    return goOn;
  }
  return { change: outcome };
}

function judgeRead(
  deps: SendDependencies,
  writer: Writer,
  change: ChangeRecord,
  read: ProviderAccount,
  now: KnownFields,
  atMs: number,
): ChangeRecord | undefined {
  const at = ownDeed(deps);
  const account = deps.accounts.absorbRead(writer, change.connectionId, read, atMs);
  if (change.resend && alreadyAsProposed(change, now)) {
    move(
      writer,
      deps.audit,
      change,
      "accept",
      {
        settlement: "applied",
        verification: verify(change, now).fields,
        verifiedAtMs: atMs,
        queueSeq: null,
        resend: false,
        message: null,
      },
      { ...at, text: "Not sent again: the provider already holds what was proposed" },
    );
    noteAccepted(deps, writer, change, atMs);
    return undefined;
  }
  const callOff = (message: string): undefined => {
    const { settleWindowMs } = deps.connections.get(change.connectionId);
    const text = `Not sent again. ${message}`;
    move(writer, deps.audit, change, "call-off", calledOff(atMs, settleWindowMs, message), { ...at, text });
  };
  const conflict = conflictOf(change, now);
  if (conflict.length > 0 && change.resend)
    return callOff("The account moved since it was read. What became of the request before is read once more.");
  if (conflict.length > 0) {
    move(
      writer,
      deps.audit,
      change,
      "find-conflict",
      {
        conflict,
        queueSeq: null,
        message: "The account moved since it was read. Nothing was sent.",
      },
      {
        ...at,
        text: `Conflict: ${conflict.map((entry) => entry.label).join(", ")} moved at the provider`,
        facts: { fields: conflict.map((entry) => entry.field) },
      },
    );
    return undefined;
  }
  const checked = checkProposal({
    known: account.known,
    proposed: change.proposed,
    authorisationRef: change.authorisationRef,
    customerSecCodes: account.customerSecCodes,
    finicity: account.finicity,
    requireEvidence: true,
  });
  const unserved = whyUnchangeable(deps.connections.get(change.connectionId));
  const error =
    checked.issues.find((issue) => issue.severity === "error")?.message ?? otherCurrency(change, checked.currency);
  if (unserved !== undefined || error !== undefined) {
    const message = `${unserved ?? `With what the provider holds now: ${String(error)}`} Nothing was sent.`;
    if (change.resend) return callOff(message);
    move(
      writer,
      deps.audit,
      change,
      "return",
      { message, queueSeq: null, base: account.known },
      { ...at, text: `Back to draft. ${message}` },
    );
    return undefined;
  }
  const base = freshenedBase(change.base, now);
  move(writer, deps.audit, change, "wait", { base }, { ...at, text: "Read again just before sending: nothing moved" });
  return { ...mustFind(writer, change.id) };
}

/** Amounts were typed and judged in one currency; they mean something else in another. */
function otherCurrency(change: ChangeRecord, now: string): string | undefined {
  const amounts = change.fields.some((field) => finzlyFields[field].kind === "money");
  return amounts && now !== change.currency
    ? `The account is in ${now}; the amounts were entered in ${change.currency}.`
    : undefined;
}

async function cannotRead(deps: SendDependencies, change: ChangeRecord, error: VostroFailure): Promise<Readiness> {
  deps.log.warn("Reading before sending failed", { change: change.id, code: error.code });
  switch (error.code) {
    case "sign-in-needed":
      return { postponed: { kind: "not-sent", reason: "sign-in", message: error.message } };
    case "not-found":
    case "provider-rejected":
      if (change.resend) return busyReading(error);
      await deps.journal.mark((writer) =>
        move(
          writer,
          deps.audit,
          change,
          "refuse",
          { message: error.message, providerMessage: error.message, queueSeq: null },
          {
            ...ownDeed(deps),
            text: `Refused when reading the account before sending: ${error.message}`,
          },
        ),
      );
      deps.noteAnswer(change, { kind: "answered", message: error.message, held: false });
      deps.announce(true);
      return goOn;
    default:
      return busyReading(error);
  }
}

/** Of one to be sent again this is all that may follow: a failed read says nothing about the request before. */
function busyReading(error: VostroFailure): Readiness {
  const { retryAfterMs } = error.details;
  const message = `${error.message} The account must be read before a change is sent. Nothing was sent.`;
  return {
    postponed: { kind: "busy", httpStatus: 0, message, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) },
  };
}

/** Reads after success and shows what the provider now says. A failed read changes nothing about the acceptance. */
export async function readAfter(
  deps: SendDependencies,
  provider: AccountProvider,
  change: ChangeRecord,
  signal: AbortSignal,
): Promise<void> {
  try {
    const read = await readNow(provider, change, signal);
    const atMs = deps.clock.nowMs();
    const { fields } = judgeSeen(change, read, atMs);
    await deps.journal.mark((writer) => {
      if (change.kind === "delete") return noteGone(deps, writer, change, read, atMs);
      if (read !== undefined) deps.accounts.absorbRead(writer, change.connectionId, read, atMs);
      noteVerification(deps, writer, change, fields, atMs);
    });
  } catch (error) {
    if (!(error instanceof VostroFailure)) throw error;
    await deps.journal.mark((writer) =>
      noteVerification(deps, writer, change, [], undefined, `Accepted, but not read back: ${error.message}`),
    );
  }
  deps.announce(true);
}

/** An accepted deletion that reading does not confirm leaves the account as it is read. */
function noteGone(
  deps: SendDependencies,
  writer: Writer,
  change: ChangeRecord,
  read: ProviderAccount | undefined,
  atMs: number,
): void {
  const isGone = read === undefined;
  if (!isGone) {
    deps.accounts.noteDeleted(writer, change.accountId, undefined);
    deps.accounts.absorbRead(writer, change.connectionId, read, atMs);
  }
  const stays = "Accepted, but the account was still there when it was read back. Read its customer again later.";
  annotate(
    writer,
    deps.audit,
    mustFind(writer, change.id),
    { verifiedAtMs: atMs, message: isGone ? null : stays },
    { ...ownDeed(deps), text: isGone ? "Read back: the account is gone" : stays },
  );
}

function noteVerification(
  deps: SendDependencies,
  writer: Writer,
  change: ChangeRecord,
  fields: ReturnType<typeof verify>["fields"],
  atMs: number | undefined,
  message?: string,
): void {
  const flagged = fields.filter((field) => field.verdict === "ignored" || field.verdict === "changed");
  const said = flagged.map(
    (field) => `${field.label} ${field.verdict === "ignored" ? "was ignored" : "was changed by the provider"}`,
  );
  const text = message ?? (flagged.length === 0 ? "Read back: as sent" : `Read back: ${said.join(", ")}`);
  annotate(
    writer,
    deps.audit,
    mustFind(writer, change.id),
    {
      verification: fields,
      verifiedAtMs: atMs ?? null,
      message: message ?? (flagged.length === 0 ? null : `${said.join(". ")}.`),
    },
    { ...ownDeed(deps), text },
  );
}
