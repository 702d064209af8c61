import { changeStateWords, waitingForApproval } from "@contract";
import type { Bucket, FieldChange, ProposedFields, RiskClass } from "@contract";
import { csvRow, safeCell } from "@contract/rules/bulk/index.ts";
import { displayValue, finzlyFields } from "@contract/rules/finzly-fields.ts";
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { storageFailure, storageFailureOf } from "../../../database/storage-failure.ts";
import type { StagedFile, StagingExport } from "../staging.ts";
import { outcomesBetween, type ChangeOutcome } from "./batch-outcomes.ts";
import type { PlanView } from "./plan-pages.ts";
import { bucketAt, isIncluded, riskAt } from "./row-facts.ts";
import { breathe, seldom, type Run } from "./run.ts";
import { fact, madeBetween, planTextsBetween, rowsBetween, type MadeRow, type StoredRow } from "./staging-store.ts";
import type { StoredPlan } from "./stored-plan.ts";
import { twinAt } from "./twins.ts";

const problemColumns = ["row", "problem"] as const;
const resultColumns = ["status", "provider_code", "message", "change_id", "sent_at"] as const;
const givenColumns = ["customerUID", "accountUID", "accountName", "changes"] as const;
const writeAtOnce = 1_000_000;

const bucketWords: Readonly<Record<Bucket, string>> = {
  "will-change": "Not sent",
  "no-change": "No change",
  "not-found": "Not found",
  conflict: "Conflict",
  "duplicate-key": "Duplicate key",
  blocked: "Blocked",
};

interface ExportRow {
  readonly at: number;
  readonly stored: StoredRow;
  readonly plan: StoredPlan;
  readonly made: MadeRow | undefined;
  readonly outcome: ChangeOutcome | undefined;
}

type Tail = (row: ExportRow, view: PlanView) => readonly string[] | undefined;

function problemText({ at, plan, made }: ExportRow, { plan: { facts, shape } }: PlanView): string {
  const own = (plan.p ?? []).filter(({ severity }) => severity === "error");
  const texts = own.map(({ column, message }) => {
    const header = shape.headers[column];
    return header === undefined ? message : `${header}: ${message}`;
  });
  const pair = twinAt(facts, at);
  return [
    ...texts,
    ...(pair === undefined ? [] : [pair.message]),
    ...(made?.message === undefined ? [] : [made.message]),
  ].join(" ");
}

const problemTail: Tail = (row, view) => {
  const bucket = bucketAt(view.plan.facts, row.at);
  if (bucket === "will-change" || bucket === "no-change") return undefined;
  return [String(row.stored.row), problemText(row, view)];
};

function statusOf({ at, outcome }: ExportRow, { plan: { facts } }: PlanView): string {
  if (outcome !== undefined) return changeStateWords[outcome.state];
  const bucket = bucketAt(facts, at);
  return bucket === "will-change" && !isIncluded(facts, at) ? "Not chosen" : bucketWords[bucket];
}

function outcomeText({ state, message }: ChangeOutcome, risk: RiskClass | undefined): string {
  return message ?? (state === "waiting-for-approval" ? waitingForApproval(risk) : "");
}

function resultTail(only: "all" | "not-accepted"): Tail {
  return (row, view) => {
    const { outcome } = row;
    const isAccepted = outcome?.state === "accepted" || outcome?.state === "reversed";
    const isDone = isAccepted || (outcome === undefined && bucketAt(view.plan.facts, row.at) === "no-change");
    if (only === "not-accepted" && isDone) return undefined;
    const risk = riskAt(view.plan.facts, row.at);
    const message = outcome === undefined ? problemText(row, view) : outcomeText(outcome, risk);
    const sentAt = outcome?.sentAtMs === undefined ? "" : new Date(outcome.sentAtMs).toISOString();
    return [
      statusOf(row, view),
      outcome?.providerCode ?? "",
      message,
      outcome === undefined ? "" : String(outcome.id),
      sentAt,
    ];
  };
}

function changeText({ field, to, masked }: FieldChange, proposed: ProposedFields, currency: string): string {
  const value = proposed[field];
  const text = masked || typeof value !== "string" ? displayValue(field, to, currency) : value;
  return `${finzlyFields[field].label}: ${text}`;
}

