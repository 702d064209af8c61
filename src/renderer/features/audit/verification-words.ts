import type { Verification } from "@contract";
import { counted, countText, dateTimeText } from "../../ui/index.ts";

export interface VerificationWords {
  readonly title: string;
  readonly sentence: string;
}

/** What a check of the trail found; a broken one names its first broken row. */
export function verificationWords({ intact, entries, firstBroken, checkedAtMs }: Verification): VerificationWords {
  if (intact) {
    return {
      title: "The audit trail is intact.",
      sentence: `${counted(entries, "entry", "entries")} checked from the first row, ${dateTimeText(checkedAtMs)}.`,
    };
  }
  const where =
    firstBroken === undefined ? "" : ` First broken row: ${countText(firstBroken.seq)}. ${firstBroken.what}`;
  return {
    title: "The audit trail is broken.",
    sentence:
      `${where.trim()} Somebody changed the file outside Vostro. Keep the file as it is and tell your auditor.`.trim(),
  };
}
