import { net } from "electron";
import type { Connectivity } from "../core/connectivity.ts";

const pollMs = 2000;

/** Looks every 2 s whether the machine has a network; listeners hear of changes only. */
export function watchConnectivity(): Connectivity & { readonly stop: () => void } {
  const listeners = new Set<(online: boolean) => void>();
  let known = net.isOnline();
  const look = (): boolean => {
    const now = net.isOnline();
    if (now !== known) {
      known = now;
      for (const listener of listeners) listener(now);
    }
    return now;
  };
  const timer = setInterval(look, pollMs);
  timer.unref();
  return {
    online: look,
    onChange: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    stop: () => clearInterval(timer),
  };
}
