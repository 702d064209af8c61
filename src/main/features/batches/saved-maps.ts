import { hasHeadings, type BatchColumn, type ColumnTarget, type ConnectionId } from "@contract";
import { finzlyFields, isFinzlyFieldName } from "@contract/rules/finzly-fields.ts";
import { sql, type Reader, type Writer } from "../../database/sql.ts";
import type { BatchKey, BatchRecord } from "./batch-record.ts";

export interface MappedColumn {
  readonly index: number;
  readonly target: ColumnTarget;
  readonly unit?: "dollars" | "cents" | undefined;
}

/** A column map as a person saved it, for files with exactly the same header. */
export interface SavedMap {
  readonly id: number;
  readonly name: string;
  readonly connectionId: ConnectionId;
  readonly key: BatchKey;
  readonly columns: readonly MappedColumn[];
  readonly usedAtMs: number;
}

interface MapRowStored {
  id: number;
  name: string;
  connection_id: ConnectionId;
  key_kind: BatchKey;
  columns_json: string;
  used_at_ms: number;
}

function mapFromRow(row: MapRowStored): SavedMap {
  return {
    id: row.id,
    name: row.name,
    connectionId: row.connection_id,
    key: row.key_kind,
    columns: JSON.parse(row.columns_json) as MappedColumn[],
    usedAtMs: row.used_at_ms,
  };
}

export function findMap(reader: Reader, fingerprint: string): SavedMap | undefined {
  const row = reader.get<MapRowStored>(sql`SELECT * FROM work_batch_maps WHERE fingerprint = ${fingerprint}`);
  return row && mapFromRow(row);
}

/** The columns that are taken for something. */
export function mappedOf({ columns }: Pick<BatchRecord, "columns">): MappedColumn[] {
  return columns
    .filter(({ target }) => target !== "ignore")
    .map(({ index, target, unit }) => ({ index, target, ...(unit === undefined || unit === "ask" ? {} : { unit }) }));
}

/** The map kept for files with the headings of this batch; undefined also where it has none. */
export function mapFor(reader: Reader, { staged, columns }: Pick<BatchRecord, "staged" | "columns">): SavedMap | undefined {
  if (staged === undefined || !hasHeadings({ reading: staged.reading, columns })) return undefined;
  return findMap(reader, staged.headerFingerprint);
}

/** Whether the columns, the key and the connection are those of the map. */
export function isMap(map: SavedMap, chosen: Pick<BatchRecord, "columns" | "key" | "connectionId">): boolean {
  const words = (columns: readonly MappedColumn[]): string =>
    columns.map(({ index, target, unit = "" }) => `${index} ${target} ${unit}`).join("\n");
  return map.key === chosen.key && map.connectionId === chosen.connectionId && words(map.columns) === words(mappedOf(chosen));
}

export function listMaps(reader: Reader): SavedMap[] {
  return reader.all<MapRowStored>(sql`SELECT * FROM work_batch_maps ORDER BY used_at_ms DESC, id DESC`).map(mapFromRow);
}

/** Keeps the map for this header; a map kept for it before is replaced. */
export function saveMap(writer: Writer, fingerprint: string, map: Omit<SavedMap, "id">): void {
  writer.run(sql`
    INSERT INTO work_batch_maps (fingerprint, name, connection_id, key_kind, columns_json, used_at_ms)
    VALUES (${fingerprint}, ${map.name}, ${map.connectionId}, ${map.key}, ${JSON.stringify(map.columns)}, ${map.usedAtMs})
    ON CONFLICT (fingerprint) DO UPDATE SET name = excluded.name, connection_id = excluded.connection_id,
      key_kind = excluded.key_kind, columns_json = excluded.columns_json, used_at_ms = excluded.used_at_ms`);
}

export function noteMapUsed(writer: Writer, id: number, atMs: number): void {
  writer.run(sql`UPDATE work_batch_maps SET used_at_ms = ${atMs} WHERE id = ${id}`);
}

export function deleteMap(writer: Writer, id: number): boolean {
  return writer.run(sql`DELETE FROM work_batch_maps WHERE id = ${id}`).changes === 1;
}

const isMoney = (target: ColumnTarget): boolean => isFinzlyFieldName(target) && finzlyFields[target].kind === "money";

/** The columns with the chosen targets and units; a column nobody named is ignored, an amount without unit asks. */
export function withTargets(
  columns: readonly BatchColumn[],
  chosen: readonly MappedColumn[],
  matchedBy: "saved-map" | "person",
): BatchColumn[] {
  const byIndex = new Map(chosen.map((column) => [column.index, column]));
  return columns.map(({ unit: foundUnit, ...column }) => {
    const { target, unit } = byIndex.get(column.index) ?? { target: "ignore" as const, unit: undefined };
    const how = matchedBy === "person" && target === column.target ? column.matchedBy : matchedBy;
    return { ...column, target, matchedBy: how, ...(isMoney(target) ? { unit: unit ?? foundUnit ?? "ask" } : {}) };
  });
}
