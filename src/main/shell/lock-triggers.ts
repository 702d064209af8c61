import { powerMonitor } from "electron";

/** Seconds since the last key or pointer on this machine. */
export const idleSeconds = (): number => powerMonitor.getSystemIdleTime();

/** Locks when the machine sleeps or its own lock screen comes up. */
export function lockWithTheMachine(lock: (why: string) => void): void {
  powerMonitor.on("suspend", () => lock("The computer went to sleep; the workspace was locked."));
  powerMonitor.on("lock-screen", () => lock("The computer was locked, and the workspace with it."));
}
