import type { ChangeId } from "@contract";
import type { FinzlySimulator } from "../../../src/main/training/finzly/index.ts";
import type { AppSession } from "./app-session.ts";

const deciding = "Decided by the fault run";

async function unclear({ call }: AppSession): Promise<ChangeId[]> {
  const found: ChangeId[] = [];
  let cursor: string | undefined;
  do {
    const page = await call("changes.page", {
      view: "attention",
      limit: 200,
      ...(cursor === undefined ? {} : { cursor }),
    });
    found.push(...page.rows.filter(({ state }) => state === "outcome-unknown").map(({ id }) => id));
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return found;
}

/**
 * What a person does about outcomes that stayed unclear: sends again what is not there. Where nothing can be read they ask
 * the provider: applied is marked accepted, the rest is marked refused or sent again in turn.
 */
export async function decideWhatWaits(session: AppSession, simulator: FinzlySimulator): Promise<void> {
  for (const id of await unclear(session)) {
    const { revision, settlement, accountUid } = await session.call("changes.detail", { id });
    const applied = simulator.ledger
      .entries()
      .some((entry) => entry.route === "accounts.update" && entry.applied && entry.accountUID === accountUid);
    if (settlement === "not-applied" || (!applied && id % 2 === 0))
      await session.call("changes.sendAgain", { id, revision, reason: deciding });
    else
      await session.call("changes.settle", {
        id,
        revision,
        verdict: applied ? "accepted" : "refused",
        reason: deciding,
      });
  }
}
