import { useCallback, useMemo, useState } from "react";
import type { Navigation } from "../ui/index.ts";

const depth = 50;

/** The paths a person has been to, in memory only; `leave` has what is typed saved before another page is shown. */
export function useHistory(start: string, leave: (act: () => void) => void): Navigation {
  const [paths, setPaths] = useState<readonly string[]>([start]);
  const go = useCallback((path: string) => {
    leave(() => setPaths((been) => (been.at(-1) === path ? been : [...been.slice(-depth), path])));
  }, [leave]);
  const back = useCallback(() => {
    leave(() => setPaths((been) => (been.length > 1 ? been.slice(0, -1) : ["/"])));
  }, [leave]);
  const path = paths.at(-1) ?? "/";
  return useMemo(() => ({ path, go, back }), [path, go, back]);
}
