import { z } from "zod";

/** Text of at most `max` UTF-16 units. */
export const text = (max: number) => z.string().max(max);
/** Text that says something: trimmed length 1 to `max`. */
export const filledText = (max: number) => z.string().max(max).regex(/\S/u, "This cannot be empty.");

/** Milliseconds since 1970-01-01 UTC. */
export const timestampMs = z.number().int().nonnegative();
/** A record number the database gave. */
export const recordId = z.number().int().positive().max(Number.MAX_SAFE_INTEGER);
/** An opaque identifier (UUID or short name). */
export const opaqueId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,63}$/u);

export const workspaceId = opaqueId.brand("WorkspaceId");
export const personId = recordId.brand("PersonId");
export const connectionId = recordId.brand("ConnectionId");
export const accountId = recordId.brand("AccountId");
export const changeId = recordId.brand("ChangeId");
export type WorkspaceId = z.infer<typeof workspaceId>;
export type PersonId = z.infer<typeof personId>;
export type ConnectionId = z.infer<typeof connectionId>;
export type AccountId = z.infer<typeof accountId>;
export type ChangeId = z.infer<typeof changeId>;

/** Money as an integer count of the currency's minor unit (USD: cents), never a decimal. */
export const money = z.object({ amountMinor: z.number().int(), currency: z.string().regex(/^[A-Z]{3}$/u) });
export type Money = z.infer<typeof money>;

/** Where a page of a list begins; opaque to the renderer. */
export const pageCursor = z.string().max(400);

/** The environment a workspace or connection acts in; it is always on screen with its word in capitals. */
export const environment = z.enum(["training", "sandbox", "production"]);
export type Environment = z.infer<typeof environment>;

/** An empty input: the call takes nothing. */
export const nothing = z.strictObject({});
/** An answer that carries nothing but success. */
export const done = z.object({});

/** JSON as a provider may send it in an open object. */
export const jsonValue: z.ZodType<JsonValue> = z.lazy(() =>
  z.union([
    z.string().max(10_000),
    z.number(),
    z.boolean(),
    z.null(),
    z.array(jsonValue).max(1000),
    z.record(z.string().max(200), jsonValue),
  ]),
);
export type JsonValue = string | number | boolean | null | JsonValue[] | { [key: string]: JsonValue };
