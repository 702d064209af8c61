import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { Button as AriaButton, Disclosure as AriaDisclosure, DisclosurePanel } from "react-aria-components";
import { classNames } from "./class-names.ts";
import { Icon } from "./icon.tsx";

export interface DisclosureProps {
  readonly title: string;
  /** Quiet words at the right end of the line. */
  readonly note?: ReactNode;
  readonly defaultExpanded?: boolean | undefined;
  readonly wide?: boolean | undefined;
  readonly children: ReactNode;
}

export function Disclosure({ title, note, defaultExpanded = false, wide = false, children }: DisclosureProps) {
  return (
    <AriaDisclosure defaultExpanded={defaultExpanded}>
      <AriaButton slot="trigger" className={classNames("disclosure-btn", wide && "wide")}>
        <Icon of={ChevronRight} size="xs" />
        {title}
        {note === undefined ? null : <span className="muted">{note}</span>}
      </AriaButton>
      <DisclosurePanel>{children}</DisclosurePanel>
    </AriaDisclosure>
  );
}
