import type { Store, Writer } from "../../database/sql.ts";

/**
 * Group commit. Marks handed in within one turn of the event loop share one durable transaction: `mark` resolves once
 * that transaction is on disk. A mark that throws fails alone: the group is then committed one by one. At most
 * `groupSize` marks share a transaction, so that the main process is never held long.
 */
export interface Journal {
  readonly mark: <T>(work: (writer: Writer) => T) => Promise<T>;
}

interface Mark {
  readonly work: (writer: Writer) => unknown;
  readonly resolve: (value: unknown) => void;
  readonly reject: (reason: unknown) => void;
}

export function createJournal(store: Store, groupSize = 128): Journal {
  let waiting: Mark[] = [];
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

  const flush = (): void => {
    const group = waiting.slice(0, groupSize);
    waiting = waiting.slice(groupSize);
    planned = waiting.length > 0;
    if (planned) setImmediate(flush);
    const [first] = group;
    if (first !== undefined && group.length === 1) commitAlone(first);
    else commitTogether(group);
  };

  return {
    mark: <T>(work: (writer: Writer) => T) =>
      new Promise<T>((resolve, reject) => {
        waiting.push({ work, resolve: (value) => resolve(value as T), reject });
        if (!planned) {
          planned = true;
          setImmediate(flush);
        }
      }),
  };
}
