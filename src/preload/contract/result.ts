import { z } from "zod";

/**
 * Every way a call can fail, as one closed list; the renderer switches on it exhaustively.
 * `outcome-unknown`: a write may or may not have been applied. `provider-changed`: the provider answered in a shape
 * we do not know. `conflict`: the record moved since it was read. `locked`: the workspace is locked.
 */
export const failureCodes = [
  "input-invalid",
  "sender-refused",
  "sign-in-needed",
  "not-allowed",
  "not-found",
  "conflict",
  "provider-rejected",
  "provider-busy",
  "provider-down",
  "outcome-unknown",
  "provider-changed",
  "offline",
  "storage-failed",
  "locked",
  "internal",
] as const;

export const failureCode = z.enum(failureCodes);
export type FailureCode = z.infer<typeof failureCode>;

/** One field at fault: `path` as the form names it, `message` a whole sentence. */
export const fieldFailure = z.strictObject({ path: z.string().max(200), message: z.string().max(1000) });

export const failure = z.object({
  code: failureCode,
  message: z.string().max(2000),
  retryable: z.boolean(),
  correlationId: z.string().max(64),
  fields: z.array(fieldFailure).max(200).optional(),
  retryAfterMs: z.number().int().nonnegative().optional(),
});
export type Failure = z.infer<typeof failure>;

/** What crosses the bridge: a value or a failure, never an exception. */
export type Result<T> = { ok: true; value: T } | { ok: false; failure: Failure };
