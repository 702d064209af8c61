import { VostroFailure } from "../../core/failures.ts";
import type { Restored } from "../../core/restored.ts";
import type { ChangeRecord } from "./change-record.ts";
import { hasWorkToHold, holdAll, insertRestoration } from "./restored-store.ts";
import { ownDeed, type SendDependencies } from "./send-dependencies.ts";

const sentences = {
  older: "This file is older than the last one used here.",
  other: "This file went another way than the last one used here.",
  moved: "This file was not last used on this computer and in this place.",
} as const satisfies Record<Restored["why"], string>;

const held = "It may have been sent since, so it is held until it is compared with the provider.";

/**
 * A restored file: what it holds as approved or unclear may have been sent from the newer one, so all of it is held until
 * it was compared. To be called before anything is sent; one transaction. Returns how many changes are held.
 */
export function holdRestored(
  deps: Pick<SendDependencies, "store" | "audit" | "clock">,
  { why, newestAtMs }: Restored,
): number {
  return deps.store.transaction((writer) => {
    if (why === "moved" && !hasWorkToHold(writer)) return 0;
    const { atMs, correlationId } = ownDeed(deps);
    const count = holdAll(writer, atMs, `${sentences[why]} ${held}`);
    insertRestoration(writer, { noticedAtMs: atMs, why, newestAtMs }, count);
    deps.audit.append(writer, {
      action: "workspace.restored",
      subject: "workspace",
      summary: `${sentences[why]} ${count === 1 ? "1 change is" : `${count} changes are`} held until compared.`,
      after: { why, newestAtMs, held: count },
      correlationId,
    });
    return count;
  });
}

/** Failure conflict while the change must be compared first. */
export function refuseUncompared({ compareFirst }: ChangeRecord): void {
  if (!compareFirst) return;
  throw new VostroFailure(
    "conflict",
    "This change comes from a restored file and may have been sent already. Compare it with the provider first: " +
      "Outbox, “Compare with the provider”. Nothing was done.",
  );
}
