import {
  CheckCheck,
  CircleCheck,
  CircleMinus,
  CircleQuestionMark,
  CircleSlash,
  CircleX,
  Clock,
  GitCompareArrows,
  Hourglass,
  LoaderCircle,
  Pencil,
  ShieldAlert,
  Undo2,
  type LucideIcon,
} from "lucide-react";
import type { ReactNode } from "react";
import { classNames } from "./class-names.ts";
import { Icon } from "./icon.tsx";

export type StateName =
  | "draft"
  | "waiting-for-approval"
  | "approved"
  | "sending"
  | "accepted"
  | "refused"
  | "outcome-unknown"
  | "rejected"
  | "expired"
  | "conflict"
  | "withdrawn"
  | "reversed";
export type Tone = "plain" | "good" | "warn" | "bad" | "unknown" | "wait" | "run";

interface StateLook {
  readonly word: string;
  readonly icon: LucideIcon;
  readonly tone: Tone;
}

/** The word, icon and colour of each state of a change; no others appear on screen. */
export const stateLooks: Record<StateName, StateLook> = {
  draft: { word: "Draft", icon: Pencil, tone: "plain" },
  "waiting-for-approval": { word: "Waiting for approval", icon: Clock, tone: "wait" },
  approved: { word: "Approved", icon: CheckCheck, tone: "plain" },
  sending: { word: "Sending", icon: LoaderCircle, tone: "run" },
  accepted: { word: "Accepted by provider", icon: CircleCheck, tone: "good" },
  refused: { word: "Refused by provider", icon: CircleX, tone: "bad" },
  "outcome-unknown": { word: "Outcome unknown", icon: CircleQuestionMark, tone: "unknown" },
  rejected: { word: "Rejected", icon: CircleMinus, tone: "warn" },
  expired: { word: "Expired", icon: Hourglass, tone: "warn" },
  conflict: { word: "Conflict", icon: GitCompareArrows, tone: "warn" },
  withdrawn: { word: "Withdrawn", icon: CircleSlash, tone: "plain" },
  reversed: { word: "Reversed", icon: Undo2, tone: "plain" },
};

export interface StatusProps {
  readonly icon: LucideIcon;
  readonly tone?: Tone | undefined;
  readonly pill?: boolean | undefined;
  readonly spin?: boolean | undefined;
  readonly children: ReactNode;
}

/** Icon, word and colour together. */
export function Status({ icon, tone = "plain", pill = false, spin = false, children }: StatusProps) {
  return (
    <span className={classNames("status", tone !== "plain" && tone, pill && "pill")}>
      <Icon of={icon} size="s" spin={spin} />
      {children}
    </span>
  );
}

export interface StatusWordProps {
  readonly state: StateName;
  /** Only in page headers. */
  readonly pill?: boolean | undefined;
  /** Shown instead of the word where space is short ("2 fields"); the word is still spoken. */
  readonly text?: string | undefined;
}

export function StatusWord({ state, pill = false, text }: StatusWordProps) {
  const look = stateLooks[state];
  return (
    <Status icon={look.icon} tone={look.tone} pill={pill} spin={state === "sending"}>
      {text === undefined ? (
        look.word
      ) : (
        <span title={look.word}>
          {text}
          <span className="sr">, {look.word}</span>
        </span>
      )}
    </Status>
  );
}

export interface TagProps {
  readonly children: ReactNode;
  readonly tone?: "plain" | "warn" | "bad" | "wait" | "good" | undefined;
  readonly icon?: LucideIcon | undefined;
}

export function Tag({ children, tone = "plain", icon }: TagProps) {
  return (
    <span className={classNames("tag", tone !== "plain" && tone)}>
      {icon === undefined ? null : <Icon of={icon} size="xs" />}
      {children}
    </span>
  );
}

const riskWords = { low: "Low", medium: "Medium", high: "High" } as const;

/** Low, Medium, or High with a shield; "risk" is spoken. */
export function RiskTag({ risk }: { readonly risk: "low" | "medium" | "high" }) {
  return (
    <Tag
      tone={risk === "high" ? "bad" : risk === "medium" ? "warn" : "plain"}
      icon={risk === "high" ? ShieldAlert : undefined}
    >
      {riskWords[risk]}
      <span className="sr"> risk</span>
    </Tag>
  );
}

export interface ChipProps {
  readonly children: string;
  readonly mark?: "added" | "removed" | undefined;
}

/** A code. Added: "+WEB", removed: "−CTX", struck. */
export function Chip({ children, mark }: ChipProps) {
  return (
    <span className={classNames("chip", mark === "added" && "add", mark === "removed" && "del")}>
      {mark === "added" ? "+" : mark === "removed" ? "\u2212" : ""}
      {children}
      {mark === undefined ? null : <span className="sr"> {mark}</span>}
    </span>
  );
}

export type EnvironmentName = "training" | "sandbox" | "production";

export function EnvironmentBadge({ environment }: { readonly environment: EnvironmentName }) {
  return <span className={classNames("env", environment)}>{environment.toUpperCase()}</span>;
}
