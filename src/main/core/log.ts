/** A redacting log. `facts` are redacted by key and by value before they are written. */
export interface Log {
  readonly info: (message: string, facts?: Readonly<Record<string, unknown>>) => void;
  readonly warn: (message: string, facts?: Readonly<Record<string, unknown>>) => void;
  readonly error: (message: string, facts?: Readonly<Record<string, unknown>>) => void;
}

export const silentLog: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };
