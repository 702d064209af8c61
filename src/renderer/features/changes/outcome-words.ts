import type { Attempt, ChangeDetail, VerifiedField } from "@contract";
import { providerNames } from "../../bridge/provider-name.ts";
import { deletionWords } from "./deletion-words.ts";
import { countOf, environmentWord } from "./send-words.ts";
import { joined, said } from "./sentences.ts";

export type OutcomeTone = "info" | "good" | "warn" | "bad" | "unknown";

export interface OutcomeWords {
  readonly tone: OutcomeTone;
  readonly title: string;
  readonly body: string;
}

function verifiedSummary(change: ChangeDetail): string {
  const provider = providerNames[change.provider];
  if (change.verification.length === 0) {
    return change.canReadBack
      ? `Reading the account again to see what ${provider} holds now.`
      : `This connection cannot read accounts, so ${provider}’s answer is all that is known.`;
  }
  const of = (verdict: VerifiedField["verdict"]) => change.verification.filter((each) => each.verdict === verdict).length;
  const parts = [
    [of("as-sent"), "as sent"],
    [of("changed"), `changed by ${provider}`],
    [of("ignored"), `ignored by ${provider}`],
    [of("not-readable"), `not returned by ${provider}`],
  ] as const;
  const said = parts.filter(([count]) => count > 0).map(([count, word]) => `${countOf(count, "field")} ${word}`);
  return `Read again after sending: ${said.join(", ")}.`;
}

function settlementWords(change: ChangeDetail): string {
  switch (change.settlement) {
    case undefined:
      return "";
    case "applied":
      return "Read again: the account holds what was sent.";
    case "not-applied":
      return "Read again: the account still holds what it held before.";
    case "changed-by-someone-else":
      return "Read again: the account holds something else; somebody may have changed it meanwhile.";
    case "cannot-tell":
      return "Read again: none of the fields sent can be compared.";
    case "person-accepted":
      return "Marked as accepted by a person.";
    case "person-refused":
      return "Marked as refused by a person.";
  }
}

/** What happened, what it means and what was not changed, for one change as it stands. */
export function outcomeWords(change: ChangeDetail, isOnline = true): OutcomeWords {
  const ofDeletion = change.kind === "delete" ? deletionWords(change) : undefined;
  if (ofDeletion !== undefined) return ofDeletion;
  const { message = "" } = change;
  const provider = providerNames[change.provider];
  const where = `${provider} ${environmentWord(change.environment)}`;
  switch (change.state) {
    case "draft":
      return { tone: "info", title: "This is a draft.", body: joined(message, "Nothing has been sent.") };
    case "waiting-for-approval":
      return {
        tone: "info",
        title: "Another person must approve this change.",
        body: joined(message, `${change.madeBy} made it. Nothing has been sent.`),
      };
    case "approved":
      if (change.compareFirst) {
        return {
          tone: "warn",
          title: message,
          body: `Nothing is sent to ${where} before that. Where the account cannot be read, you are asked what happened.`,
        };
      }
      if (!isOnline) {
        return {
          tone: "warn",
          title: "This computer is offline. Sending waits for a connection.",
          body: `Nothing has been sent to ${where} yet; it leaves by itself when the connection is back.`,
        };
      }
      return {
        tone: message === "" ? "info" : "warn",
        title: message === "" ? "Ready to leave." : message,
        body: `Nothing has been sent to ${where} yet.`,
      };
    case "sending":
      return { tone: "info", title: `Sending to ${where}.`, body: joined(message, "The attempt is on disk.") };
    case "accepted":
      return {
        tone: change.verification.some((each) => each.verdict === "changed" || each.verdict === "ignored") ? "warn" : "good",
        title: `${provider} accepted the change.`,
        body: joined(settlementWords(change), verifiedSummary(change)),
      };
    case "refused":
      return {
        tone: "bad",
        title: `${provider} refused the change.`,
        body: joined(said(change), settlementWords(change), "The account was not changed. Correct the draft and send it again."),
      };
    case "outcome-unknown":
      return {
        tone: "unknown",
        title: message === "" ? `${provider} gave no clear answer. The change may or may not have been applied.` : message,
        body: joined(settlementWords(change), "No later change to this account is sent until it is settled."),
      };
    case "conflict":
      return {
        tone: "warn",
        title: `The account changed at ${provider} since it was last read.`,
        body: "Nothing was sent. Choose per field what the change should hold.",
      };
    case "rejected":
      return { tone: "warn", title: "The checker rejected this change.", body: joined(message, "Nothing was sent.") };
    case "expired":
      return { tone: "warn", title: "The approval is too old.", body: joined(message, "Nothing was sent.") };
    case "withdrawn":
      return { tone: "info", title: "This change was withdrawn.", body: joined(message, "Vostro will not send it.") };
    case "reversed":
      return { tone: "info", title: "This change was reversed.", body: message };
  }
}

/** One attempt in words: "No answer. The change may or may not have been applied." */
export function attemptWords(attempt: Attempt, provider: string): string {
  const { message = "", httpStatus, providerCode = "" } = attempt;
  const status = httpStatus === undefined ? "" : `HTTP ${String(httpStatus)}`;
  const answer = [status, providerCode].filter((part) => part !== "").join(" ");
  switch (attempt.outcome) {
    case "in-flight":
      return "Written to disk, then sent. Waiting for the answer.";
    case "accepted":
      return `Accepted${answer === "" ? "" : ` (${answer})`}.`;
    case "refused":
      return joined(`Refused${answer === "" ? "" : ` (${answer})`}.`, message);
    case "not-sent":
      return joined("Not sent.", message);
    case "busy":
      return joined(`${provider} said not now${answer === "" ? "" : ` (${answer})`}.`, message);
    case "unknown":
      return joined(message === "" ? "No clear answer." : message, answer);
  }
}

/** A verdict beside a field that was sent, while the outcome is unknown or after it is known. */
export function verdictWords(verdict: VerifiedField["verdict"], provider: string, unknown: boolean): string {
  switch (verdict) {
    case "as-sent":
      return unknown ? "as proposed" : "as sent";
    case "ignored":
      return unknown ? "still as before" : `ignored by ${provider}`;
    case "changed":
      return unknown ? "something else" : `changed by ${provider}`;
    case "not-readable":
      return unknown ? "cannot be compared" : `not returned by ${provider}`;
  }
}
