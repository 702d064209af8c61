const pollMs = 5000;

export interface IdleLockDependencies {
  /** Seconds since the last key or pointer on this machine. */
  readonly idleSeconds: () => number;
  /** Minutes after which the open workspace locks; `undefined` when there is nothing to lock. */
  readonly limitMinutes: () => number | undefined;
  readonly lock: () => void;
}

/** Locks once the machine has been idle for the limit; looks every 5 s. Returns the way to stop. */
export function watchIdle({ idleSeconds, limitMinutes, lock }: IdleLockDependencies): () => void {
  const timer = setInterval(() => {
    const minutes = limitMinutes();
    if (minutes !== undefined && idleSeconds() >= minutes * 60) lock();
  }, pollMs);
  timer.unref();
  return () => clearInterval(timer);
}
