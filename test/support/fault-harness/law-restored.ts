import type { AttemptFacts, AuditFacts, ChangeFacts, Evidence, Law } from "./evidence.ts";

/** What a comparison finds that leaves the next step to a person. */
const undecided = new Set<unknown>(["not-applied", "cannot-tell", "changed-by-someone-else"]);
const releases = new Set(["change.wait", "change.send-again", "change.submit"]);

function comparedAs(row: AuditFacts): unknown {
  if (row.personId === null || row.after === null) return undefined;
  return (JSON.parse(row.after) as Readonly<Record<string, unknown>>)["compared"];
}

/** Every attempt anybody journalled, oldest first: those of a file that was lost have negative ids. */
export function attemptsEver({ lost, file }: Pick<Evidence, "lost" | "file">): readonly AttemptFacts[] {
  if (lost === undefined) return file.attempts;
  return [...lost.attempts, ...file.attempts].toSorted((left, right) => left.startedAtMs - right.startedAtMs);
}

/** Whether its trail says that a person's comparison of the restored file found the change already there. */
export function acceptedByComparison({ lost, file }: Pick<Evidence, "lost" | "file">, { id }: ChangeFacts): boolean {
  const rows = file.audit.filter(({ subject }) => subject === `change ${id}`);
  const accepted = rows.findLast(({ action }) => action === "change.accept");
  return lost !== undefined && accepted !== undefined && comparedAs(accepted) === "applied";
}

/** Why a change of a restored file must not have left, judged by its audit rows between noticing and its start. */
export function whyNotReleased(between: readonly AuditFacts[]): string | undefined {
  const compared = between.findIndex((row) => undecided.has(comparedAs(row)));
  if (compared < 0) return "nobody had compared it";
  const word = ({ action, personId }: AuditFacts): boolean => personId !== null && releases.has(action);
  const released = between.slice(compared + 1).some(word);
  return released ? undefined : "nobody had released it";
}

/** The first attempts made after the older file was put back, each with its audit rows between noticing and start. */
export function firstAfterPuttingBack({ lost, file }: Pick<Evidence, "lost" | "file">) {
  if (lost === undefined) return [];
  const noticed = file.audit.findLast(({ action }) => action === "workspace.restored")?.seq ?? Number.POSITIVE_INFINITY;
  const rowsOf = Map.groupBy(file.audit, ({ subject }) => subject);
  const after = file.attempts.filter(({ startedAtMs }) => startedAtMs >= lost.putBackAtMs);
  return [...Map.groupBy(after, ({ changeId }) => changeId)].flatMap(([changeId, [attempt]]) => {
    if (attempt === undefined) return [];
    const rows = rowsOf.get(`change ${changeId}`) ?? [];
    const start = rows.find(
      ({ action, after: facts }) =>
        action === "change.start" &&
        facts !== null &&
        (JSON.parse(facts) as Readonly<Record<string, unknown>>)["attempt"] === attempt.id,
    );
    const until = start?.seq ?? Number.POSITIVE_INFINITY;
    return [{ changeId, attempt, between: rows.filter(({ seq }) => seq > noticed && seq < until) }];
  });
}

/** L10: an older file put back is noticed, and nothing of it leaves before a person compared it and released it. */
export const olderFilesAreCompared: Law = ({ lost, file }) => {
  if (lost === undefined) return [];
  const noticed = file.audit.some(({ action }) => action === "workspace.restored");
  const early = firstAfterPuttingBack({ lost, file }).flatMap(({ changeId, attempt, between }) => {
    const why = whyNotReleased(between);
    return why === undefined ? [] : [`attempt ${attempt.id} of change ${changeId} left although ${why}`];
  });
  return [...(noticed ? [] : ["an older file was put back and nobody noticed"]), ...early];
};
