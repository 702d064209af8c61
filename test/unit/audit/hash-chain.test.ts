import { createHash } from "node:crypto";
import { expect, it } from "vitest";
import { chainHash, firstPreviousHash, type ChainedRow } from "../../../src/main/features/audit/hash-chain.ts";

const row: ChainedRow = {
  seq: 1,
  atMs: 1_700_000_000_000,
  personId: 2,
  person: "Maya",
  action: "change.sent",
  subject: "change 12",
  summary: "Sent.",
  before: null,
  after: '{"a":1}',
  correlationId: "c",
};

it("is SHA-256 over the previous hash, a line feed and the canonical row, as anybody can compute it", () => {
  const canonical =
    '{"action":"change.sent","after":"{\\"a\\":1}","atMs":1700000000000,"before":null,"correlationId":"c","person":"Maya",' +
    '"personId":2,"seq":1,"subject":"change 12","summary":"Sent."}';
  const expected = createHash("sha256")
    .update(`${"0".repeat(64)}\n${canonical}`)
    .digest("hex");
  expect(chainHash(firstPreviousHash, row)).toBe(expected);
});

it("changes with every column", () => {
  const changes: Partial<ChainedRow>[] = [
    { seq: 2 },
    { atMs: 1 },
    { personId: null },
    { person: "Tom" },
    { action: "a" },
    { subject: "s" },
    { summary: "t" },
    { before: "1" },
    { after: null },
    { correlationId: "d" },
  ];
  const hashes = changes.map((change) => chainHash(firstPreviousHash, { ...row, ...change }));
  expect(new Set([chainHash(firstPreviousHash, row), ...hashes]).size).toBe(changes.length + 1);
  expect(chainHash("1".repeat(64), row)).not.toBe(chainHash(firstPreviousHash, row));
});
