/** A value SQLite can bind. Text never goes into the statement itself. */
export type SqlValue = string | number | bigint | Buffer | null;

export interface Sql {
  readonly text: string;
  readonly values: readonly SqlValue[];
}

const isSql = (value: SqlValue | Sql): value is Sql =>
  typeof value === "object" && value !== null && "text" in value && "values" in value;

/** The text of every place in the source that only binds values: made once, so that its statement is found at once. */
const fixedTexts = new WeakMap<TemplateStringsArray, string>();

/** A statement with bound parameters. A nested `sql` fragment is spliced in; every other value is bound. */
export function sql(strings: TemplateStringsArray, ...parts: readonly (SqlValue | Sql)[]): Sql {
  const fixed = fixedTexts.get(strings);
  if (fixed !== undefined) return { text: fixed, values: parts as readonly SqlValue[] };
  if (!parts.some(isSql)) {
    const text = strings.join("?");
    fixedTexts.set(strings, text);
    return { text, values: parts as readonly SqlValue[] };
  }
  let text = strings[0] ?? "";
  const values: SqlValue[] = [];
  parts.forEach((part, index) => {
    if (isSql(part)) {
      text += part.text;
      values.push(...part.values);
    } else {
      text += "?";
      values.push(part);
    }
    text += strings[index + 1] ?? "";
  });
  return { text, values };
}

/** Fragments joined, e.g. conditions by " AND ". */
export function joinSql(parts: readonly Sql[], separator: string): Sql {
  return { text: parts.map((part) => part.text).join(separator), values: parts.flatMap((part) => part.values) };
}

/** Reads. `Row` is the row as stored; turn it into a domain value with the store's own xFromRow. */
export interface Reader {
  readonly all: <Row>(statement: Sql) => Row[];
  readonly get: <Row>(statement: Sql) => Row | undefined;
}

/** Writes; only to be had inside a transaction. */
export interface Writer extends Reader {
  readonly run: (statement: Sql) => { readonly changes: number; readonly lastId: number };
  /**
   * What every step of one transaction shares under `name`: made by `start` at the first call, handed to the `finish` of
   * that call once, right before the commit. A transaction that fails drops it.
   */
  readonly shared: <T>(name: string, start: () => T, finish: (value: T) => void) => T;
}

/**
 * One open workspace file. `transaction` is BEGIN IMMEDIATE … COMMIT with synchronous=FULL: when it returns, the work
 * is on disk; when `work` throws, nothing of it is. It is synchronous and short; never await inside. Failure
 * `storage-failed` (disk full, read-only, damaged) leaves the file as it was before.
 */
export interface Store {
  readonly read: Reader;
  /**
   * Many reads of one state of the file; each costs a fraction of a read by itself. Synchronous and short: as long as
   * it runs, the write-ahead log cannot be emptied.
   */
  readonly snapshot: <T>(work: () => T) => T;
  readonly transaction: <T>(work: (writer: Writer) => T) => T;
}
