import { afterEach, expect, it } from "vitest";
import type { ProposedFields } from "@contract";
import { callBy, openChangesRoom, type ChangesRoom } from "../../support/changes-room.ts";
import { brokenLaws } from "../../support/room-evidence.ts";

let room: ChangesRoom;
afterEach(async () => {
  const broken = brokenLaws(room);
  await room.dispose();
  expect(broken).toEqual([]);
});

it.each([
  `"><img src=x onerror=alert(1)> =1+1`,
  "'; DROP TABLE work_changes; --",
  "\u202Egnp.exe\u2066 \u200Bé e\u0301 😀",
  "=HYPERLINK(\"http://evil\") ${7*7} {{7*7}} %00 \\u0000",
  "__proto__",
])("goes to the provider as it is typed, in every field that takes any text, and comes back the same: %j", async (text) => {
  room = await openChangesRoom();
  const [account] = room.simulator.addAccounts(1);
  const { customerUID = "", accountUID = "" } = account ?? {};
  const accountId = await room.account(customerUID, accountUID);
  const proposed: ProposedFields = {
    accountName: text,
    masterGl: text,
    reason: text,
    accountFeatures: JSON.stringify({ rfpSend: true, note: text, [`k ${text}`]: [text] }),
    additionalAttributes: [{ attributeName: text, value: text, extra: { deep: text } }],
  };
  const { id, revision } = room.draft(accountId, proposed);
  room.changes.send({ id, revision }, callBy());
  await room.until(id, "accepted");
  await expect.poll(() => room.changes.detail(id).verifiedAtMs, { timeout: 10_000 }).toBeDefined();
  expect(room.simulator.account(customerUID, accountUID)).toMatchObject({
    accountName: text,
    masterGl: text,
    reason: text,
    accountFeatures: { rfpSend: true, note: text, [`k ${text}`]: [text] },
    additionalAttributes: [{ attributeName: text, value: text, extra: { deep: text } }],
  });
  const { known, accountName } = room.accounts.detail(accountId);
  expect([accountName, known.accountName?.value, known.masterGl?.value]).toEqual([text, text, text]);
  const flagged = room.changes.detail(id).verification.filter(({ verdict }) => /ignored|changed/u.test(verdict));
  expect(flagged).toEqual([]);
  expect(room.draft(accountId, proposed).changes).toEqual([]);
});
