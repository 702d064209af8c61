import { createHash } from "node:crypto";
import type { AuditFacts, Evidence, FileFacts, Law } from "./evidence.ts";
import { scanForSecrets } from "./secret-scan.ts";

function canonical(value: unknown): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value).toSorted(([left], [right]) => (left < right ? -1 : 1));
  return `{${members.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join(",")}}`;
}

/** The hash of an audit row as the product promises it, worked out without the product's code. */
export function auditHash(previousHash: string, row: Omit<AuditFacts, "hash" | "previousHash">): string {
  const { seq, atMs, personId, person, action, subject, summary, before, after, correlationId } = row;
  const text = canonical({ seq, atMs, personId, person, action, subject, summary, before, after, correlationId });
  return createHash("sha256").update(`${previousHash}\n${text}`, "utf8").digest("hex");
}

function brokenChain({ audit, auditHead }: FileFacts): string[] {
  let previous = "0".repeat(64);
  for (const [index, row] of audit.entries()) {
    if (row.seq !== index + 1) return [`audit row ${index + 1} is missing`];
    if (row.previousHash !== previous || row.hash !== auditHash(previous, row))
      return [`audit row ${row.seq} breaks the chain`];
    previous = row.hash;
  }
  const fits = auditHead.entries === audit.length && (audit.length === 0 || auditHead.hash === previous);
  return fits ? [] : [`the audit head says ${auditHead.entries} rows and there are ${audit.length}, or another hash`];
}

function stateIn(json: string | null): string | undefined {
  if (json === null) return undefined;
  const { state } = JSON.parse(json) as { state?: unknown };
  return typeof state === "string" ? state : undefined;
}

/** Every move of a change stands in the trail: replaying its rows ends in the state the change is in. */
function unaccounted({ changes, audit }: FileFacts): string[] {
  const rows = Map.groupBy(audit, ({ subject }) => subject);
  return changes.flatMap(({ id, state }) => {
    let replayed = "draft";
    for (const row of rows.get(`change ${id}`) ?? []) {
      const before = stateIn(row.before);
      if (before !== undefined && before !== replayed)
        return [`audit row ${row.seq} finds change ${id} ${before}, but it was ${replayed}`];
      replayed = stateIn(row.after) ?? replayed;
    }
    return replayed === state ? [] : [`change ${id} is ${state}, and its audit rows end ${replayed}`];
  });
}

function silentAttempts({ attempts, audit }: FileFacts): string[] {
  const told = audit
    .filter(({ action }) => action.startsWith("change."))
    .flatMap(({ after }) => {
      const facts = after === null ? {} : (JSON.parse(after) as Record<string, unknown>);
      return typeof facts["attempt"] === "number"
        ? [{ id: facts["attempt"], ended: typeof facts["outcome"] === "string" }]
        : [];
    });
  const started = new Set(told.filter(({ ended }) => !ended).map(({ id }) => id));
  const ended = new Set(told.filter((entry) => entry.ended).map(({ id }) => id));
  return attempts.flatMap(({ id, outcome }) => {
    if (!started.has(id)) return [`attempt ${id} has no audit row of its start`];
    const needsEnd = outcome !== "in-flight" && outcome !== "unknown";
    return needsEnd && !ended.has(id) ? [`attempt ${id} ended ${outcome} without an audit row`] : [];
  });
}

/** L6: the file is sound, the audit chain unbroken, and every state and outcome in the file has its audit row. */
export const recordsAreWhole: Law = ({ file }) => [
  ...file.unsound.map((complaint) => `the file is not sound: ${complaint}`),
  ...brokenChain(file),
  ...unaccounted(file),
  ...silentAttempts(file),
];

/** L8: no log holds a secret or a full account number. */
export const noSecretInLogs: Law = ({ logs, secrets }: Evidence) =>
  scanForSecrets(logs, secrets).map(({ secret, where }) => `${where} holds ${secret}`);
