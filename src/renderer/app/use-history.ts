import { useCallback, useMemo, useState } from "react";
import type { Navigation } from "../ui/index.ts";

const depth = 50;

/** The paths a person has been to, in memory only. */
export function useHistory(start: string): Navigation {
  const [paths, setPaths] = useState<readonly string[]>([start]);
  const go = useCallback((path: string) => {
    setPaths((been) => (been.at(-1) === path ? been : [...been.slice(-depth), path]));
  }, []);
  const back = useCallback(() => setPaths((been) => (been.length > 1 ? been.slice(0, -1) : ["/"])), []);
  const path = paths.at(-1) ?? "/";
  return useMemo(() => ({ path, go, back }), [path, go, back]);
}
