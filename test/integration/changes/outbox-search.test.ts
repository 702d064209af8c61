import { afterEach, expect, it } from "vitest";
import type { AccountDetail, AccountId } from "@contract";
import { openChangesRoom, type ChangesRoom } from "../../support/changes-room.ts";

let room: ChangesRoom;
afterEach(() => room.dispose());

it("the Outbox finds a change by its account's name, customer and last four, besides what it says itself", async () => {
  room = await openChangesRoom();
  const added = room.simulator.addAccounts(3);
  const ids: AccountId[] = [];
  for (const { customerUID, accountUID } of added) ids.push(await room.account(customerUID, accountUID));
  const drafts = ids.map((id, at) => room.draft(id, { costCenter: `77${at}` }).id);
  const [first, second] = ids.map((id) => room.accounts.detail(id));
  if (first === undefined || second === undefined) throw new Error("There are no accounts.");
  const found = (search: string) => room.changes.page({ view: "all", search, limit: 10 }).rows.map(({ id }) => id);
  const sharing = (word: (account: AccountDetail) => string | undefined, value: string | undefined) =>
    drafts.filter((_id, at) => word(room.accounts.detail(ids[at] ?? first.id)) === value).toReversed();
  expect(found(first.accountName)).toEqual([drafts[0]]);
  expect(found(second.accountName.toUpperCase())).toEqual([drafts[1]]);
  expect(found(`•••• ${first.last4 ?? ""}`)).toEqual(sharing(({ last4 }) => last4, first.last4));
  expect(found(first.customerName)).toEqual(sharing(({ customerName }) => customerName, first.customerName));
  expect(found("nobody of that name")).toEqual([]);
  expect(found("%")).toEqual([]);
  expect(found(second.accountUid)).toContain(drafts[1]);
});
