import type { AggregationStatus, AggregatedDetail } from "@contract";
import { isLastAttemptBad, knowledgeDateS } from "@contract/rules/aggregation/freshness.ts";
import { Building2, CircleCheck, Hourglass, UserRound, Wrench, type LucideIcon } from "lucide-react";
import { Staleness, Status, type Tone } from "../../ui/index.ts";

export type ActorName = AggregationStatus["act"];
export type Freshness = AggregatedDetail["freshness"];

interface ActorLook {
  readonly word: string;
  readonly note: string;
  readonly icon: LucideIcon;
  readonly tone: Tone;
}

export const actorLooks: Readonly<Record<ActorName, ActorLook>> = {
  nobody: { word: "Nothing to do", note: "", icon: CircleCheck, tone: "good" },
  customer: {
    word: "Customer must act",
    note: "tell them; reading again will not help until they have",
    icon: UserRound,
    tone: "warn",
  },
  operations: { word: "Operations must act", note: "confirm, remove or ask", icon: Building2, tone: "wait" },
  wait: { word: "Wait", note: "passes by itself", icon: Hourglass, tone: "run" },
  provider: { word: "Provider must act", note: "a connection is being repaired", icon: Wrench, tone: "plain" },
};

export function Actor({ act }: { readonly act: ActorName }) {
  const { word, icon, tone } = actorLooks[act];
  return (
    <Status icon={icon} tone={tone}>
      {word}
    </Status>
  );
}

/** How old what is known of an aggregated account is, marked when its last attempt failed. */
export function KnowledgeAge({ freshness, nowMs }: { readonly freshness: Freshness; readonly nowMs?: number }) {
  const atS = knowledgeDateS(freshness);
  if (atS === undefined) return <span className="unk">no date</span>;
  return <Staleness atMs={atS * 1000} nowMs={nowMs} lastAttemptFailed={isLastAttemptBad(freshness)} />;
}
