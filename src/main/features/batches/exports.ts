import { writeFile } from "node:fs/promises";
import { basename } from "node:path";
import type { ParsedInputOf } from "@contract";
import { wholeNumberColumns } from "@contract/rules/bulk/whole-numbers.ts";
import type { CallContext } from "../../core/call-context.ts";
import { newCorrelationId } from "../../core/clock.ts";
import { VostroFailure } from "../../core/failures.ts";
import type { BatchRecord } from "./batch-record.ts";
import { counted } from "./counted.ts";
import type { BatchRoom } from "./room.ts";
import type { StagingExport } from "./staging.ts";
import { templateFile } from "./template-file.ts";
import { deedOf, movedOn, mustFind, note } from "./transition.ts";

type Saved = { readonly saved: boolean; readonly fileName?: string };

const csv = [{ name: "CSV files", extensions: ["csv"] }];

/** A batch's name as part of a file name: nothing a file system minds. */
function safeName(name: string): string {
  const plain = name
    .replaceAll(/\.[a-z]{1,4}$/giu, "")
    .replaceAll(/[^\p{L}\p{N} ._-]+/gu, " ")
    .trim();
  return plain.slice(0, 80) || "batch";
}

function noRoom(error: unknown): unknown {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ENOSPC")
    return new VostroFailure("storage-failed", "The disk is full, so the file could not be saved.", { cause: error });
  if (code === "EACCES" || code === "EPERM" || code === "EROFS" || code === "EBUSY") {
    return new VostroFailure("storage-failed", "The file cannot be written there. Is it open in another program?", {
      cause: error,
    });
  }
  return error;
}

async function exportBatch(
  room: BatchRoom,
  batch: BatchRecord,
  what: StagingExport,
  title: string,
  suffix: string,
  context: CallContext,
): Promise<Saved> {
  if (batch.staged === undefined || batch.state === "withdrawn") throw movedOn(batch);
  const whole = wholeNumberColumns(batch.columns);
  const path = await room.dialogs.saveFile({
    title,
    note: whole.length === 0 ? undefined : "The file will hold whole account numbers, as the original does.",
    suggestedName: `${safeName(batch.name)} ${suffix}.csv`,
    kinds: csv,
  });
  if (path === undefined) return { saved: false };
  const fileName = basename(path);
  const rows = await room.pool
    .use(batch.id, (staging) => staging.exportTo(path, what, () => undefined, new AbortController().signal))
    .catch((error: unknown) => {
      throw noRoom(error);
    });
  const plain = `Saved ${counted(rows, "row")} as ${fileName}`;
  const said = {
    action: `export-${what.kind}`,
    text: whole.length === 0 ? plain : `${plain}, with whole account numbers`,
    after: { file: fileName, rows, ...(whole.length === 0 ? {} : { wholeAccountNumbersIn: whole }) },
  };
  room.store.transaction((writer) => note(room, writer, batch, said, deedOf(room, context)));
  return { saved: true, fileName };
}

/**
 * Saves the rows with problems: their original columns, then `row` and `problem`. With a byte order mark: the file is
 * made to be put right, and a spreadsheet that takes it for windows-1252 would spoil every letter with an accent.
 */
export function exportProblems(
  room: BatchRoom,
  input: ParsedInputOf<"batches.exportProblems">,
  context: CallContext,
): Promise<Saved> {
  const batch = mustFind(room.store.read, input.id);
  return exportBatch(room, batch, { kind: "problems", bom: true }, "Save the rows with problems", "problems", context);
}

/** Saves the result file: the original columns untouched and in order, then what became of each row. */
export function exportResults(
  room: BatchRoom,
  input: ParsedInputOf<"batches.exportResults">,
  context: CallContext,
): Promise<Saved> {
  const batch = mustFind(room.store.read, input.id);
  const { only, bom } = input;
  const what: StagingExport = { kind: "results", bom, only, batchId: batch.id };
  return exportBatch(room, batch, what, "Save the results", "results", context);
}

/** Saves a file with every column and one filled row, to be filled in a spreadsheet. */
export async function exportTemplate(room: BatchRoom, context: CallContext): Promise<Saved> {
  const path = await room.dialogs.saveFile({
    title: "Save the template",
    suggestedName: "Vostro template.csv",
    kinds: csv,
  });
  if (path === undefined) return { saved: false };
  const fileName = basename(path);
  await writeFile(path, templateFile(), "utf8").catch((error: unknown) => {
    throw noRoom(error);
  });
  const { person } = context;
  room.store.transaction((writer) =>
    room.audit.append(writer, {
      action: "batch.export-template",
      subject: "batches",
      summary: `Saved the template as ${fileName}`,
      person,
      correlationId: context.correlationId || newCorrelationId(),
    }),
  );
  return { saved: true, fileName };
}
