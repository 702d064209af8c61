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

const tallestPx = 33_000_000;

/** The same, smaller where so many rows would be higher than a page can be; `isCapped` says so. */
export function useGridRowHeight(rowCount: number): { readonly px: number; readonly isCapped: boolean } {
  const px = useRowHeight();
  const mostPx = rowCount === 0 ? px : Math.floor(tallestPx / rowCount);
  return { px: Math.min(px, mostPx), isCapped: mostPx < px };
}
