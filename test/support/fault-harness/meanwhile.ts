import type { FaultSpec, FinzlySimulator } from "../../../src/main/training/finzly/index.ts";
import type { MovedAccount } from "./evidence.ts";

/** Something that happens at the provider as soon as it has applied `nth` updates. */
export interface Meanwhile {
  readonly nth: number;
  /**
   * `expire-tokens`: every token issued so far is worthless. `move-accounts`: somebody else renames every third account
   * of the run. A fault: it is switched on.
   */
  readonly does: "expire-tokens" | "move-accounts" | FaultSpec;
}

export interface ProviderWatch {
  /** The accounts that somebody else changed so far. */
  moved(): readonly MovedAccount[];
  stop(): void;
}

interface AccountIds {
  readonly customerUID: string;
  readonly accountUID: string;
}

/** Lets the things happen, each once, at the very request that makes its number full. */
export function watchProvider(
  simulator: FinzlySimulator,
  plan: readonly Meanwhile[],
  accounts: readonly AccountIds[],
): ProviderWatch {
  const moved: MovedAccount[] = [];
  const left = plan.toSorted((one, other) => one.nth - other.nth);
  const act = ({ does, nth }: Meanwhile): void => {
    if (does === "expire-tokens") return simulator.expireTokens();
    if (does !== "move-accounts") return void simulator.faults.set(does);
    for (const { customerUID, accountUID } of accounts.filter((_account, at) => at % 3 === 1)) {
      simulator.changeAccount(customerUID, accountUID, { accountName: `Renamed elsewhere after ${nth}` });
      moved.push({ customerUID, accountUID, atMs: Date.now() });
    }
  };
  const stop = simulator.onApplied(() => {
    const [next] = left;
    if (next === undefined) return;
    const applied = simulator.ledger.entries().filter((entry) => entry.route === "accounts.update" && entry.applied);
    if (applied.length < next.nth) return;
    left.shift();
    act(next);
  });
  return { moved: () => moved, stop };
}
