import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { systemClock } from "../../../src/main/core/clock.ts";
import { createAuditService, type AuditService } from "../../../src/main/features/audit/service.ts";
import { openBehindTheBack } from "../../support/scratch-audit.ts";
import { scratchFile } from "../../support/scratch-store.ts";

let scratch: ReturnType<typeof scratchFile>;
let audit: AuditService;

function append(count: number, from = 1): void {
  scratch.store.transaction((writer) => {
    for (let n = from; n < from + count; n += 1) {
      audit.trail.append(writer, {
        action: n % 2 === 0 ? "change.sent" : "person.signed-in",
        subject: `change ${n}`,
        summary: `Row number ${n}.`,
        person: { id: 1, name: "Maya Lindqvist" },
        before: { accountNumber: "000111222333", limitMinor: 100 },
        after: { accountNumber: "000111229999", clientSecret: "hunter2" },
        correlationId: `call-${n}`,
      });
    }
  });
}

function tamper(...statements: string[]): void {
  const database = openBehindTheBack(scratch.path, scratch.key);
  for (const statement of statements) database.exec(statement);
  database.close();
}

const off =
  "DROP TRIGGER work_audit_no_update; DROP TRIGGER work_audit_no_delete; DROP TRIGGER work_audit_head_forward;";

beforeEach(() => {
  scratch = scratchFile();
  audit = createAuditService({ store: scratch.store, clock: systemClock });
  append(12);
});
afterEach(() => scratch.dispose());

