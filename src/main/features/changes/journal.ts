import type { Store, Writer } from "../../database/sql.ts";

/**
 * Group commit. Marks handed in within one turn of the event loop share one durable transaction: `mark` resolves once
 * that transaction is on disk. A mark that throws fails alone: the group is then committed one by one. At most
 * `groupSize` marks share a transaction, so that the main process is never held long.
 */
export interface Journal {
  readonly mark: <T>(work: (writer: Writer) => T) => Promise<T>;
  /**
   * The same, ahead of all plain marks, in a group of its own: for what a request waits for. Plain marks are committed
   * in a later turn, while those requests are on their way; whoever marks first has to bound how many there can be.
   */
  readonly markFirst: <T>(work: (writer: Writer) => T) => Promise<T>;
}

interface Mark {
  readonly work: (writer: Writer) => unknown;
  readonly resolve: (value: unknown) => void;
  readonly reject: (reason: unknown) => void;
}

export function createJournal(store: Store, groupSize = 128): Journal {
  const first: Mark[] = [];
  const later: Mark[] = [];
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

  const flush = (): void => {
    const group = (first.length > 0 ? first : later).splice(0, groupSize);
    planned = false;
    plan();
    const [only] = group;
    if (only !== undefined && group.length === 1) commitAlone(only);
    else commitTogether(group);
  };

  const markIn = (queue: Mark[]) => <T>(work: (writer: Writer) => T): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      queue.push({ work, resolve: (value) => resolve(value as T), reject });
      plan();
    });

  return { mark: markIn(later), markFirst: markIn(first) };
}
