import { connectionFields, type ConnectionFields, type ConnectionId, type ProviderKind } from "@contract";
import { checkWebAddress } from "../../core/web-address.ts";
import { sql, type Reader, type Writer } from "../../database/sql.ts";

interface ConnectionRow {
  readonly id: ConnectionId;
  readonly provider: ProviderKind;
  readonly name: string;
  readonly environment: ConnectionFields["environment"];
  readonly api_base_url: string;
  readonly can_read: number;
  readonly concurrency: number;
  readonly requests_per_second: number;
  readonly connect_timeout_ms: number;
  readonly headers_timeout_ms: number;
  readonly body_timeout_ms: number;
  readonly settle_window_ms: number;
  readonly busy_retries: number;
  /** The settings only this provider has. */
  readonly settings_json: string;
  readonly secrets: Buffer | null;
  readonly secret_saved_at_ms: number | null;
  readonly built_in: number;
  readonly sign_in_refused: number;
}

/** A connection with its sealed secrets: stays in main. */
export type StoredConnection = ConnectionFields & {
  readonly id: ConnectionId;
  readonly secrets: Buffer | null;
  readonly secretSavedAtMs: number | undefined;
  readonly builtIn: boolean;
  readonly signInRefused: boolean;
};

function connectionFromRow(row: ConnectionRow): StoredConnection {
  const fields = connectionFields.parse({
    ...(JSON.parse(row.settings_json) as object),
    provider: row.provider,
    name: row.name,
    environment: row.environment,
    apiBaseUrl: row.api_base_url,
    canRead: row.can_read === 1,
    concurrency: row.concurrency,
    requestsPerSecond: row.requests_per_second,
    connectTimeoutMs: row.connect_timeout_ms,
    headersTimeoutMs: row.headers_timeout_ms,
    bodyTimeoutMs: row.body_timeout_ms,
    settleWindowMs: row.settle_window_ms,
    busyRetries: row.busy_retries,
  });
  return {
    ...fields,
    id: row.id,
    secrets: row.secrets,
    secretSavedAtMs: row.secret_saved_at_ms ?? undefined,
    builtIn: row.built_in === 1,
    signInRefused: row.sign_in_refused === 1,
  };
}

/** What `settings_json` holds: the settings only this provider has, as JSON text. */
function settingsToRow(fields: ConnectionFields): string {
  if (fields.provider === "finzly") {
    return JSON.stringify({ tokenUrl: fields.tokenUrl, clientAuth: fields.clientAuth });
  }
  const { refreshTimeoutMs, refreshCoolDownMs, refreshGiveUpMs } = fields;
  const refreshing = { refreshTimeoutMs, refreshCoolDownMs, refreshGiveUpMs };
  if (fields.provider === "finicity") {
    return JSON.stringify({ ...refreshing, wire: fields.wire, forms: fields.forms });
  }
  const { signIn, refreshPath, accountsPath } = fields;
  return JSON.stringify({ ...refreshing, signIn, refreshPath, accountsPath });
}

/** Every connection that is not removed, oldest first. */
export function allConnections(reader: Reader): StoredConnection[] {
  return reader
    .all<ConnectionRow>(sql`SELECT * FROM work_connections WHERE removed_at_ms IS NULL ORDER BY id`)
    .map(connectionFromRow);
}

/** The provider of a connection, also of a removed one. */
export function providerKindOf(reader: Reader, id: ConnectionId): ProviderKind | undefined {
  return reader.get<{ provider: ProviderKind }>(sql`SELECT provider FROM work_connections WHERE id = ${id}`)?.provider;
}

/** The address as every spelling of it is written: origin and path, no trailing slash. */
function baseUrlOf(text: string): string {
  const checked = checkWebAddress(text);
  return checked.ok ? `${checked.address.origin}${checked.address.path}` : text;
}

/** The number of a provider's address: connections that share it lead to the same accounts. */
function addressIdOf(writer: Writer, { provider, apiBaseUrl }: ConnectionFields): number {
  const baseUrl = baseUrlOf(apiBaseUrl);
  writer.run(sql`
    INSERT INTO work_provider_addresses (provider, base_url) VALUES (${provider}, ${baseUrl}) ON CONFLICT DO NOTHING`);
  const row = writer.get<{ id: number }>(sql`
    SELECT id FROM work_provider_addresses WHERE provider = ${provider} AND base_url = ${baseUrl}`);
  return row?.id ?? 0;
}

export function insertConnection(
  writer: Writer,
  fields: ConnectionFields,
  builtIn: boolean,
  atMs: number,
): ConnectionId {
  const { lastId } = writer.run(sql`
    INSERT INTO work_connections (provider, name, environment, api_base_url, can_read, concurrency,
      requests_per_second, connect_timeout_ms, headers_timeout_ms, body_timeout_ms, settle_window_ms, busy_retries,
      settings_json, built_in, created_at_ms, updated_at_ms, address_id)
    VALUES (${fields.provider}, ${fields.name}, ${fields.environment}, ${fields.apiBaseUrl},
      ${Number(fields.canRead)}, ${fields.concurrency}, ${fields.requestsPerSecond}, ${fields.connectTimeoutMs},
      ${fields.headersTimeoutMs}, ${fields.bodyTimeoutMs}, ${fields.settleWindowMs}, ${fields.busyRetries},
      ${settingsToRow(fields)}, ${Number(builtIn)}, ${atMs}, ${atMs}, ${addressIdOf(writer, fields)})`);
  return lastId as ConnectionId;
}

/** Where the address changes, what is unfinished of the connection goes along: a trigger of the file sees to it. */
export function updateConnection(writer: Writer, id: ConnectionId, fields: ConnectionFields, atMs: number): void {
  writer.run(sql`
    UPDATE work_connections SET name = ${fields.name}, environment = ${fields.environment},
      api_base_url = ${fields.apiBaseUrl}, can_read = ${Number(fields.canRead)}, concurrency = ${fields.concurrency},
      requests_per_second = ${fields.requestsPerSecond}, connect_timeout_ms = ${fields.connectTimeoutMs},
      headers_timeout_ms = ${fields.headersTimeoutMs}, body_timeout_ms = ${fields.bodyTimeoutMs},
      settle_window_ms = ${fields.settleWindowMs}, busy_retries = ${fields.busyRetries},
      settings_json = ${settingsToRow(fields)}, updated_at_ms = ${atMs}, address_id = ${addressIdOf(writer, fields)}
    WHERE id = ${id}`);
}

/** New credentials are not refused until a provider says so. */
export function saveSecrets(writer: Writer, id: ConnectionId, sealed: Buffer, atMs: number): void {
  writer.run(sql`
    UPDATE work_connections SET secrets = ${sealed}, secret_saved_at_ms = ${atMs}, sign_in_refused = 0
    WHERE id = ${id}`);
}

export function setSignInRefused(writer: Writer, id: ConnectionId, refused: boolean): void {
  writer.run(sql`UPDATE work_connections SET sign_in_refused = ${Number(refused)} WHERE id = ${id}`);
}

/** Keeps the row for the changes that name it and drops its secrets; what is cached of it goes in steps. */
export function markRemoved(writer: Writer, id: ConnectionId, atMs: number): void {
  writer.run(sql`UPDATE work_connections SET removed_at_ms = ${atMs}, secrets = NULL WHERE id = ${id}`);
}
