import type { AggregationStatus, AggregatedDetail, RepairActor } from "@contract";
import { isLastAttemptBad, knowledgeDateS } from "@contract/rules/aggregation/freshness.ts";
import { Building2, CircleCheck, Hourglass, UserRound, Wrench, type LucideIcon } from "lucide-react";
import { Staleness, Status, type Tone } from "../../ui/index.ts";

export type ActorName = AggregationStatus["act"];
export type Freshness = AggregatedDetail["freshness"];

interface ActorLook {
  readonly word: string;
  /** As a choice under "Who must act". */
  readonly filterWord: string;
  readonly note: string;
  readonly icon: LucideIcon;
  readonly tone: Tone;
}

export const actorLooks: Readonly<Record<ActorName, ActorLook>> = {
  nobody: { word: "Nothing to do", filterWord: "Nobody", note: "", icon: CircleCheck, tone: "good" },
  customer: {
    word: "Customer must act",
    filterWord: "Customer",
    note: "tell them; reading again will not help until they have",
    icon: UserRound,
    tone: "warn",
  },
  operations: {
    word: "Operations must act",
    filterWord: "Operations",
    note: "confirm, remove or ask",
    icon: Building2,
    tone: "wait",
  },
  wait: { word: "Wait", filterWord: "Nobody: wait", note: "passes by itself", icon: Hourglass, tone: "run" },
  provider: {
    word: "Provider must act",
    filterWord: "Provider",
    note: "a connection is being repaired",
    icon: Wrench,
    tone: "plain",
  },
};

/** Who can be waited for, in the order of the repair queue. */
export const repairOrder: readonly RepairActor[] = ["customer", "operations", "provider", "wait"];

/** The actor of a path such as /repair/provider. */
export function repairActorOf(text: string | undefined): RepairActor | undefined {
  return repairOrder.find((act) => act === text);
}

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
