import type { MouseEvent, ReactNode } from "react";
import { useNavigate } from "./navigation.ts";

export interface LinkProps {
  readonly to: string;
  readonly children: ReactNode;
  readonly className?: string | undefined;
  readonly "aria-label"?: string | undefined;
  readonly current?: boolean | undefined;
}

/** Shows another page of the app. */
export function Link({ to, children, className = "link", current = false, "aria-label": label }: LinkProps) {
  const go = useNavigate();
  const onClick = (event: MouseEvent) => {
    event.preventDefault();
    go(to);
  };
  return (
    <a href={to} className={className} onClick={onClick} aria-label={label} aria-current={current ? "page" : undefined}>
      {children}
    </a>
  );
}