/** Rows that came from Vostro itself have no columns of their own: which account, and what was asked of it. */
function givenCells({ a, c = [], q = {}, cur = "USD" }: StoredPlan): string[] {
  const changes = c.map((change) => changeText(change, q, cur)).join("; ");
  return [a?.uids[0] ?? "", a?.uids[1] ?? "", a?.names[1] ?? "", changes];
}

function ownCells({ stored, plan }: ExportRow, width: number): string[] {
  if (width === 0) return givenCells(plan);
  const cells = JSON.parse(stored.original ?? stored.cells) as string[];
  while (cells.length < width) cells.push("");
  return cells;
}

function* rowsOf(view: PlanView, batchId: number | undefined): Generator<ExportRow[]> {
  const { read } = view.store;
  let start = 0;
  for (const { firstRow, lastRow, rows } of view.plan.blocks) {
    const plans = new Map(planTextsBetween(read, firstRow, lastRow).map(({ row, plan }) => [row, plan]));
    const made = madeBetween(read, firstRow, lastRow);
    const outcomes =
      batchId === undefined
        ? new Map<number, ChangeOutcome>()
        : outcomesBetween(view.workspace(), batchId, firstRow, lastRow);
    const from = start;
    yield rowsBetween(read, firstRow, lastRow).map((stored, place) => ({
      at: from + place,
      stored,
      plan: JSON.parse(plans.get(stored.row) ?? "{}") as StoredPlan,
      made: made.get(stored.row),
      outcome: outcomes.get(stored.row),
    }));
    start += rows;
  }
}

interface Target {
  readonly write: (text: string) => void;
  readonly finish: () => void;
}

function openTarget(path: string): Target {
  const file = openSync(path, "w", 0o600);
  let waiting = "";
  const flush = (): void => {
    const bytes = Buffer.from(waiting, "utf8");
    waiting = "";
    for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done);
  };
  return {
    write: (text) => {
      waiting += text;
      if (waiting.length >= writeAtOnce) flush();
    },
    finish: () => {
      flush();
      fsyncSync(file);
      closeSync(file);
    },
  };
}

function refusal(error: unknown): unknown {
  return error instanceof Error && "syscall" in error
    ? (storageFailureOf(error) ?? storageFailure("other", error))
    : error;
}

/**
 * Writes problem rows or results beside `path` and puts the file in its place when it is whole; nothing is left of one
 * that was cancelled or failed. Returns the rows written. Failure storage-failed (disk full, not allowed).
 */
export async function exportFile(view: PlanView, path: string, what: StagingExport, run: Run): Promise<number> {
  const staged = fact<StagedFile>(view.store.read, "staged");
  const headers = staged?.headers ?? [];
  const delimiter = headers.length === 0 ? "," : (staged?.reading.delimiter ?? ",");
  const tail = what.kind === "problems" ? problemTail : resultTail(what.only);
  const own = headers.length === 0 ? givenColumns : headers;
  const part = `${path}.part`;
  const progress = seldom(run.progress);
  const rowsTotal = view.plan.facts.length;
  let rowsDone = 0;
  let written = 0;
  try {
    const target = openTarget(part);
    const line = (cells: readonly string[]): void => target.write(csvRow(cells.map(safeCell), { delimiter }));
    try {
      if (what.bom) target.write("\uFEFF");
      line([...own, ...(what.kind === "problems" ? problemColumns : resultColumns)]);
      for (const rows of rowsOf(view, what.kind === "results" ? what.batchId : undefined)) {
        run.goOn();
        for (const row of rows) {
          const more = tail(row, view);
          if (more === undefined) continue;
          const cells = ownCells(row, headers.length);
          const beyond = cells.slice(own.length);
          line([...cells.slice(0, own.length), ...more, ...(beyond.every((cell) => cell === "") ? [] : beyond)]);
          written += 1;
        }
        rowsDone += rows.length;
        progress({ rowsDone, rowsTotal });
        await breathe();
      }
    } finally {
      target.finish();
    }
    renameSync(part, path);
    return written;
  } catch (error) {
    rmSync(part, { force: true });
    throw refusal(error);
  }
}
