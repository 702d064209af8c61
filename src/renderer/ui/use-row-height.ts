import { useEffect, useState } from "react";

function rowHeightPx(): number {
  const text = getComputedStyle(document.documentElement).getPropertyValue("--row");
  const height = Number.parseFloat(text);
  return Number.isFinite(height) && height > 0 ? height : 28;
}

/** The height of a row in px at the density on screen; changes with it. */
export function useRowHeight(): number {
  const [height, setHeight] = useState(rowHeightPx);
  useEffect(() => {
    const observer = new MutationObserver(() => setHeight(rowHeightPx()));
    observer.observe(document.documentElement, { attributes: true, attributeFilter: ["data-density"] });
    return () => observer.disconnect();
  }, []);
  return height;
}
