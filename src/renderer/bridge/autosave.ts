import type { Failure, Result } from "@contract";

export type SaveState =
  | { readonly kind: "unchanged" }
  | { readonly kind: "waiting" }
  | { readonly kind: "saving" }
  | { readonly kind: "saved"; readonly atMs: number }
  | { readonly kind: "failed"; readonly failure: Failure };

/** Whether main may not hold the newest content. */
export function isUnsaved({ kind }: SaveState): boolean {
  return kind === "waiting" || kind === "saving" || kind === "failed";
}

export interface Autosave {
  /** An edit happened: save when `delayMs` have passed without another. */
  touch(): void;
  /** Saves what is not saved yet and waits for it; the state it ends in. */
  flush(): Promise<SaveState>;
  state(): SaveState;
  subscribe(listener: () => void): () => void;
  /** Lets a failed save go: the next touch starts again. */
  forget(): void;
  stop(): void;
}

/** How long a person rests before what they typed is saved. */
export const restBeforeSaveMs = 600;

export interface AutosaveParts {
  readonly delayMs: number;
  /** Saves the form as it is at the moment of the call. */
  readonly save: () => Promise<Result<unknown>>;
  readonly nowMs: () => number;
}

/** One save at a time, the newest content last; an edit during a save starts another when it ends. */
export function createAutosave({ delayMs, save, nowMs }: AutosaveParts): Autosave {
  const listeners = new Set<() => void>();
  let state: SaveState = { kind: "unchanged" };
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: Promise<void> | undefined;
  let dirty = false;
  let stopped = false;

  const become = (next: SaveState) => {
    state = next;
    for (const listener of listeners) listener();
  };

  const saveOnce = async () => {
    dirty = false;
    become({ kind: "saving" });
    const result = await save();
    if (result.ok) become(dirty ? { kind: "waiting" } : { kind: "saved", atMs: nowMs() });
    else {
      dirty = true;
      become({ kind: "failed", failure: result.failure });
    }
  };

  const run = (): Promise<void> => {
    clearTimeout(timer);
    timer = undefined;
    running ??= saveOnce().finally(() => {
      running = undefined;
    });
    return running;
  };

  const schedule = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (running === undefined) void run();
      else schedule();
    }, delayMs);
  };

  return {
    touch() {
      if (stopped) return;
      dirty = true;
      if (running === undefined) become({ kind: "waiting" });
      schedule();
    },
    async flush() {
      if (running !== undefined) await running;
      if (dirty) await run();
      while (dirty && state.kind !== "failed") await run();
      clearTimeout(timer);
      return state;
    },
    state: () => state,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    forget() {
      clearTimeout(timer);
      dirty = false;
      become({ kind: "unchanged" });
    },
    stop() {
      stopped = true;
      clearTimeout(timer);
      listeners.clear();
    },
  };
}
