import type { AccountQuery } from "@contract";
import { z } from "zod";
import { VostroFailure } from "../../core/failures.ts";

export type AccountSort = AccountQuery["sort"];

/** The last row of a page: its id and, unless too long to carry, its value in the sorted column. */
export interface PageEnd {
  readonly id: number;
  readonly value: string | number | undefined;
}

const longestCursor = 400;
const shape = z.tuple([z.string(), z.string(), z.number().int(), z.union([z.string(), z.number(), z.null()])]);

/** Text that is opaque to whoever carries it; bound to the order it was made for. At most 400 characters. */
export function encodeCursor({ column, direction }: AccountSort, { id, value }: PageEnd): string {
  const encode = (carried: string | number | null): string =>
    Buffer.from(JSON.stringify([column, direction, id, carried]), "utf8").toString("base64url");
  const full = encode(value ?? null);
  return full.length > longestCursor ? encode(null) : full;
}

/** Failure input-invalid when the text is no cursor or belongs to another order. */
export function decodeCursor({ column, direction }: AccountSort, cursor: string): PageEnd {
  const moved = new VostroFailure("input-invalid", "This list moved on. Open it again.");
  let parsed: unknown;
  try {
    parsed = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
  } catch (error) {
    if (error instanceof SyntaxError) throw moved;
    throw error;
  }
  const found = shape.safeParse(parsed);
  if (!found.success || found.data[0] !== column || found.data[1] !== direction) throw moved;
  return { id: found.data[2], value: found.data[3] ?? undefined };
}
