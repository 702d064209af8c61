import type { Store, Writer } from "../../database/sql.ts";

/**
 * Group commit. Marks handed in within one turn of the event loop share one durable transaction: `mark` resolves once
 * that transaction is on disk. A mark that throws fails alone: the group is then committed one by one. At most
 * `groupSize` marks share a transaction, and no further mark joins it after `groupMs` (on a slow disk: after as long as the
 * last commit took), so that the main process is never held long.
 */
export interface Journal {
  readonly mark: <T>(work: (writer: Writer) => T) => Promise<T>;
  /**
   * The same, ahead of all plain marks: for what a request waits for. Plain marks are committed behind the next ones of
   * these, or by themselves once they waited `lingerMs`; whoever marks first has to bound how many there can be.
   */
  readonly markFirst: <T>(work: (writer: Writer) => T) => Promise<T>;
}

export interface JournalSettings {
  readonly groupSize?: number;
  readonly groupMs?: number;
  /** How long plain marks wait for one ahead of them to share its commit, as long as they are few. */
  readonly lingerMs?: number;
  /**
   * Whether more marks are about to come, given how many requests wait for a mark: a group is then held for as long as
   * the last one took to commit, at most `longestHoldMs`.
   */
  readonly moreToCome?: (waiting: number) => boolean;
}

interface Mark {
  readonly work: (writer: Writer) => unknown;
  readonly resolve: (value: unknown) => void;
  readonly reject: (reason: unknown) => void;
}

const longestHoldMs = 20;
const longestGroupMs = 20;
/** So many plain marks are worth a commit of their own. */
const lingering = 16;

export function createJournal(store: Store, settings: JournalSettings = {}): Journal {
  const { groupSize = 128, groupMs = 8, lingerMs = 4, moreToCome = () => false } = settings;
  const first: Mark[] = [];
  const later: Mark[] = [];
  /** How many of the later ones a group went ahead of; the next group takes them along. */
  let overtaken = 0;
  let heldUntilMs = 0;
  let lastCommitMs = 0;
  let planned = false;
  let linger: NodeJS.Timeout | undefined;

  const commitAlone = (mark: Mark): void => {
    try {
      const value = store.transaction((writer) => mark.work(writer));
      mark.resolve(value);
    } catch (error) {
      mark.reject(error);
    }
  };

  /** How many of the group were committed before its time was up. */
  const commitTogether = (group: readonly Mark[]): number => {
    const untilMs = performance.now() + Math.max(groupMs, Math.min(longestGroupMs, lastCommitMs));
    let workedUntilMs = 0;
    const values: unknown[] = [];
    try {
      store.transaction((writer) => {
        for (const mark of group) {
          values.push(mark.work(writer));
          workedUntilMs = performance.now();
          if (workedUntilMs >= untilMs) break;
        }
      });
      lastCommitMs = performance.now() - workedUntilMs;
    } catch {
      group.forEach(commitAlone);
      return group.length;
    }
    values.forEach((value, index) => group[index]?.resolve(value));
    return values.length;
  };

  const planNow = (): void => {
    clearTimeout(linger);
    linger = undefined;
    planned = true;
    setImmediate(flush);
  };

  const plan = (): void => {
    if (planned || first.length + later.length === 0) return;
    if (first.length > 0 || later.length >= lingering) planNow();
    else linger ??= setTimeout(planNow, lingerMs);
  };

  const commitGroup = (): void => {
    const ahead = first.splice(0, groupSize);
    const room = groupSize - ahead.length;
    const behind = later.splice(0, ahead.length > 0 ? Math.min(overtaken, room) : room);
    const group = [...ahead, ...behind];
    const [only] = group;
    if (only !== undefined && group.length === 1) {
      commitAlone(only);
    } else {
      const done = commitTogether(group);
      first.unshift(...ahead.slice(done));
      later.unshift(...behind.slice(Math.max(0, done - ahead.length)));
    }
    overtaken = later.length;
  };

  const flush = (): void => {
    const startMs = performance.now();
    const full = first.length + later.length >= groupSize;
    if (!full && startMs < heldUntilMs && moreToCome(first.length)) {
      setImmediate(flush);
      return;
    }
    planned = false;
    commitGroup();
    plan();
    const endMs = performance.now();
    heldUntilMs = endMs + Math.min(longestHoldMs, endMs - startMs);
  };

  const markIn = (queue: Mark[]) => <T>(work: (writer: Writer) => T): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      queue.push({ work, resolve: (value) => resolve(value as T), reject });
      plan();
    });

  return { mark: markIn(later), markFirst: markIn(first) };
}
