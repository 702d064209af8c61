import type { LucideIcon } from "lucide-react";
import { classNames } from "./class-names.ts";

export type IconSize = "m" | "s" | "xs";

export interface IconProps {
  readonly of: LucideIcon;
  readonly size?: IconSize | undefined;
  readonly spin?: boolean | undefined;
}

/** A Lucide icon, 16 (m), 14 (s) or 12 px (xs); always beside a word, so hidden from screen readers. */
export function Icon({ of: Shape, size = "m", spin = false }: IconProps) {
  return <Shape aria-hidden="true" className={classNames("icon", size !== "m" && size, spin && "spin")} />;
}
