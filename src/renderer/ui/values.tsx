import { Hourglass, TriangleAlert } from "lucide-react";
import { classNames } from "./class-names.ts";
import { ageText, amountText, dateTimeText, exactDateTimeText, spokenMask, stalenessOf } from "./format.ts";
import { Icon } from "./icon.tsx";
import { Marked } from "./marked.tsx";
import { Tip } from "./tooltip.tsx";
import { useNow } from "./use-now.ts";

/** Not set: a dash on screen, "not set" in speech. */
export function NotSet({ spoken = "not set" }: { readonly spoken?: string | undefined }) {
  return (
    <span className="dash">
      <span aria-hidden="true">—</span>
      <span className="sr">{spoken}</span>
    </span>
  );
}

export function Unknown() {
  return <span className="unk">unknown</span>;
}

export interface MoneyProps {
  /** Integer minor units; undefined shows a dash. */
  readonly amountMinor: number | undefined;
  readonly digits?: number | undefined;
  /** Printed before the amount where no header names it. */
  readonly currency?: string | undefined;
}

export function Money({ amountMinor, digits = 2, currency }: MoneyProps) {
  if (amountMinor === undefined) return <NotSet />;
  return (
    <span className={classNames("amount", amountMinor < 0 && "neg")}>
      {currency === undefined ? null : <span className="muted">{currency} </span>}
      {amountText(amountMinor, digits)}
    </span>
  );
}

/** "•••• 4444", spoken "masked, ends in 4 4 4 4". */
export function MaskedNumber({ last4, search }: { readonly last4: string; readonly search?: string | undefined }) {
  return (
    <span className="id">
      <span aria-hidden="true">
        <span className="dots">••••</span> <Marked text={last4} search={search} />
      </span>
      <span className="sr">{spokenMask(last4)}</span>
    </span>
  );
}

/** "20 Nov 2026, 14:05"; seconds and zone on focus or hover. */
export function DateTime({ atMs }: { readonly atMs: number }) {
  return (
    <Tip text={exactDateTimeText(atMs)}>
      <time dateTime={new Date(atMs).toISOString()}>{dateTimeText(atMs)}</time>
    </Tip>
  );
}

/** "3 h ago"; the exact time on focus or hover. */
export function Age({ atMs }: { readonly atMs: number }) {
  const nowMs = useNow();
  return (
    <Tip text={exactDateTimeText(atMs)}>
      <time dateTime={new Date(atMs).toISOString()}>{ageText(atMs, nowMs)}</time>
    </Tip>
  );
}

export interface StalenessProps {
  readonly atMs: number;
  readonly lastAttemptFailed?: boolean | undefined;
  /** The present time where the caller already has it (a grid has one for all rows). */
  readonly nowMs?: number | undefined;
}

export function Staleness({ atMs, lastAttemptFailed = false, nowMs }: StalenessProps) {
  const ownNowMs = useNow();
  const { kind, text } = stalenessOf(atMs, nowMs ?? ownNowMs, lastAttemptFailed);
  return (
    <span className={classNames("age", kind !== "fresh" && kind)} title={dateTimeText(atMs)}>
      {kind === "ageing" ? <Icon of={Hourglass} size="xs" /> : null}
      {kind === "stale" ? <Icon of={TriangleAlert} size="xs" /> : null}
      {text}
    </span>
  );
}

/** The first and last digits of a hash; the whole of it on focus or hover. */
export function ShortHash({ hash }: { readonly hash: string }) {
  return (
    <Tip text={<span className="id">{hash}</span>}>
      <span className="id">{hash.length > 16 ? `${hash.slice(0, 8)}…${hash.slice(-4)}` : hash}</span>
    </Tip>
  );
}
