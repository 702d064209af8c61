import type { KnownFields, KnownValue, ProposedFields } from "./field-types.ts";

/** How an account's ACH entries are covered: three exclusive choices over the provider's two flags. */
export const fundingBases = ["prefunded", "underwritten", "neither"] as const;
export type FundingBasis = (typeof fundingBases)[number];

export const fundingBasisWords: Readonly<Record<FundingBasis, string>> = {
  prefunded: "Prefunded",
  underwritten: "Underwritten",
  neither: "Neither",
};

export interface BasisChoice {
  readonly proposed: ProposedFields;
  /** What the choice sets besides the two flags, in words: "Enable offset Yes". */
  readonly forces: readonly string[];
  /** One sentence for the line under the control. */
  readonly sends: string;
}

function flag(proposed: boolean | undefined, known: KnownValue | undefined): boolean | undefined {
  if (proposed !== undefined) return proposed;
  return typeof known?.value === "boolean" ? known.value : undefined;
}

/**
 * The funding basis as proposed over last known. One flag that is true decides, since the provider excludes both; both
 * true is "both" (an error); otherwise both must be known to be false for "neither".
 */
export function basisOf(known: KnownFields, proposed: ProposedFields): FundingBasis | "unknown" | "both" {
  const prefund = flag(proposed.isAchPrefund, known.isAchPrefund);
  const underwritten = flag(proposed.isUnderWritten, known.isUnderWritten);
  if (prefund === true && underwritten === true) return "both";
  if (prefund === true) return "prefunded";
  if (underwritten === true) return "underwritten";
  return prefund === false && underwritten === false ? "neither" : "unknown";
}

/** Whether `proposed` sets Enable offset only because Prefunded wants it. */
export function offsetIsForced(known: KnownFields, proposed: ProposedFields): boolean {
  const proposesPrefund = proposed.isAchPrefund === true && known.isAchPrefund?.value !== true;
  return proposesPrefund && proposed.enableOffset === "Yes" && known.enableOffset?.value !== "Yes";
}

function withoutOffset(proposed: ProposedFields): ProposedFields {
  const { enableOffset: _dropped, ...rest } = proposed;
  return rest;
}

function sendsSentence(basis: FundingBasis, known: KnownFields, forcesOffset: boolean): string {
  const flags = [
    { label: "ACH prefund", value: basis === "prefunded", known: known.isAchPrefund?.value },
    { label: "underwritten", value: basis === "underwritten", known: known.isUnderWritten?.value },
  ].filter((entry) => entry.value !== entry.known);
  const offset = forcesOffset ? "sets Enable offset to Yes" : "";
  if (flags.length === 0 && offset === "") return "Sends nothing: this is the last known basis.";
  if (flags.length === 0) return "Sets Enable offset to Yes.";
  const sent = flags.map((entry) => `${entry.label} ${String(entry.value)}`).join(", ");
  return `Sends ${sent}${offset === "" ? "" : `; ${offset}`}.`;
}

/**
 * Applies a choice to what is proposed: both flags are set; Prefunded also proposes Enable offset Yes unless that is
 * last known. Leaving Prefunded takes back the offset it forced.
 */
export function chooseBasis(basis: FundingBasis, known: KnownFields, proposed: ProposedFields): BasisChoice {
  const before = offsetIsForced(known, proposed) ? withoutOffset(proposed) : proposed;
  const flags = { isAchPrefund: basis === "prefunded", isUnderWritten: basis === "underwritten" };
  const offsetKnown = known.enableOffset?.value === "Yes";
  const forcesOffset = basis === "prefunded" && !offsetKnown;
  const rest = basis === "prefunded" ? withoutOffset(before) : before;
  const next: ProposedFields = { ...rest, ...flags, ...(forcesOffset ? { enableOffset: "Yes" } : {}) };
  return {
    proposed: next,
    forces: forcesOffset ? ["Enable offset Yes"] : [],
    sends: sendsSentence(basis, known, forcesOffset),
  };
}
