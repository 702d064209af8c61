import { settings, type Settings, type WorkspaceSummary } from "@contract";
import { sql, type Reader, type Writer } from "../../database/sql.ts";

/** How a new workspace starts; a person's word changes it. In training nobody waits for a second person. */
export function defaultSettings(kind: WorkspaceSummary["kind"]): Settings {
  return {
    idleLockMinutes: 10,
    theme: "system",
    density: "compact",
    singleKeys: true,
    secondPerson: { high: kind === "live", medium: false, low: false },
  };
}

/** The stored settings over the defaults; a part that is no longer understood falls back to its default. */
export function readSettings(reader: Reader, kind: WorkspaceSummary["kind"]): Settings {
  const row = reader.get<{ value_json: string }>(sql`SELECT value_json FROM work_settings WHERE name = 'settings'`);
  const defaults = defaultSettings(kind);
  if (row === undefined) return defaults;
  const parsed = settings.safeParse({ ...defaults, ...(JSON.parse(row.value_json) as object) });
  return parsed.success ? parsed.data : defaults;
}

export function writeSettings(writer: Writer, value: Settings): void {
  writer.run(sql`INSERT INTO work_settings (name, value_json) VALUES ('settings', ${JSON.stringify(value)})
    ON CONFLICT (name) DO UPDATE SET value_json = excluded.value_json`);
}
