import type {
  AccountId,
  BatchColumn,
  BatchId,
  Bucket,
  FinzlyFieldName,
  KnownFields,
  PlanRow,
  ProposedFields,
} from "@contract";
import { finzlyFieldNames } from "@contract";
import { compareRow } from "@contract/rules/bulk/compare-row.ts";
import { sameValue } from "@contract/rules/field-sameness.ts";
import type { StoredAccount } from "../../src/main/features/accounts/account-access.ts";
import type { StagingFiles } from "../../src/main/features/batches/room.ts";
import type {
  ChosenRow,
  GivenRow,
  PlannedFile,
  Staging,
  StagingSource,
} from "../../src/main/features/batches/staging.ts";

interface Row {
  readonly row: number;
  readonly cells: readonly string[];
  readonly given: GivenRow | undefined;
  included: boolean;
  bucket: Bucket;
  message: string;
  plan:
    | {
        accountId: AccountId;
        proposed: ProposedFields;
        base: KnownFields;
        risk: ChosenRow["risk"];
        authorisationRef: string;
      }
    | undefined;
}

interface File {
  headers: readonly string[];
  rows: Row[];
  noted: Map<number, string>;
  edition: number;
}

export interface MemoryStagings extends StagingFiles {
  /** What the staging file was told each row became: a change's number, or why it became none. */
  readonly noted: (id: BatchId) => ReadonlyMap<number, string>;
}

interface Lookup {
  readonly stored: (id: AccountId) => StoredAccount;
  readonly byUids: (customerUid: string, accountUid: string) => AccountId | undefined;
}

const targets = new Set<string>([...finzlyFieldNames, "customerUID", "accountUID", "authorisationRef"]);

function columnsOf(headers: readonly string[]): BatchColumn[] {
  return headers.map((header, index) => ({
    index,
    header,
    samples: [],
    target: targets.has(header) ? (header as BatchColumn["target"]) : "ignore",
    matchedBy: targets.has(header) ? "exact" : "none",
  }));
}

function readRows(source: StagingSource, files: ReadonlyMap<string, File>): File {
  if (source.kind === "rows-of") {
    const parent = files.get(source.stagingFile);
    const wanted = new Set(source.rows);
    const rows = (parent?.rows ?? [])
      .filter(({ row }) => wanted.has(row))
      .map((row) => ({ ...row, included: true, plan: undefined }));
    return { headers: parent?.headers ?? [], rows, noted: new Map(), edition: 0 };
  }
  const blank = { included: true, bucket: "blocked" as const, message: "", plan: undefined };
  if (source.kind === "rows") {
    return {
      headers: [],
      noted: new Map(),
      edition: 0,
      rows: source.rows.map((given, at) => ({ ...blank, row: at + 2, cells: given.cells ?? [], given })),
    };
  }
  if (source.kind === "file") throw new Error("The memory staging reads no files.");
  const [header = "", ...lines] = source.text.split("\n").filter((line) => line !== "");
  return {
    headers: header.split(","),
    noted: new Map(),
    edition: 0,
    rows: lines.map((line, at) => ({ ...blank, row: at + 2, cells: line.split(","), given: undefined })),
  };
}

function proposalOf(
  file: File,
  row: Row,
): { proposed: ProposedFields; authorisationRef: string; uids: [string, string] } {
  const cells = new Map(file.headers.map((header, at) => [header, row.cells[at] ?? ""]));
  const fields = finzlyFieldNames.flatMap((field) => {
    const cell = cells.get(field) ?? "";
    return cell === ""
      ? []
      : [[field, field === "secCodes" ? cell.split("|") : cell === "true" ? true : cell === "false" ? false : cell]];
  });
  return {
    proposed: Object.fromEntries(fields) as ProposedFields,
    authorisationRef: cells.get("authorisationRef") ?? "",
    uids: [cells.get("customerUID") ?? "", cells.get("accountUID") ?? ""],
  };
}

function movedFrom({ expected }: GivenRow, known: KnownFields): boolean {
  return finzlyFieldNames.some((field) => {
    const [wrote, now] = [expected?.[field], known[field]];
    return wrote !== undefined && (now === undefined || !sameValue(field, wrote.value, now.value));
  });
}

function planRow(file: File, row: Row, lookup: Lookup, seen: Set<AccountId>): void {
  const own = proposalOf(file, row);
  const id = row.given?.accountId ?? lookup.byUids(...own.uids);
  const settle = (bucket: Bucket, message: string): void => {
    Object.assign(row, { bucket, message, plan: undefined });
  };
  if (id === undefined) return settle("not-found", "No account matches the key.");
  if (seen.has(id)) return settle("duplicate-key", "The account stands in another row too.");
  seen.add(id);
  const { known, customerSecCodes } = lookup.stored(id);
  const proposed = row.given?.proposed ?? own.proposed;
  if (row.given?.cannot !== undefined) return settle("blocked", `Cannot be put back: ${row.given.cannot.join(", ")}`);
  if (row.given !== undefined && movedFrom(row.given, known)) return settle("conflict", "It changed since.");
  const compared = compareRow({ known, proposed, authorisationRef: own.authorisationRef, customerSecCodes });
  if (compared.bucket !== "will-change") return settle(compared.bucket, compared.issues[0]?.message ?? "");
  const changed = new Set(compared.changes.map(({ field }) => field));
  const base = Object.fromEntries(
    finzlyFieldNames
      .filter((field: FinzlyFieldName) => changed.has(field) && known[field] !== undefined)
      .map((field) => [field, known[field]]),
  );
  Object.assign(row, {
    bucket: "will-change",
    message: "",
    plan: { accountId: id, proposed, base, risk: compared.risk.class, authorisationRef: own.authorisationRef },
  });
}

