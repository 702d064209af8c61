/* oxlint-disable jsx-a11y/prefer-tag-over-role -- it stands between the rows of a virtual grid */
import { useEffect, useRef, type ReactNode } from "react";

/** What is open below a row. */
export interface GridDetail {
  readonly index: number;
  readonly label: string;
  readonly content: ReactNode;
}

export interface DetailProps {
  readonly detail: GridDetail;
  readonly topPx: number;
  readonly columnCount: number;
  readonly onHeight: (px: number) => void;
  readonly onEscape: () => void;
}

/** The open detail of a row: as high as its content. */
export function DetailRow({ detail, topPx, columnCount, onHeight, onEscape }: DetailProps) {
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const { current } = box;
    if (current === null) return undefined;
    const observer = new ResizeObserver(() => onHeight(current.offsetHeight));
    observer.observe(current);
    return () => observer.disconnect();
  }, [onHeight]);
  return (
    <div className="grid-detail" role="row" style={{ transform: `translateY(${topPx}px)` }}>
      <div
        ref={box}
        role="gridcell"
        tabIndex={-1}
        aria-colindex={1}
        aria-colspan={columnCount}
        aria-label={detail.label}
        className="grid-detail-box"
        onKeyDown={(event) => {
          const isInside = event.target instanceof Node && event.currentTarget.contains(event.target);
          if (event.key !== "Escape" || !isInside) return;
          event.stopPropagation();
          onEscape();
        }}
      >
        {detail.content}
      </div>
    </div>
  );
}