describe("the audit trail", () => {
  it("is unbroken as written, and its head is the hash of the newest row", async () => {
    const result = await audit.verify();
    expect(result).toMatchObject({ intact: true, entries: 12 });
    expect(result.headHash).toBe(audit.detail(12).hash);
    expect(audit.detail(1).previousHash).toBe("0".repeat(64));
    expect(audit.detail(5).previousHash).toBe(audit.detail(4).hash);
    expect(audit.lastVerification()).toEqual(result);
  });

  it("holds no secret and no full account number, before or after", () => {
    const { before, after } = audit.detail(3);
    expect(before).toBe('{"accountNumber":"•••• 2333","limitMinor":100}');
    expect(after).toBe('{"accountNumber":"•••• 9999","clientSecret":"•••"}');
  });

  it("masks long digit runs in summaries", () => {
    scratch.store.transaction((writer) =>
      audit.trail.append(writer, { action: "a.b", subject: "s", summary: "Showed 000111222333.", correlationId: "c" }),
    );
    expect(audit.detail(13)).toMatchObject({ summary: "Showed ••••2333.", person: "Vostro" });
  });

  it("survives a rolled-back transaction without a gap", async () => {
    expect(() =>
      scratch.store.transaction((writer) => {
        audit.trail.append(writer, { action: "a.b", subject: "s", summary: "Never.", correlationId: "c" });
        throw new Error("rolled back");
      }),
    ).toThrow("rolled back");
    append(1, 13);
    expect(await audit.verify()).toMatchObject({ intact: true, entries: 13 });
  });

  it("cannot be changed or shortened by a statement", () => {
    const run = (text: string) => () => scratch.store.transaction((writer) => writer.run({ text, values: [] }));
    for (const statement of [
      "UPDATE work_audit SET summary = 'x' WHERE seq = 3",
      "DELETE FROM work_audit WHERE seq = 12",
      "DELETE FROM work_audit_head",
      "UPDATE work_audit_head SET entries = 11, hash = 'x'",
      "UPDATE work_audit_head SET entries = 12, hash = 'x'",
      "UPDATE work_audit_head SET entries = 13, hash = 'x'",
    ]) {
      expect(run(statement)).toThrow(/append-only/u);
    }
  });

  it("lets its head move to the newest row only, and only under that row's hash", () => {
    const add = (seq: number): string =>
      `INSERT INTO work_audit SELECT ${seq}, at_ms, person_id, person, action, subject, summary, before_json, after_json,
       correlation_id, hash, 'hash ${seq}' FROM work_audit WHERE seq = 12`;
    const moveTo = (seq: number, hash: string) => () =>
      scratch.store.transaction((writer) => {
        for (const text of [add(13), add(14)]) writer.run({ text, values: [] });
        writer.run({ text: "UPDATE work_audit_head SET entries = ?, hash = ?", values: [seq, hash] });
      });
    expect(moveTo(13, "hash 13")).toThrow(/append-only/u);
    expect(moveTo(14, "hash 13")).toThrow(/append-only/u);
    expect(moveTo(14, "hash 14")).not.toThrow();
  });

  it.each([
    ["changed", "UPDATE work_audit SET summary = 'Nothing happened.' WHERE seq = 4", 4, /Row 4 was changed/u],
    ["attributed to another person", "UPDATE work_audit SET person = 'Tomas' WHERE seq = 9", 9, /Row 9 was changed/u],
    ["taken out", "DELETE FROM work_audit WHERE seq = 6", 6, /Row 6 is missing/u],
    ["cut off at the start", "DELETE FROM work_audit WHERE seq <= 3", 1, /Rows 1 to 3 are missing/u],
    ["cut off at the end", "DELETE FROM work_audit WHERE seq >= 11", 11, /cut off: row 11 and 1 after it/u],
    ["emptied", "DELETE FROM work_audit", 1, /cut off: row 1 and 11 after it/u],
    [
      "put in another order",
      "UPDATE work_audit SET seq = 100 WHERE seq = 5; UPDATE work_audit SET seq = 5 WHERE seq = 6;" +
        "UPDATE work_audit SET seq = 6 WHERE seq = 100",
      5,
      /Row 5 was changed/u,
    ],
  ])("shows a row that was %s, when the file is edited with the key", async (_how, statement, seq, what) => {
    tamper(off, statement);
    const { intact, firstBroken } = await audit.verify();
    expect(intact).toBe(false);
    expect(firstBroken?.seq).toBe(seq);
    expect(firstBroken?.what).toMatch(what);
  });

  it("shows a row that was replaced together with its own hash", async () => {
    const { chainHash } = await import("../../../src/main/features/audit/hash-chain.ts");
    const { auditRowAt } = await import("../../../src/main/features/audit/store.ts");
    const row = auditRowAt(scratch.store.read, 7);
    if (row === undefined) throw new Error("Row 7 is missing.");
    const forged = { ...row, summary: "Forged." };
    tamper(
      off,
      `UPDATE work_audit SET summary = 'Forged.', hash = '${chainHash(row.previousHash, forged)}' WHERE seq = 7`,
    );
    const { firstBroken } = await audit.verify();
    expect(firstBroken).toMatchObject({ seq: 8 });
    expect(firstBroken?.what).toMatch(/does not follow row 7/u);
  });

  it("shows a row added past its end", async () => {
    tamper(
      "INSERT INTO work_audit SELECT 13, at_ms, person_id, person, action, subject, summary, before_json, after_json, 'x'," +
        " hash, hash FROM work_audit WHERE seq = 12",
    );
    expect((await audit.verify()).firstBroken).toMatchObject({ seq: 13 });
  });

  it("is verified as of the moment of asking, while rows go on being written", async () => {
    append(3000, 13);
    const checking = audit.verify();
    append(5, 3013);
    expect(await checking).toMatchObject({ intact: true, entries: 3012 });
  });

  it("pages newest first, every row once, under every filter", async () => {
    const walk = async (filter: object): Promise<number[]> => {
      const seen: number[] = [];
      for (let cursor: string | undefined, first = true; first || cursor !== undefined; first = false) {
        const page = await audit.page({ ...filter, limit: 5, ...(cursor === undefined ? {} : { cursor }) });
        seen.push(...page.rows.map((row) => row.seq));
        cursor = page.nextCursor;
      }
      return seen;
    };
    expect(await walk({})).toEqual([12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
    expect(await walk({ area: "change" })).toEqual([12, 10, 8, 6, 4, 2]);
    expect(await walk({ search: "NUMBER 1" })).toEqual([12, 11, 10, 1]);
    expect(await walk({ search: "100%" })).toEqual([]);
    expect(await walk({ subject: "change 7" })).toEqual([7]);
    await expect(audit.page({ cursor: "1 OR 1=1", limit: 5 })).rejects.toThrow(/does not exist/u);
    expect(() => audit.detail(99)).toThrow(/no row 99/u);
  });

  it("is searched to its first row, in steps, while other work goes on", async () => {
    append(5000, 13);
    let turns = 0;
    const count = (): void => void ((turns += 1), (timer = setImmediate(count)));
    let timer = setImmediate(count);
    const { rows, nextCursor } = await audit.page({ search: "number 1", subject: "change 1", limit: 5 });
    clearImmediate(timer);
    expect(rows.map(({ seq }) => seq)).toEqual([1]);
    expect(nextCursor).toBeUndefined();
    expect(turns).toBeGreaterThan(1);
  });

  it("gets one row for a served command, unless its service wrote one", () => {
    const since = audit.entries();
    const served = { name: "changes.send", person: undefined, summary: "changes.send was done." };
    audit.noteCommand(since, { ...served, correlationId: "call-new" });
    expect(audit.detail(13)).toMatchObject({ action: "call.changes.send", correlationId: "call-new" });
    audit.noteCommand(since, { ...served, correlationId: "call-new" });
    expect(audit.entries()).toBe(13);
  });
});
