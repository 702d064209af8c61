import { callNamed, type Call, type CallName, type Failure, type Result } from "@contract";
import { issueSentence } from "@contract/issue-words.ts";
import type { AnyHandler } from "../core/call-context.ts";
import { VostroFailure } from "../core/failures.ts";
import type { Log } from "../core/log.ts";
import type { Session } from "../core/session.ts";
import { demandAccess } from "./access.ts";
import { isModestData } from "./payload-size.ts";

/** A command as the audit trail should know it, whatever came of it. */
export interface ServedCall {
  readonly name: CallName;
  readonly person: Session["person"];
  readonly summary: string;
  readonly correlationId: string;
}

export interface CallDependencies {
  readonly handler: (name: CallName) => AnyHandler | undefined;
  readonly session: () => Session;
  readonly newCorrelationId: () => string;
  /** Marks where the audit trail stands; the answer writes a row unless one of this call was written since. */
  readonly beginAudit: () => (call: ServedCall) => void;
  readonly log: Log;
}

/** "clientSecret" as a person would write it: "Client secret". */
function named(path: string): string {
  const words = path
    .replaceAll(/([a-z0-9])([A-Z])/gu, "$1 $2")
    .replaceAll(".", ", ")
    .toLowerCase();
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}

function parsedInput(call: Call, input: unknown): unknown {
  if (!isModestData(input)) throw new VostroFailure("input-invalid", "The request is too large or not plain data.");
  const parsed = call.input.safeParse(input, { error: issueSentence });
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.slice(0, 20).map((issue) => ({
    path: issue.path.map(String).join(".").slice(0, 200),
    message: issue.message.slice(0, 300),
  }));
  const first = fields[0];
  const message =
    first === undefined || first.path === "" ? "The request is not understood." : `${named(first.path)}: ${first.message}`;
  throw new VostroFailure("input-invalid", message.slice(0, 1000), { fields });
}

function failureOf(name: CallName, error: unknown, correlationId: string, log: Log): Failure {
  if (error instanceof VostroFailure) {
    if (error.code === "internal" || error.code === "storage-failed")
      log.error(`${name} failed.`, { correlationId, error });
    return error.toFailure(correlationId);
  }
  log.error(`${name} failed in an unforeseen way.`, { correlationId, error });
  const place = correlationId.slice(0, 8);
  const message = `Something in Vostro went wrong and this was not done. The log has the details under ${place}.`;
  return { code: "internal", message, retryable: false, correlationId };
}

/** Whether the page may still be given what a call found: the one who asked is still there and nothing was locked. */
function mayStillHear({ access }: Call, before: Session, now: Session, value: unknown): boolean {
  if (access === "anyone" || access === "workspace") return true;
  if (now.phase === "open" && now.person?.id === before.person?.id) return true;
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}

/**
 * Serves one call from the page. `fromOurPage` was decided from the sender's frame before anything waited. In order:
 * the sender, the input (strict, at most 1,000,000 characters), who may, the handler, the output (allow-list: what is
 * not named is stripped). What comes after a lock or for somebody else is not handed out.
 * Every command leaves an audit row, refused and failed ones too. Never throws.
 */
export async function answerCall(
  name: CallName,
  fromOurPage: boolean,
  input: unknown,
  dependencies: CallDependencies,
): Promise<Result<unknown>> {
  const { handler, session, newCorrelationId, beginAudit, log } = dependencies;
  const call = callNamed(name);
  const correlationId = newCorrelationId();
  const before = session();
  const noteServed = call.kind === "command" ? beginAudit() : () => undefined;
  const note = (summary: string): void => {
    try {
      noteServed({ name, person: before.person ?? session().person, summary, correlationId });
    } catch (error) {
      log.error("A command could not be noted in the audit trail.", { name, correlationId, error });
    }
  };
  try {
    if (!fromOurPage) throw new VostroFailure("sender-refused", "This call did not come from Vostro's own page.");
    const parsed = parsedInput(call, input);
    demandAccess(call.access, before);
    const run = handler(name);
    if (run === undefined) throw new VostroFailure("not-allowed", "This is not available in this workspace.");
    const output: unknown = await run(parsed, { correlationId, person: before.person });
    const value = call.output.parse(output);
    note(`${name} was done.`);
    if (mayStillHear(call, before, session(), value)) return { ok: true, value };
    const gone = new VostroFailure(
      "locked",
      "The workspace was locked or left before the answer came; it is not shown.",
    );
    return { ok: false, failure: gone.toFailure(correlationId) };
  } catch (error) {
    const failure = failureOf(name, error, correlationId, log);
    if (failure.code === "sender-refused") log.warn("A call from elsewhere was refused.", { name, correlationId });
    note(`${name} was not done: ${failure.code}.`);
    return { ok: false, failure };
  }
}
