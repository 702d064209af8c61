/** Listeners of one happening. A listener that throws is told of to `failed`; the others are still told. */
export interface Listeners<T> {
  readonly tell: (what: T) => void;
  /** Returns the way to stop listening. */
  readonly listen: (listener: (what: T) => void) => () => void;
}

export function createListeners<T>(failed: (error: unknown) => void): Listeners<T> {
  const all = new Set<(what: T) => void>();
  return {
    tell: (what) => {
      for (const listener of all) {
        try {
          listener(what);
        } catch (error) {
          failed(error);
        }
      }
    },
    listen: (listener) => {
      all.add(listener);
      return () => void all.delete(listener);
    },
  };
}
