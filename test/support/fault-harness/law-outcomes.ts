import type { AttemptFacts, ChangeFacts, Evidence, Law, SeenRequest } from "./evidence.ts";
import { acceptedByComparison, attemptsEver } from "./law-restored.ts";
import { pairRequests } from "./pairing.ts";

const named = ({ id, customerUid, accountUid }: ChangeFacts): string => `change ${id} (${customerUid}/${accountUid})`;
const atRest = new Set([
  "accepted",
  "refused",
  "conflict",
  "withdrawn",
  "draft",
  "rejected",
  "expired",
  "reversed",
  "waiting-for-approval",
]);
const approving = new Set(["change.submit", "change.approve", "change.send-again"]);
const definite = new Set(["refused", "busy", "not-sent"]);

function attemptsOf(file: Evidence["file"], change: ChangeFacts): readonly AttemptFacts[] {
  return file.attempts.filter((attempt) => attempt.changeId === change.id);
}

function unrest(change: ChangeFacts, file: Evidence["file"]): string | undefined {
  if (atRest.has(change.state)) return undefined;
  if (change.state === "outcome-unknown") {
    return change.settlement === null || change.settleAtMs !== null
      ? "is of unknown outcome and nobody was asked"
      : undefined;
  }
  const refused = file.connections.find(({ id }) => id === change.connectionId)?.signInRefused === true;
  if (change.state === "approved" && (change.held || change.heldBack || refused)) return undefined;
  return `was left ${change.state}`;
}

/** L1: every approved change ends accepted, refused, in conflict or waiting for a person, and none disappears. */
export const everyApprovedChangeEnds: Law = ({ file }) => {
  const found = new Map(file.changes.map((change) => [change.id, change]));
  const approved = new Set(
    file.audit
      .filter(({ action }) => approving.has(action))
      .map(({ subject }) => Number(subject.replace("change ", ""))),
  );
  const lost = [...approved].filter((id) => !found.has(id)).map((id) => `change ${id} was approved and is gone`);
  const restless = file.changes.flatMap((change) => {
    const why = unrest(change, file);
    return why === undefined ? [] : [`${named(change)} ${why}`];
  });
  return [...lost, ...restless];
};

function lastAppliedOf(requests: readonly SeenRequest[], change: ChangeFacts): SeenRequest | undefined {
  return requests
    .filter(
      (request) =>
        request.method === "PUT" &&
        request.applied &&
        request.customerUID === change.customerUid &&
        request.accountUID === change.accountUid,
    )
    .toSorted((left, right) => (left.appliedAtMs ?? 0) - (right.appliedAtMs ?? 0) || left.seq - right.seq)
    .at(-1);
}

function acceptedWrongly(evidence: Evidence, change: ChangeFacts, newest: boolean): string | undefined {
  const { requests, file } = evidence;
  const own = attemptsOf(file, change).at(-1);
  const compared = own === undefined && acceptedByComparison(evidence, change);
  const intent = compared ? attemptsEver(evidence).findLast(({ changeId }) => changeId === change.id) : own;
  if (intent === undefined) return `${named(change)} is accepted without an attempt`;
  const last = lastAppliedOf(requests, change);
  if (last === undefined) return `${named(change)} is accepted and the provider never applied it`;
  if (newest && last.bodyText !== intent.body)
    return `${named(change)} is accepted and the provider last applied other bytes (request ${last.seq})`;
  const ever = requests.some(
    (request) => request.applied && request.path === intent.path && request.bodyText === intent.body,
  );
  return ever ? undefined : `${named(change)} is accepted and its bytes were never applied`;
}

/** Where a person ended an unclear change of the account by their word, what the provider applies last is theirs to know. */
function overruled({ changes }: Evidence["file"], { customerUid, accountUid }: ChangeFacts): boolean {
  return changes.some((other) => other.customerUid === customerUid && other.accountUid === accountUid && spoken(other));
}

function lastSeqs({ audit }: Evidence["file"], action: string): Map<number, number> {
  return new Map(
    audit
      .filter((row) => row.action === action)
      .map(({ subject, seq }) => [Number(subject.replace("change ", "")), seq]),
  );
}

function spoken(change: ChangeFacts): boolean {
  return change.settlement === "person-accepted" || change.settlement === "person-refused";
}

function sameAsTyped(typed: unknown, sent: unknown): boolean {
  if (typeof typed === "string" && typeof sent === "string") return typed.trim() === sent;
  return typeof typed !== "string" || typeof sent !== "number" || Number(typed.replaceAll(/[ ,]/gu, "")) === sent;
}

function otherThanTyped(change: ChangeFacts, attempt: AttemptFacts): string[] {
  const sent = JSON.parse(attempt.body) as Record<string, unknown>;
  return Object.entries(sent)
    .filter(([field, value]) => field in change.proposed && !sameAsTyped(change.proposed[field], value))
    .map(([field]) => `attempt ${attempt.id} of ${named(change)} sends another ${field} than was typed`);
}

/**
 * L2: what the file says happened did happen. An accepted change's last applied body equals its intent; an attempt that is
 * called definitely not applied was not applied; "not applied" is not believed of a change the provider applied within
 * its settle window; and the intent of a change that was not edited since holds what the person typed. Without an
 * attempt of its own a change is accepted only where its trail says that comparing a restored file found it there, and
 * the file that was lost had sent it.
 */
export const outcomesAreTrue: Law = (evidence) => {
  const { file } = evidence;
  const { ofAttempt } = pairRequests(evidence);
  const newestAttempt = new Map(file.attempts.map((attempt) => [attempt.path, attempt.id]));
  const edited = lastSeqs(file, "change.edit");
  const started = lastSeqs(file, "change.start");
  const wrong = file.changes.flatMap((change) => {
    const attempts = attemptsOf(file, change);
    const found: (string | undefined)[] = [];
    if (change.state === "accepted" && !spoken(change)) {
      const last = attempts.at(-1);
      const newest = last !== undefined && newestAttempt.get(last.path) === last.id && !overruled(file, change);
      found.push(acceptedWrongly(evidence, change, newest || acceptedByComparison(evidence, change)));
    }
    for (const attempt of attempts.filter(({ outcome }) => definite.has(outcome))) {
      if (ofAttempt.get(attempt.id)?.applied === true)
        found.push(`attempt ${attempt.id} of ${named(change)} is called ${attempt.outcome} and was applied`);
    }
    found.push(believedAbsent(evidence, change, attempts.at(-1), ofAttempt));
    if ((started.get(change.id) ?? 0) > (edited.get(change.id) ?? 0))
      found.push(...attempts.slice(-1).flatMap((attempt) => otherThanTyped(change, attempt)));
    return found;
  });
  return wrong.filter((what) => what !== undefined);
};

function believedAbsent(
  { file }: Evidence,
  change: ChangeFacts,
  last: AttemptFacts | undefined,
  ofAttempt: ReadonlyMap<number, SeenRequest>,
): string | undefined {
  if (change.state !== "outcome-unknown" || change.settlement !== "not-applied" || last === undefined) return undefined;
  const windowMs = file.connections.find(({ id }) => id === change.connectionId)?.settleWindowMs ?? 0;
  const request = ofAttempt.get(last.id);
  const inTime = (request?.appliedAtMs ?? 0) <= (last.finishedAtMs ?? last.startedAtMs) + windowMs;
  return request?.applied === true && inTime
    ? `${named(change)} is said to be not applied and was applied within its settle window`
    : undefined;
}
