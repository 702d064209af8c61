/* oxlint-disable jsx-a11y/prefer-tag-over-role -- an hr cannot be dragged or focused */
import { useState, type KeyboardEvent, type PointerEvent, type ReactNode } from "react";
import { classNames } from "./class-names.ts";

export interface PaneProps {
  readonly label: string;
  readonly children: ReactNode;
  /** Width at first, in px: inspector 283, change sheet 432, batch facts 256, event log 312. */
  readonly width: number;
  readonly minWidth?: number | undefined;
  readonly maxWidth?: number | undefined;
  /** In a small window it lies over the list instead of beside it. */
  readonly overlays?: boolean | undefined;
}

const stepPx = 16;

/** The pane at the right of a list or form; its left edge resizes it by drag, arrow keys, Home and End. */
export function Pane({ label, children, width, minWidth = 220, maxWidth = 720, overlays = false }: PaneProps) {
  const [widthPx, setWidthPx] = useState(width);
  const [drag, setDrag] = useState<{ readonly fromX: number; readonly fromWidth: number }>();
  const resize = (wanted: number) => setWidthPx(Math.round(Math.min(maxWidth, Math.max(minWidth, wanted))));
  const onKeyDown = (event: KeyboardEvent) => {
    const wanted: Record<string, number> = {
      ArrowLeft: widthPx + stepPx,
      ArrowRight: widthPx - stepPx,
      Home: maxWidth,
      End: minWidth,
      Enter: width,
    };
    const next = wanted[event.key];
    if (next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    resize(next);
  };
  const onPointerDown = (event: PointerEvent<HTMLDivElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId);
    setDrag({ fromX: event.clientX, fromWidth: widthPx });
  };
  return (
    <aside
      className={classNames("pane", overlays && "overlays")}
      style={{ width: widthPx }}
      aria-label={label}
      data-pane
    >
      <div
        className="resizer"
        role="separator"
        tabIndex={0}
        aria-label={`Width of ${label}`}
        aria-orientation="vertical"
        aria-valuenow={widthPx}
        aria-valuemin={minWidth}
        aria-valuemax={maxWidth}
        onKeyDown={onKeyDown}
        onPointerDown={onPointerDown}
        onPointerMove={(event) =>
          drag === undefined ? undefined : resize(drag.fromWidth + drag.fromX - event.clientX)
        }
        onPointerUp={() => setDrag(undefined)}
        onPointerCancel={() => setDrag(undefined)}
      />
      <div className="pane-body" tabIndex={-1}>
        {children}
      </div>
    </aside>
  );
}

export interface SplitPageProps {
  readonly children: ReactNode;
  readonly pane?: ReactNode;
}

/** A page with a pane beside it; the page takes the free width. */
export function SplitPage({ children, pane }: SplitPageProps) {
  return (
    <div className="split">
      <div className="split-main" data-pane tabIndex={-1}>
        {children}
      </div>
      {pane}
    </div>
  );
}
