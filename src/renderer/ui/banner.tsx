import { CircleCheck, CircleQuestionMark, CircleX, Info, TriangleAlert, type LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "./button.tsx";
import { classNames } from "./class-names.ts";
import { Icon } from "./icon.tsx";

export type BannerTone = "bad" | "warn" | "info" | "good" | "unknown";

const bannerIcons: Record<BannerTone, LucideIcon> = {
  bad: CircleX,
  warn: TriangleAlert,
  info: Info,
  good: CircleCheck,
  unknown: CircleQuestionMark,
};

export interface BannerProps {
  readonly tone: BannerTone;
  /** What happened. */
  readonly title: string;
  /** What it means: to which record, what was not changed, what to do. */
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
}

/** One per page, under the header. */
export function Banner({ tone, title, children, actions }: BannerProps) {
  return (
    <div
      className={classNames("banner", tone)}
      role={tone === "bad" ? "alert" : undefined}
      aria-live={tone === "bad" ? undefined : "polite"}
    >
      <Icon of={bannerIcons[tone]} size="s" />
      <div className="grow">
        <b className="strong">{title}</b> {children}
      </div>
      {actions}
    </div>
  );
}

export interface CalloutProps {
  readonly tone?: "plain" | "wait" | "warn" | "bad" | "good" | "unknown" | undefined;
  readonly children: ReactNode;
}

export function Callout({ tone = "plain", children }: CalloutProps) {
  return <div className={classNames("callout", tone !== "plain" && tone)}>{children}</div>;
}

export interface FailureBannerProps {
  readonly words: { readonly title: string; readonly message: string; readonly advice: string };
  readonly onRetry?: (() => void) | undefined;
}

/** Why something could not be done, in words. */
export function FailureBanner({ words, onRetry }: FailureBannerProps) {
  return (
    <Banner
      tone="bad"
      title={words.title}
      actions={
        onRetry === undefined ? undefined : (
          <Button size="sm" onPress={onRetry}>
            Try again
          </Button>
        )
      }
    >
      {words.message} {words.advice}
    </Banner>
  );
}
