import { setTimeout as sleep } from "node:timers/promises";
import type { ChangeId, ChangeState, InputOf } from "@contract";
import type { FinzlySimulator } from "../../../src/main/training/finzly/index.ts";
import type { AppSession } from "./app-session.ts";

const deciding = "Decided by the fault run";

const lookEveryMs = 150;

type View = InputOf<"changes.page">["view"];

async function idsIn({ call }: AppSession, view: View, wanted: ChangeState): Promise<ChangeId[]> {
  const found: ChangeId[] = [];
  let cursor: string | undefined;
  do {
    const page = await call("changes.page", {
      view,
      limit: 200,
      ...(cursor === undefined ? {} : { cursor }),
    });
    found.push(...page.rows.filter(({ state }) => state === wanted).map(({ id }) => id));
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  return found;
}

/**
 * What a person does about outcomes that stayed unclear: sends again what is not there. Where nothing can be read they ask
 * the provider: applied is marked accepted, the rest is marked refused or sent again in turn.
 */
export async function decideWhatWaits(session: AppSession, simulator: FinzlySimulator): Promise<void> {
  for (const id of await idsIn(session, "attention", "outcome-unknown")) {
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

/**
 * What a person does about a restored file: compares what it holds back, then releases what the provider does not have.
 * Does nothing where the app holds nothing back.
 */
export async function compareWhatIsHeld(session: AppSession): Promise<void> {
  const held = async () => (await session.call("changes.restored", {})).restoration;
  if ((await held()) === undefined) return;
  await session.call("changes.compareHeld", {});
  while ((await held())?.comparing === true) await sleep(lookEveryMs);
  const absent = await idsIn(session, "open", "approved");
  const details = await session.callMany(
    "changes.detail",
    absent.map((id) => ({ id })),
    ["id", "revision"],
  );
  const found = details.filter((detail) => detail !== undefined);
  await session.callMany("changes.send", found, []);
}
