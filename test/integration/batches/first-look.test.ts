import { expect, it } from "vitest";
import type { FirstLook } from "../../../src/main/features/batches/staging.ts";
import { limitsFile } from "../../support/batch-files.ts";
import { openBatchesRoom } from "../../support/batches-room.ts";

it("shows the first rows for as long as the rest is read, and then what was read", async () => {
  const { promise: rest, resolve: goOn } = Promise.withResolvers<void>();
  let began = false;
  const room = await openBatchesRoom({
    files: (memory) => ({
      ...memory,
      open: (id, stagingNo) => {
        const staging = memory.open(id, stagingNo);
        return {
          ...staging,
          read: async (source, reading, progress, signal) => {
            const staged = await staging.read(source, reading, progress, signal);
            const first: FirstLook = { ...staged, preview: [["as", "seen", "first"]] };
            progress({ rowsDone: 1, first });
            began = true;
            await rest;
            return staged;
          },
        };
      },
    }),
  });
  const [account] = await room.accountsOf(1);
  if (account === undefined) throw new Error("There is no account.");
  const pasted = room.pasted(limitsFile([account]));
  await expect.poll(() => began).toBe(true);
  const [batch] = room.batches.page({ limit: 1 }).rows;
  if (batch === undefined) throw new Error("There is no batch.");
  const meanwhile = room.batches.detail(batch.id);
  expect([meanwhile.state, meanwhile.preview]).toEqual(["reading", [["as", "seen", "first"]]]);
  expect(meanwhile.columns.length).toBeGreaterThan(0);
  goOn();
  expect((await pasted).preview).not.toEqual(meanwhile.preview);
  await room.dispose();
});