function planned(file: File): PlannedFile {
  const chosen = file.rows.filter((row) => row.plan !== undefined && row.included);
  const counts: Partial<Record<Bucket, number>> = {};
  for (const { bucket } of file.rows) counts[bucket] = (counts[bucket] ?? 0) + 1;
  const brings = (own: (plan: NonNullable<Row["plan"]>) => string | undefined) => {
    const rows = chosen.filter(({ plan }) => plan !== undefined && own(plan)?.trim());
    return { rows: rows.length, high: rows.filter(({ plan }) => plan?.risk === "high").length };
  };
  const riskOf = (risk: string): number => chosen.filter(({ plan }) => plan?.risk === risk).length;
  return {
    counts,
    totals: {
      chosen: chosen.length,
      sentence: `${chosen.length} accounts change.`,
      figures: [],
      risk: { high: riskOf("high"), medium: riskOf("medium"), low: riskOf("low") },
      brings: {
        reason: brings(({ proposed }) => proposed.reason),
        authorisationRef: brings((plan) => plan.authorisationRef),
      },
    },
    largestIncreaseTenths: undefined,
    currencies: [],
    edition: file.edition,
  };
}

function edited(file: File): PlannedFile {
  file.edition += 1;
  return planned(file);
}

/**
 * Stagings held in memory, for tests of what stands on them: rows given by Vostro, or text with commas whose headers are
 * the provider's own field names. Judges by the product's rules. What is staged outlives the service, as files do.
 */
export function memoryStagings(lookup: () => Lookup): MemoryStagings {
  const files = new Map<string, File>();
  const path = (id: BatchId, stagingNo: number): string => `staged ${id} ${stagingNo}`;
  const fileOf = (name: string): File => {
    const file = files.get(name);
    if (file === undefined) throw new Error(`Nothing is ${name}.`);
    return file;
  };
  const openFile = (name: string): Staging => ({
    read: async (source) => {
      const file = readRows(source, files);
      files.set(name, file);
      const reading = { encoding: "utf-8", delimiter: ",", quote: '"', header: true } as const;
      const text = source.kind === "text" ? source.text : "";
      return {
        sha256: Buffer.from(text).toString("hex").slice(0, 64),
        bytes: text.length,
        rows: file.rows.length,
        detected: reading,
        reading,
        headers: file.headers,
        preview: [],
        columns: columnsOf(file.headers),
        headerFingerprint: file.headers.join("|"),
        keyChoices: [{ kind: "customer-and-account", label: "Customer and account UID", possible: true }],
        raggedRows: 0,
        readProblems: [],
      };
    },
    plan: async () => {
      const file = fileOf(name);
      const seen = new Set<AccountId>();
      for (const row of file.rows) planRow(file, row, lookup(), seen);
      return edited(file);
    },
    fixCell: async (number, column, text) => {
      const file = fileOf(name);
      file.rows = file.rows.map((row) => (row.row === number ? { ...row, cells: row.cells.with(column, text) } : row));
      const seen = new Set<AccountId>();
      for (const row of file.rows) planRow(file, row, lookup(), seen);
      const row = file.rows.find((one) => one.row === number);
      if (row === undefined) throw new Error(`There is no row ${number}.`);
      return { row: shown(row), planned: edited(file) };
    },
    applyFix: async () => edited(fileOf(name)),
    plannedUnless: async (edition) => {
      const file = fileOf(name);
      return file.edition === edition ? { kind: "same" } : { kind: "other", planned: planned(file) };
    },
    include: async (rows, _filter, included) => {
      const file = fileOf(name);
      for (const row of file.rows) if (rows === undefined || rows.includes(row.row)) row.included = included;
      return edited(file);
    },
    rows: async (filter, offset, limit) => {
      const found = fileOf(name).rows.filter((row) => filter.bucket === undefined || row.bucket === filter.bucket);
      return { rows: found.slice(offset, offset + limit).map(shown), matching: found.length };
    },
    problems: async () => ({ groups: [], columnSummaries: [] }),
    chosen: async (afterRow, limit) =>
      fileOf(name)
        .rows.flatMap((row) =>
          row.plan !== undefined && row.included && row.row > afterRow ? [{ row: row.row, ...row.plan }] : [],
        )
        .slice(0, limit),
    noteMade: async (made) => {
      const { noted } = fileOf(name);
      for (const { row, changeId, message } of made)
        noted.set(row, changeId === undefined ? (message ?? "") : String(changeId));
    },
    handwork: async () => ({ corrected: 0, unticked: fileOf(name).rows.filter(({ included }) => !included).length }),
    exportTo: async () => fileOf(name).rows.length,
    close: async () => undefined,
  });
  return {
    open: (id, stagingNo) => openFile(path(id, stagingNo)),
    prepare: () => undefined,
    dismiss: async () => undefined,
    path,
    remove: async (id, stagingNo) => {
      files.delete(path(id, stagingNo));
    },
    sweep: () => undefined,
    noted: (id) => fileOf(path(id, 0)).noted,
  };
}

function shown(row: Row): PlanRow {
  return {
    row: row.row,
    bucket: row.bucket,
    included: row.included,
    changes: [],
    known: {},
    problems: [],
    cells: [...row.cells],
    ...(row.plan === undefined ? {} : { accountId: row.plan.accountId, risk: row.plan.risk }),
  };
}
