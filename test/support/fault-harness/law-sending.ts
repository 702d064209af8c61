import type { AttemptFacts, AuditFacts, Evidence, Law } from "./evidence.ts";
import { attemptsEver, firstAfterPuttingBack, whyNotReleased } from "./law-restored.ts";
import { pairRequests } from "./pairing.ts";

/** L3: a provider never applies an account's updates more often than the app journalled attempts for it. */
export const noMoreApplicationsThanAttempts: Law = (evidence) => {
  const { requests } = evidence;
  const applied = Map.groupBy(
    requests.filter((request) => request.method === "PUT" && request.applied),
    ({ path }) => path,
  );
  const attempted = Map.groupBy(attemptsEver(evidence), ({ path }) => path);
  return [...applied].flatMap(([path, entries]) => {
    const attempts = attempted.get(path)?.length ?? 0;
    return entries.length > attempts
      ? [`${path} was applied ${entries.length} times for ${attempts} journalled attempts`]
      : [];
  });
};

interface Start {
  readonly seq: number;
  readonly attempt: number;
}

function factsOf(row: AuditFacts): Readonly<Record<string, unknown>> {
  return row.after === null ? {} : (JSON.parse(row.after) as Record<string, unknown>);
}

function whyAgain(previous: AttemptFacts, between: readonly AuditFacts[]): string | undefined {
  const byPerson = between.filter(({ personId }) => personId !== null);
  switch (previous.outcome) {
    case "busy":
    case "not-sent":
      return previous.message === null ? "the attempt before gives no reason" : undefined;
    case "refused":
      return byPerson.some(({ action }) => action === "change.submit")
        ? undefined
        : "the attempt before was refused and nobody corrected it";
    case "unknown": {
      const word = byPerson.find(({ action }) => action === "change.send-again");
      if (word !== undefined)
        return typeof factsOf(word)["reason"] === "string" ? undefined : "the person who asked gave no reason";
      const found = between.some(({ action }) => action === "change.find-conflict");
      return found && byPerson.some(({ action }) => action === "change.submit")
        ? undefined
        : "the attempt before is of unknown outcome and nobody asked";
    }
    default:
      return `the attempt before is ${previous.outcome}`;
  }
}

function soonVerdicts(file: Evidence["file"], changeId: number, connectionId: number): string[] {
  const windowMs = file.connections.find(({ id }) => id === connectionId)?.settleWindowMs ?? 0;
  const attempts = file.attempts.filter((attempt) => attempt.changeId === changeId);
  return file.audit
    .filter(
      (row) =>
        row.action === "change.settle" &&
        row.subject === `change ${changeId}` &&
        factsOf(row)["settlement"] === "not-applied",
    )
    .flatMap((row) => {
      const last = attempts.findLast(({ finishedAtMs }) => finishedAtMs !== null && finishedAtMs <= row.atMs);
      const endMs = (last?.finishedAtMs ?? 0) + windowMs;
      return row.atMs < endMs
        ? [`change ${changeId} was called not applied ${endMs - row.atMs} ms before its settle window ended`]
        : [];
    });
}

/** Sent from the file that was lost, and sent again from the older one. */
function againFromOlder(evidence: Evidence): string[] {
  const sentBefore = new Set(evidence.lost?.attempts.map(({ changeId }) => changeId));
  return firstAfterPuttingBack(evidence).flatMap(({ changeId, attempt, between }) => {
    const why = sentBefore.has(changeId) ? whyNotReleased(between) : undefined;
    return why === undefined ? [] : [`attempt ${attempt.id} of change ${changeId} was a second send although ${why}`];
  });
}

/**
 * L4: an account gets a second request for the same change only when the attempt before definitely did not apply, for a
 * recorded reason, or when a person asked for it with a reason; this product never sends again by itself. A read-back
 * counts as showing the change absent only once the settle window has passed. What a lost file may have sent goes out
 * from an older one only after a person compared and released it.
 */
export const secondSendsHaveAReason: Law = (evidence) => {
  const { file } = evidence;
  const audit = Map.groupBy(file.audit, ({ subject }) => subject);
  const within = file.changes.flatMap(({ id, connectionId }) => {
    const rows = audit.get(`change ${id}`) ?? [];
    const starts: Start[] = rows
      .filter(({ action }) => action === "change.start")
      .map((row) => ({ seq: row.seq, attempt: Number(factsOf(row)["attempt"]) }));
    const attempts = file.attempts.filter((attempt) => attempt.changeId === id);
    const again = attempts.slice(1).flatMap((attempt, index) => {
      const previous = attempts[index];
      const from = starts.find((start) => start.attempt === previous?.id)?.seq ?? 0;
      const to = starts.find((start) => start.attempt === attempt.id)?.seq ?? Number.POSITIVE_INFINITY;
      const why =
        previous === undefined
          ? undefined
          : whyAgain(
              previous,
              rows.filter(({ seq }) => seq > from && seq < to),
            );
      return why === undefined ? [] : [`attempt ${attempt.id} of change ${id} was sent although ${why}`];
    });
    return [...again, ...soonVerdicts(file, id, connectionId)];
  });
  return [...within, ...againFromOlder(evidence)];
};

/** L5: no update leaves without an intent committed before it, holding exactly its bytes. */
export const noRequestWithoutIntent: Law = (evidence) =>
  pairRequests(evidence).unexplained.map(
    (request) => `request ${request.seq} (PUT ${request.path}) has no committed intent of its own`,
  );

/** L7: requests reach only the hosts of the connections, and each intent names its own connection's host. */
export const noOtherHost: Law = ({ requests, file }) => {
  const allowed = new Set(file.connections.flatMap(({ origins }) => origins));
  const strangers = requests
    .filter(({ origin }) => !allowed.has(origin))
    .map(({ method, origin, path }) => `${method} ${path} reached ${origin}, which is no connection's host`);
  const ownersOrigins = new Map(file.connections.map(({ id, origins }) => [id, origins]));
  const changes = new Map(file.changes.map((change) => [change.id, change]));
  const misdirected = file.attempts
    .filter(
      (attempt) =>
        ownersOrigins.get(changes.get(attempt.changeId)?.connectionId ?? 0)?.includes(attempt.origin) !== true,
    )
    .map((attempt) => `attempt ${attempt.id} is meant for ${attempt.origin}, not its connection's host`);
  return [...strangers, ...misdirected];
};
