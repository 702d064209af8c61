import { expect, it } from "vitest";
import type { ConnectionId } from "@contract";
import { accountsNotReturnedMigration } from "../../../src/main/database/migrations/0014-accounts-not-returned.ts";
import { accountByKey } from "../../../src/main/features/accounts/store.ts";
import { filledFile, insertAccount, insertConnection } from "./filled-file.ts";

const upgraded = filledFile(accountsNotReturnedMigration);

it("takes every account of before as returned", () => {
  const store = upgraded((writer) => {
    insertConnection(writer, 1);
    insertAccount(writer, 1);
  });
  const key = { connectionId: 1 as ConnectionId, customerUid: "C", accountUid: "A1" };
  expect(accountByKey(store.read, key)).toMatchObject({ status: "active", missingSinceMs: undefined });
});
