import type { Store, Writer } from "../../database/sql.ts";

/**
 * Group commit. Marks handed in within one turn of the event loop share one durable transaction: `mark` resolves once
 * that transaction is on disk. A mark that throws fails alone: the group is then committed one by one. At most
 * `groupSize` marks share a transaction, so that the main process is never held long.
 */
export interface Journal {
  readonly mark: <T>(work: (writer: Writer) => T) => Promise<T>;
  /**
   * The same, ahead of all plain marks: for what a request waits for. Plain marks are committed in a later turn, while
   * those requests are on their way, or behind the next ones; whoever marks first has to bound how many there can be.
   */
  readonly markFirst: <T>(work: (writer: Writer) => T) => Promise<T>;
}

export interface JournalSettings {
  readonly groupSize?: number;
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

export function createJournal(store: Store, settings: JournalSettings = {}): Journal {
  const { groupSize = 128, moreToCome = () => false } = settings;
  const first: Mark[] = [];
  const later: Mark[] = [];
  /** How many of the later ones a group went ahead of; the next group takes them along. */
  let overtaken = 0;
  let heldUntilMs = 0;
  let planned = false;

  const commitAlone = (mark: Mark): void => {
    try {
      const value = store.transaction((writer) => mark.work(writer));
      mark.resolve(value);
    } catch (error) {
      mark.reject(error);
    }
  };

  const commitTogether = (group: readonly Mark[]): void => {
    let values: unknown[];
    try {
      values = store.transaction((writer) => group.map((mark) => mark.work(writer)));
    } catch {
      group.forEach(commitAlone);
      return;
    }
    group.forEach((mark, index) => mark.resolve(values[index]));
  };

  const plan = (): void => {
    if (planned || first.length + later.length === 0) return;
    planned = true;
    setImmediate(flush);
  };

  const takeGroup = (): Mark[] => {
    const ahead = first.splice(0, groupSize);
    const room = groupSize - ahead.length;
    const group = [...ahead, ...later.splice(0, ahead.length > 0 ? Math.min(overtaken, room) : room)];
    overtaken = later.length;
    return group;
  };

  const flush = (): void => {
    const startMs = performance.now();
    const full = first.length + later.length >= groupSize;
    if (!full && startMs < heldUntilMs && moreToCome(first.length)) {
      setImmediate(flush);
      return;
    }
    const group = takeGroup();
    planned = false;
    plan();
    const [only] = group;
    if (only !== undefined && group.length === 1) commitAlone(only);
    else commitTogether(group);
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
