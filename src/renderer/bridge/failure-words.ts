import type { Failure, FailureCode } from "@contract";

export interface FailureWords {
  /** What happened, in a few words. */
  readonly title: string;
  /** To which record, what was not changed: main's own sentence. */
  readonly message: string;
  /** What to do; empty where the message says it all. */
  readonly advice: string;
}

function titleOf(code: FailureCode): string {
  switch (code) {
    case "input-invalid": return "Something in the form needs to be put right.";
    case "sender-refused": return "Vostro refused a request that did not come from its own window.";
    case "sign-in-needed": return "A sign-in is needed.";
    case "not-allowed": return "This is not allowed.";
    case "not-found": return "This record is not here any more.";
    case "conflict": return "This changed meanwhile.";
    case "provider-rejected": return "The provider refused it.";
    case "provider-busy": return "The provider is busy.";
    case "provider-down": return "The provider could not be reached.";
    case "outcome-unknown": return "The outcome is not known.";
    case "provider-changed": return "The provider answered in a form Vostro does not know.";
    case "offline": return "This computer is offline.";
    case "storage-failed": return "The workspace file could not be used.";
    case "locked": return "The workspace is locked.";
    case "internal": return "Vostro could not do this.";
    default: return code satisfies never;
  }
}

/** Whether there is nothing to look up in the log, or the message names it already. */
function isNamed({ correlationId, message }: Failure): boolean {
  return correlationId === "" || message.includes(correlationId.slice(0, 8));
}

function adviceOf(failure: Failure): string {
  switch (failure.code) {
    case "provider-busy":
    case "provider-down": return failure.retryable ? "Try again in a moment." : "";
    case "outcome-unknown": return "Read the account again before you send anything.";
    case "offline": return "You can review and draft; sending waits for a connection.";
    case "conflict": return "Look at the newest version, then decide.";
    case "internal": return isNamed(failure) ? "" : `The log has it under ${failure.correlationId}.`;
    case "input-invalid":
    case "sender-refused":
    case "sign-in-needed":
    case "not-allowed":
    case "not-found":
    case "provider-rejected":
    case "provider-changed":
    case "storage-failed":
    case "locked": return "";
    default: return failure.code satisfies never;
  }
}

/** A failure as a person reads it: what happened · to which record · what was not changed · what to do. */
export function failureWords(failure: Failure): FailureWords {
  return { title: titleOf(failure.code), message: failure.message, advice: adviceOf(failure) };
}

/** The words in one sentence row, where there is room for one line only. */
export function failureSentence(failure: Failure): string {
  const { message, advice } = failureWords(failure);
  return advice === "" ? message : `${message} ${advice}`;
}

/** The failure's sentences by field, for a form to show beside its fields; failures of no known field under "". */
export function fieldSentences(failure: Failure | undefined): ReadonlyMap<string, string> {
  return new Map((failure?.fields ?? []).map((field) => [field.path, field.message]));
}
