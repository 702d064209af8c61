/* oxlint-disable jsx-a11y/no-noninteractive-tabindex -- keyboard users reach the exact time by focus */
import type { ReactNode } from "react";
import { Focusable, Tooltip, TooltipTrigger } from "react-aria-components";

export interface TipProps {
  readonly text: ReactNode;
  readonly children: ReactNode;
}

/** More about a word, on focus or hover. */
export function Tip({ text, children }: TipProps) {
  return (
    <TooltipTrigger delay={400}>
      <Focusable>
        <span className="tip-target" role="note" tabIndex={0}>{children}</span>
      </Focusable>
      <Tooltip className="tooltip" offset={4}>{text}</Tooltip>
    </TooltipTrigger>
  );
}
