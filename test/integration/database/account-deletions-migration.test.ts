import { expect, it } from "vitest";
import type { AccountId, ChangeId, ConnectionId } from "@contract";
import { accountDeletionsMigration } from "../../../src/main/database/migrations/0013-account-deletions.ts";
import { sql } from "../../../src/main/database/sql.ts";
import { accountByKey } from "../../../src/main/features/accounts/store.ts";
import { findChange } from "../../../src/main/features/changes/store.ts";
import { filledFile, insertAccount, insertChange, insertConnection } from "./filled-file.ts";

const upgraded = filledFile(accountDeletionsMigration);

it("takes every change of before as an update, and no account as deleted", () => {
  const store = upgraded((writer) => {
    insertConnection(writer, 1);
    insertAccount(writer, 1);
    insertChange(writer, { accountUid: "A1", state: "accepted", queueSeq: 1 });
    insertChange(writer, { accountUid: "A1", state: "outcome-unknown", queueSeq: 2 });
  });
  expect([1, 2].map((id) => findChange(store.read, id as ChangeId)?.kind)).toEqual(["update", "update"]);
  const key = { connectionId: 1 as ConnectionId, customerUid: "C", accountUid: "A1" };
  expect(accountByKey(store.read, key)).toMatchObject({ id: 1 as AccountId, status: "active", deleted: undefined });
});

it("knows no third kind of change, and keeps nothing as a deletion that cannot be read", () => {
  const store = upgraded((writer) => {
    insertConnection(writer, 1);
    insertAccount(writer, 1);
    insertChange(writer, { accountUid: "A1", state: "draft", queueSeq: 1 });
  });
  const set = (statement: Parameters<typeof store.read.all>[0]) => () =>
    store.transaction((writer) => writer.run(statement));
  expect(set(sql`UPDATE work_changes SET kind = 'merge'`)).toThrow(/CHECK/u);
  expect(set(sql`UPDATE cache_accounts SET deleted_json = 'gone'`)).toThrow(/CHECK/u);
});
