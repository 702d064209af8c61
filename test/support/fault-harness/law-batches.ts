import type { AuditFacts, Evidence, Law } from "./evidence.ts";

const atRest = new Set(["columns", "compare", "waiting", "paused", "stopped", "finished", "failed", "withdrawn"]);

function confirmedRows(audit: readonly AuditFacts[], id: number): number | undefined {
  const row = audit.find(({ action, subject }) => action === "batch.confirm" && subject === `batch ${id}`);
  if (row === undefined || row.after === null) return undefined;
  const { chosen } = JSON.parse(row.after) as { readonly chosen?: unknown };
  return typeof chosen === "number" ? chosen : undefined;
}

function unaccounted({ batches, audit }: Evidence["file"]): string[] {
  return batches.flatMap(({ id, state, chosen, changes, unmade }) => {
    if (!atRest.has(state)) return [`batch ${id} was left ${state}`];
    const confirmed = confirmedRows(audit, id);
    if (confirmed === undefined) return changes === 0 ? [] : [`batch ${id} has changes and nobody confirmed it`];
    if (confirmed !== chosen) return [`batch ${id} was confirmed with ${confirmed} rows and now says ${chosen}`];
    if (changes + unmade > chosen) return [`batch ${id} made more of ${chosen} rows than there are`];
    const missing = chosen - changes - unmade;
    return state === "finished" && missing > 0
      ? [`batch ${id} is finished and ${missing} of its rows became nothing`]
      : [];
  });
}

/** Sent while paused, by itself or by a start that found it on its way: it waits for a person's word. */
function sentWithoutAWord({ changes, audit }: Evidence["file"]): string[] {
  const batchOf = new Map(changes.map(({ id, batchId }) => [`change ${id}`, batchId]));
  const waiting = new Set<number>();
  return audit.flatMap(({ action, subject }) => {
    const batch = Number(subject.replace("batch ", ""));
    if (action === "batch.pause") waiting.add(batch);
    if (action === "batch.resume" || action === "batch.stop" || action === "batch.resume-making") waiting.delete(batch);
    const of = action === "change.start" ? (batchOf.get(subject) ?? undefined) : undefined;
    return of !== undefined && waiting.has(of) ? [`${subject} of batch ${of} was sent before a person resumed it`] : [];
  });
}

/**
 * L9: every row of a confirmed batch becomes exactly one change or is written down as none, and what is
 * paused, also by the end of the app, is not sent before a person says so.
 */
export const batchesKeepTheirRows: Law = ({ file }) => [...unaccounted(file), ...sentWithoutAWord(file)];
