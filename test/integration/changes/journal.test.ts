import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { VostroFailure } from "../../../src/main/core/failures.ts";
import { sql, type Store, type Writer } from "../../../src/main/database/sql.ts";
import { createJournal } from "../../../src/main/features/changes/journal.ts";
import { createPersistence } from "../../../src/main/features/changes/persistence.ts";
import { scratchFile } from "../../support/scratch-store.ts";

let file: ReturnType<typeof scratchFile>;
beforeEach(() => {
  file = scratchFile();
  file.store.transaction((writer) => writer.run(sql`CREATE TABLE marks (n INTEGER PRIMARY KEY, filler TEXT) STRICT`));
});
afterEach(() => file.dispose());

const counted = (store: Store): { store: Store; commits: () => number } => {
  let commits = 0;
  return {
    commits: () => commits,
    store: {
      ...store,
      transaction: (work) => {
        commits += 1;
        return store.transaction(work);
      },
    },
  };
};
const rows = (): number[] =>
  file.store.read.all<{ n: number }>(sql`SELECT n FROM marks ORDER BY n`).map((row) => row.n);

describe("group commit", () => {
  it("shares one transaction among all marks of one turn and answers each with its own value", async () => {
    const { store, commits } = counted(file.store);
    const journal = createJournal(store, { groupMs: 60_000 });
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, n) =>
        journal.mark((writer) => {
          writer.run(sql`INSERT INTO marks VALUES (${n}, '')`);
          return n * 2;
        }),
      ),
    );
    expect(answers).toEqual(Array.from({ length: 50 }, (_, n) => n * 2));
    expect(commits()).toBe(1);
    expect(rows()).toHaveLength(50);
  });

  it("lets the app breathe between groups: marks that take long share no transaction beyond the time of a group", async () => {
    const { store, commits } = counted(file.store);
    const journal = createJournal(store, { groupMs: 4 });
    const order: string[] = [];
    const slow = (n: number) => (writer: Writer) => {
      for (const endMs = performance.now() + 5; performance.now() < endMs; );
      writer.run(sql`INSERT INTO marks VALUES (${n}, '')`);
      return n;
    };
    const marks = [1, 2, 3].map((n) => journal.markFirst(slow(n)).then((value) => order.push(String(value))));
    const turn = (): void => {
      order.push("turn");
      if (order.length < 12) setImmediate(turn);
    };
    setImmediate(turn);
    await Promise.all([...marks, journal.mark(slow(4)).then(() => order.push("4"))]);
    expect(commits()).toBeGreaterThan(1);
    expect(order.filter((what) => what !== "turn")).toEqual(["1", "2", "3", "4"]);
    expect(order.join()).toMatch(/1,(turn,)+2/u);
    expect(rows()).toEqual([1, 2, 3, 4]);
  });

  it("fails only the mark that fails; its neighbours are committed", async () => {
    const journal = createJournal(file.store);
    const results = await Promise.allSettled([
      journal.mark((writer) => writer.run(sql`INSERT INTO marks VALUES (1, '')`)),
      journal.mark(() => {
        throw new VostroFailure("conflict", "no");
      }),
      journal.mark((writer) => writer.run(sql`INSERT INTO marks VALUES (1, '')`)),
      journal.mark((writer) => writer.run(sql`INSERT INTO marks VALUES (2, '')`)),
    ]);
    expect(results.map((result) => result.status)).toEqual(["fulfilled", "rejected", "rejected", "fulfilled"]);
    expect(rows()).toEqual([1, 2]);
  });

  it("commits what a request waits for ahead of what was marked before it, and everything in the end", async () => {
    const { store, commits } = counted(file.store);
    const journal = createJournal(store, { groupMs: 60_000 });
    const order: string[] = [];
    const add = (n: number) => (writer: Writer) => writer.run(sql`INSERT INTO marks VALUES (${n}, '')`);
    await Promise.all([
      journal.mark(add(1)).then(() => order.push("outcome")),
      journal.markFirst(add(2)).then(() => order.push(`intent, with ${rows().join()} on disk`)),
      journal.mark(add(3)).then(() => order.push("outcome")),
    ]);
    expect(order).toEqual(["intent, with 2 on disk", "outcome", "outcome"]);
    expect(commits()).toBe(2);
    expect(rows()).toEqual([1, 2, 3]);
  });

  it("takes marks that were overtaken once along with the next that go first", async () => {
    const { store, commits } = counted(file.store);
    const journal = createJournal(store, { groupMs: 60_000 });
    const add = (n: number) => (writer: Writer) => writer.run(sql`INSERT INTO marks VALUES (${n}, '')`);
    const outcome = journal.mark(add(1));
    let next: Promise<unknown> | undefined;
    await journal.markFirst(add(2)).then(() => {
      next = journal.markFirst(add(3));
    });
    expect(rows()).toEqual([2]);
    await Promise.all([outcome, next]);
    expect(commits()).toBe(2);
    expect(rows()).toEqual([1, 2, 3]);
  });

  it("lets a few plain marks wait for others to share a commit with, and many not at all", async () => {
    const { store, commits } = counted(file.store);
    const journal = createJournal(store, { groupMs: 60_000, lingerMs: 2_000_000 });
    const add = (n: number) => (writer: Writer) => writer.run(sql`INSERT INTO marks VALUES (${n}, '')`);
    const first = journal.mark(add(1));
    await new Promise(setImmediate);
    await new Promise(setImmediate);
    expect(commits()).toBe(0);
    await journal.markFirst(add(2));
    await Promise.all([first, journal.markFirst(add(3))]);
    expect(commits()).toBe(2);
    await Promise.all(Array.from({ length: 16 }, (_, n) => journal.mark(add(10 + n))));
    expect(commits()).toBe(3);
    expect(rows()).toHaveLength(19);
  });

  it("holds a group back while more is about to come, and not for ever", async () => {
    const { store, commits } = counted(file.store);
    let asked = 0;
    const moreToCome = (): boolean => (asked += 1) > 0;
    const journal = createJournal(store, { groupMs: 60_000, moreToCome });
    const add = (n: number) => (writer: Writer) => {
      const endMs = performance.now() + 5;
      while (performance.now() < endMs);
      writer.run(sql`INSERT INTO marks VALUES (${n}, '')`);
    };
    await journal.mark(add(1));
    const early = journal.mark(add(2));
    const late = new Promise<unknown>((resolve) => {
      setImmediate(() => resolve(journal.mark(add(3))));
    });
    await Promise.all([early, late]);
    expect(asked).toBeGreaterThan(1);
    expect(commits()).toBe(2);
    expect(rows()).toEqual([1, 2, 3]);
  });

  it("resolves a mark only once it is committed", async () => {
    const journal = createJournal(file.store);
    let resolved = false;
    const marked = journal
      .mark((writer) => {
        writer.run(sql`INSERT INTO marks VALUES (7, '')`);
        expect(resolved).toBe(false);
      })
      .then(() => {
        resolved = true;
      });
    expect(rows()).toEqual([]);
    await marked;
    expect(rows()).toEqual([7]);
  });
});

describe("when the disk is full", () => {
  it("keeps the outcome, says so in words, and saves it once there is room", async () => {
    const said: (string | undefined)[] = [];
    const abort = new AbortController();
    const journal = createJournal(file.store);
    const persistence = createPersistence(journal, () => said.push(persistence.trouble()), abort.signal, 10);
    file.limitPages(1);
    let saved = false;
    const saving = persistence
      .surely((writer) => writer.run(sql`INSERT INTO marks VALUES (1, ${"x".repeat(200_000)})`))
      .then(() => {
        saved = true;
      });
    await expect.poll(() => said.length, { timeout: 10_000 }).toBeGreaterThan(0);
    expect(said[0]).toMatch(/full/iu);
    expect(said[0]).toMatch(/Do not close Vostro/u);
    expect(saved).toBe(false);
    file.limitPages(1_000_000);
    await saving;
    expect(rows()).toEqual([1]);
    expect(persistence.trouble()).toBeUndefined();
  });
});
