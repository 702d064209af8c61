import { z } from "zod";
import { command, query } from "./define.ts";
import { connectionId, done, environment, filledText, nothing, timestampMs } from "./values.ts";

const url = z.string().min(8).max(500);
const milliseconds = (least: number, most: number) => z.number().int().min(least).max(most);

/** What a person sets on a Finzly connection, secrets apart. Defaults of limits.md: 10 s, 30 s, 60 s. */
export const connectionFields = z.strictObject({
  name: filledText(80),
  environment,
  /** What the paths `/v2/…` hang under; https, or http on loopback. */
  apiBaseUrl: url,
  tokenUrl: url,
  /** How the client signs in at the token URL: HTTP Basic, or client_id and client_secret in the body. */
  clientAuth: z.enum(["basic", "body"]),
  /** Whether the read endpoints are available; the published update document has only PUT. */
  canRead: z.boolean(),
  concurrency: z.number().int().min(1).max(64),
  requestsPerSecond: z.number().int().min(1).max(10_000),
  connectTimeoutMs: milliseconds(100, 120_000),
  headersTimeoutMs: milliseconds(100, 300_000),
  bodyTimeoutMs: milliseconds(100, 600_000),
  /** How long an unclear outcome rests before the account is read again: providers apply late. */
  settleWindowMs: milliseconds(0, 3_600_000),
  /** How often a 429 or 503 is tried again by itself. */
  busyRetries: z.number().int().min(0).max(20),
});
export type ConnectionFields = z.infer<typeof connectionFields>;

/** A connection as shown: the client id and secret go in and never come out. */
export const connection = z.object({
  id: connectionId,
  provider: z.literal("finzly"),
  ...connectionFields.shape,
  secretSavedAtMs: timestampMs.optional(),
  /** The training workspace's own: cannot be removed, its address is given at start. */
  builtIn: z.boolean(),
  /** `sign-in-refused`: the provider refused the credentials; nothing is sent until they are replaced or tested. */
  state: z.enum(["ready", "sign-in-refused", "paused"]),
  pausedUntilMs: timestampMs.optional(),
});
export type Connection = z.infer<typeof connection>;

const secret = z.string().min(1).max(1000);

/** One line of a connection test, in words. */
export const testStep = z.object({
  step: z.enum(["reachable", "certificate", "sign-in", "reading"]),
  verdict: z.enum(["yes", "no", "not-tried"]),
  sentence: z.string(),
});
export type TestStep = z.infer<typeof testStep>;

export const connections = {
  list: query("person", nothing, z.array(connection)),
  /**
   * Without `id`: adds, and both secrets are needed. With `id`: edits; changing an address needs both secrets again,
   * because credentials are bound to their host (input-invalid otherwise). The API address and the environment stay as
   * they are while submitted changes are not finished (conflict).
   */
  save: command(
    ["administrator"],
    connectionFields.extend({
      id: connectionId.optional(),
      clientId: secret.optional(),
      clientSecret: secret.optional(),
    }),
    connection,
  ),
  /** Tries the saved connection: reachable? certificate trusted? sign-in accepted? reading allowed? */
  test: command(["administrator", "maker"], z.strictObject({ id: connectionId }), z.array(testStep)),
  /** Refused with conflict while it has changes that are not finished. Cached accounts go with it. */
  remove: command(["administrator"], z.strictObject({ id: connectionId }), done),
};
