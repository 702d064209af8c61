import type { ChangeDetail } from "@contract";
import { providerNames } from "../../bridge/provider-name.ts";
import type { OutcomeWords } from "./outcome-words.ts";
import { joined, said } from "./sentences.ts";

/** What happened to a deletion where it reads otherwise than of new values; undefined where it does not. */
export function deletionWords(change: ChangeDetail): OutcomeWords | undefined {
  const provider = providerNames[change.provider];
  const { message = "" } = change;
  switch (change.state) {
    case "accepted":
      return {
        tone: message === "" ? "good" : "warn",
        title: change.attempts.length === 0 ? `The account is gone at ${provider}.` : `${provider} deleted the account.`,
        body: joined(message, message === "" && change.verifiedAtMs !== undefined ? "Read again: it is gone" : ""),
      };
    case "refused":
      return change.attempts.length === 0
        ? { tone: "warn", title: message, body: "" }
        : {
            tone: "bad",
            title: `${provider} refused the deletion.`,
            body: joined(said(change), "The account was not deleted. Withdraw this, or ask for the deletion anew."),
          };
    case "outcome-unknown":
      return {
        tone: "unknown",
        title: message === "" ? `${provider} gave no clear answer. The account may or may not be deleted.` : message,
        body: "No other change of this account is sent until it is settled.",
      };
    case "draft":
    case "waiting-for-approval":
    case "approved":
    case "sending":
    case "conflict":
    case "rejected":
    case "expired":
    case "withdrawn":
    case "reversed":
      return undefined;
  }
}
