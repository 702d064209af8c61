import type { BatchesRoom } from "./batches-room.ts";

export type BatchAccounts = Awaited<ReturnType<BatchesRoom["accountsOf"]>>;

/** A file that sets the credit limit of each account. */
export function limitsFile(accounts: BatchAccounts, limit = (at: number) => `${2000 + at}.25`): string {
  const lines = accounts.map(({ customerUid, accountUid }, at) => `${customerUid},${accountUid},${limit(at)}`);
  return ["customerUID,accountUID,creditExposureLimit", ...lines].join("\n");
}

/** The updates that reached the provider. */
export function updatesAt(room: Pick<BatchesRoom, "simulator">) {
  return room.simulator.ledger.entries().filter((entry) => entry.route === "accounts.update");
}

/** How often the provider applied an update of each account. */
export function applicationsAt(room: Pick<BatchesRoom, "simulator">): number[] {
  const applied = updatesAt(room).filter((entry) => entry.applied);
  return [...Map.groupBy(applied, ({ path }) => path).values()].map((entries) => entries.length);
}
