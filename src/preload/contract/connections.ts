import { z } from "zod";
import { command, query } from "./define.ts";
import { connectionId, done, environment, filledText, nothing, timestampMs } from "./values.ts";

const url = z.string().min(8).max(500);
const milliseconds = (least: number, most: number) => z.number().int().min(least).max(most);

/** What every connection has, whichever provider it leads to. Defaults of limits.md: 10 s, 30 s, 60 s. */
const sharedFields = {
  name: filledText(80),
  environment,
  /** What the provider's paths hang under; https, or http on loopback. */
  apiBaseUrl: url,
  concurrency: z.number().int().min(1).max(64),
  requestsPerSecond: z.number().int().min(1).max(10_000),
  connectTimeoutMs: milliseconds(100, 120_000),
  headersTimeoutMs: milliseconds(100, 300_000),
  bodyTimeoutMs: milliseconds(100, 600_000),
  /** How long an unclear outcome rests before the account is read again: providers apply late. */
  settleWindowMs: milliseconds(0, 3_600_000),
  /** How often a 429 or 503 is tried again by itself. */
  busyRetries: z.number().int().min(0).max(20),
};

/** What every aggregator has (provider facts 2.3, 3): how long a refresh is waited for, and how often it may be asked. */
const refreshFields = {
  canRead: z.literal(true),
  /** How long the answer to a refresh is waited for; it goes on at the provider after that. 120 s by default. */
  refreshTimeoutMs: milliseconds(1000, 600_000),
  /** How long a customer is left alone after a refresh. 15 minutes by default. */
  refreshCoolDownMs: milliseconds(0, 86_400_000),
  /** How long a refresh that outlived its request is watched. 30 minutes by default. */
  refreshGiveUpMs: milliseconds(1000, 86_400_000),
};

/** What a person sets on a Finzly connection, secrets apart. */
export const finzlyFields = z.strictObject({
  provider: z.literal("finzly"),
  ...sharedFields,
  tokenUrl: url,
  /** How the client signs in at the token URL: HTTP Basic, or client_id and client_secret in the body. */
  clientAuth: z.enum(["basic", "body"]),
  /** Whether the read endpoints are available; the published update document has only PUT. */
  canRead: z.boolean(),
});

/** What a person sets on a Finicity connection, secrets apart; the paths `/aggregation/…` hang under `apiBaseUrl`. */
export const finicityFields = z.strictObject({
  provider: z.literal("finicity"),
  ...sharedFields,
  ...refreshFields,
  wire: z.enum(["json", "xml"]),
  /**
   * `classic`: the services of the published document. `current`: today's (provider facts 2.2), JSON only, without
   * rename, renumber and login form. `tiers`: today's for Data Access Tiers, whose refreshes answer 204 without accounts.
   */
  forms: z.enum(["classic", "current", "tiers"]),
});

const signzyPath = z.string().regex(/^[A-Za-z0-9_.-]+(?:\/[A-Za-z0-9_.-]+)*$/u).max(200);

/** What a person sets on a Signzy connection, secrets apart; the paths hang under `apiBaseUrl`/api/v3. */
export const signzyFields = z.strictObject({
  provider: z.literal("signzy"),
  ...sharedFields,
  ...refreshFields,
  /** A token that is given once, or one fetched with user name and password. */
  signIn: z.enum(["static-token", "login"]),
  /** `bank-connect/refresh-customer` unless told: the document does not show the separators (provider facts 3). */
  refreshPath: signzyPath,
  /** `bank-connect/customer-accounts` unless told. */
  accountsPath: signzyPath,
});

export const connectionFields = z.discriminatedUnion("provider", [finzlyFields, finicityFields, signzyFields]);
export type FinzlyFields = z.infer<typeof finzlyFields>;
export type FinicityFields = z.infer<typeof finicityFields>;
export type SignzyFields = z.infer<typeof signzyFields>;
export type ConnectionFields = z.infer<typeof connectionFields>;
export type ProviderKind = ConnectionFields["provider"];

/** What Vostro adds to the settings when it shows a connection. */
const shownFields = {
  id: connectionId,
  secretSavedAtMs: timestampMs.optional(),
  /** The training workspace's own: cannot be removed, its address is given at start. */
  builtIn: z.boolean(),
  /** `sign-in-refused`: the provider refused the credentials; nothing is sent until they are replaced or tested. */
  state: z.enum(["ready", "sign-in-refused", "paused"]),
  pausedUntilMs: timestampMs.optional(),
};

const finzlyConnection = z.object({ ...finzlyFields.shape, ...shownFields });
const finicityConnection = z.object({ ...finicityFields.shape, ...shownFields });
const signzyConnection = z.object({ ...signzyFields.shape, ...shownFields });

/** A connection as shown: its secrets go in and never come out. */
export const connection = z.discriminatedUnion("provider", [finzlyConnection, finicityConnection, signzyConnection]);
export type FinzlyConnection = z.infer<typeof finzlyConnection>;
export type FinicityConnection = z.infer<typeof finicityConnection>;
export type SignzyConnection = z.infer<typeof signzyConnection>;
export type Connection = z.infer<typeof connection>;

const secret = z.string().min(1).max(1000);

/** What signs in at each provider, as typed; only those of the connection's provider and sign-in are taken. */
const connectionInput = z.discriminatedUnion("provider", [
  finzlyFields.extend({
    id: connectionId.optional(),
    clientId: secret.optional(),
    clientSecret: secret.optional(),
  }),
  finicityFields.extend({
    id: connectionId.optional(),
    partnerId: secret.optional(),
    partnerSecret: secret.optional(),
    appKey: secret.optional(),
  }),
  signzyFields.extend({
    id: connectionId.optional(),
    staticToken: secret.optional(),
    username: secret.optional(),
    password: secret.optional(),
  }),
]);

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
   * Without `id`: adds, and every secret of the provider is needed. With `id`: edits; changing an address or the way to
   * sign in needs them all again, because credentials are bound to their host (input-invalid otherwise). The provider
   * never changes; the API address and the environment stay as they are while submitted changes are not finished
   * (conflict).
   */
  save: command(["administrator"], connectionInput, connection),
  /** Tries the saved connection: reachable? certificate trusted? sign-in accepted? reading allowed? */
  test: command(["administrator", "maker"], z.strictObject({ id: connectionId }), z.array(testStep)),
  /** Refused with conflict while it has changes that are not finished. Cached accounts go with it. */
  remove: command(["administrator"], z.strictObject({ id: connectionId }), done),
};
