import { useEffect, useState } from "react";
import { useAnnounce } from "../../ui/index.ts";

/** What may be seen for a short while: `isOver` once its time has hidden it, which `said` tells. */
export function useBriefly<T extends { readonly hideAfterMs: number }>(said: string) {
  const [shown, setShown] = useState<T>();
  const [isOver, setOver] = useState(false);
  const announce = useAnnounce();
  useEffect(() => {
    if (shown === undefined) return undefined;
    const timer = setTimeout(() => {
      setShown(undefined);
      setOver(true);
      announce(said);
    }, shown.hideAfterMs);
    return () => clearTimeout(timer);
  }, [shown, said, announce]);
  const show = (value: T | undefined): void => {
    setShown(value);
    setOver(false);
  };
  return { shown, isOver, show };
}
