const tickMs = 15_000;

/**
 * Runs `checkpoint` once writing has rested for a whole tick of 15 s. A checkpoint that fails (a reader holds the log,
 * the disk is full) is left for the next tick: the log itself is durable.
 */
export function scheduleIdleCheckpoint(checkpoint: () => void): {
  readonly noteWrite: () => void;
  readonly stop: () => void;
} {
  let writes = 0;
  let seen = 0;
  let moved = 0;
  const timer = setInterval(() => {
    const resting = writes === seen;
    seen = writes;
    if (!resting || moved === writes) return;
    try {
      checkpoint();
      moved = writes;
    } catch {
      moved = -1;
    }
  }, tickMs);
  timer.unref();
  return {
    noteWrite: () => {
      writes += 1;
    },
    stop: () => clearInterval(timer),
  };
}
