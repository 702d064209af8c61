import { authority } from "@contract";
import { z } from "zod";
import { sql, type Reader, type Writer } from "../../database/sql.ts";

const keptAuthoritiesShape = z.object({
  fileName: z.string(),
  addedAtMs: z.number(),
  addedBy: z.string(),
  authorities: z.array(z.object({ pem: z.string(), shown: authority })),
});
export type KeptAuthorities = z.infer<typeof keptAuthoritiesShape>;

/** The extra authorities of the workspace; undefined when none were added. */
export function keptAuthorities(reader: Reader): KeptAuthorities | undefined {
  const row = reader.get<{ value_json: string }>(sql`SELECT value_json FROM work_settings WHERE name = 'authorities'`);
  return row === undefined ? undefined : keptAuthoritiesShape.parse(JSON.parse(row.value_json));
}

export function keepAuthorities(writer: Writer, kept: KeptAuthorities): void {
  writer.run(sql`INSERT INTO work_settings (name, value_json) VALUES ('authorities', ${JSON.stringify(kept)})
    ON CONFLICT (name) DO UPDATE SET value_json = excluded.value_json`);
}

export function dropAuthorities(writer: Writer): void {
  writer.run(sql`DELETE FROM work_settings WHERE name = 'authorities'`);
}
