import { useEffect, useState } from "react";

/** "Wait 8 s before the next try."; undefined once the wait is over. A new `turn` starts it again. */
export function useWait(waitMs: number, turn: string | undefined): string | undefined {
  const [waiting, setWaiting] = useState<{ readonly untilMs: number; readonly nowMs: number }>();
  useEffect(() => {
    const startedMs = Date.now();
    const untilMs = startedMs + waitMs;
    setWaiting({ untilMs, nowMs: startedMs });
    if (waitMs <= 0) return undefined;
    const timer = setInterval(() => {
      const nowMs = Date.now();
      setWaiting({ untilMs, nowMs });
      if (nowMs >= untilMs) clearInterval(timer);
    }, 250);
    return () => clearInterval(timer);
  }, [waitMs, turn]);
  if (waiting === undefined || waiting.nowMs >= waiting.untilMs) return undefined;
  const seconds = Math.ceil((waiting.untilMs - waiting.nowMs) / 1000);
  return `Several tries failed. Wait ${seconds} s before the next one.`;
}
