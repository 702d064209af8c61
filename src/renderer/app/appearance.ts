import type { Settings } from "@contract";
import { useEffect } from "react";

/** Puts the chosen theme and density on the page; without settings the operating system's theme stays. */
export function useAppearance(settings: Settings | undefined): void {
  const theme = settings?.theme;
  const density = settings?.density;
  useEffect(() => {
    const root = document.documentElement;
    if (theme === "light" || theme === "dark") root.dataset["theme"] = theme;
    else if (theme === "system") delete root.dataset["theme"];
  }, [theme]);
  useEffect(() => {
    if (density !== undefined) document.documentElement.dataset["density"] = density;
  }, [density]);
}
