import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { leaksInFile, leaksInLog } from "../../support/left-behind.ts";

const ordinary = [
  '[2026-11-20 14:05:00.123] [info] Finzly answered a change {"status":200,"outcome":"accepted","elapsedMs":12}',
  '[2026-11-20 14:05:01.004] [error] accounts.page failed. {"correlationId":"6f1c2a4e-8f3b-4d52-9a77-0c1d2e3f4a5b",' +
    '"where":["at createSettleWatchOfChanges (out/main/chunks/compose-batch-worker-Df82_a1B.js:12:345)"]}',
  "[2026-11-20 14:05:02.000] [warn] Account ••••4444 could not be read.",
].join("\n");

describe("what a log may not hold", () => {
  it("is not found in ordinary lines", () => {
    expect(leaksInLog({ name: "vostro.log", text: ordinary })).toEqual([]);
  });

  it.each([
    ["an account number", "Sending 3100724444", "vostro.log holds Sending (number of 10 digits)"],
    ["a passphrase", "harbour lantern quiet meadow", "vostro.log holds the passphrase of Maya Lindqvist"],
    ["a secret in base64", Buffer.from("training-secret").toString("base64"), "the client or partner secret"],
    ["what the test typed", "copper kettle winds north", "what the test typed"],
    ["a token", "Got mo9-bVxLOikYJzZFVGNygZChssM", "vostro.log holds Got (what looks like a token)"],
  ])("is found: %s", (_what, line, said) => {
    const leaks = leaksInLog({ name: "vostro.log", text: `${ordinary}\n${line}` }, ["copper kettle winds north"]);
    expect(leaks).toContainEqual(expect.stringContaining(said));
    expect(leaks.join("\n")).not.toContain("3100724444");
  });
});

describe("what an encrypted file may not hold", () => {
  const sealed = randomBytes(4_000_000);

  it("is not found in random bytes", () => {
    expect(leaksInFile("vostro.db", sealed)).toEqual([]);
  });

  it.each([
    ["an account number", "310072444", "a long number"],
    ["a passphrase", "granite willow copper ferry", "the passphrase of Tomas Okafor"],
    ["a passphrase as UTF-16", Buffer.from("granite willow copper ferry", "utf16le"), "the passphrase of Tomas Okafor"],
    ["a table's layout", "CREATE TABLE work_changes (id INTEGER", "readable text"],
  ])("is found wherever it stands: %s", (_what, planted, said) => {
    for (const at of [0, 1, 1_234_567, sealed.length - planted.length]) {
      const bytes = Buffer.from(sealed);
      Buffer.from(planted).copy(bytes, at);
      expect(leaksInFile("vostro.db", bytes)).toContain(`vostro.db holds ${said} in clear`);
    }
  });
});
