import type { Connection, InputOf, ProviderKind } from "@contract";

type Saved = InputOf<"connections.save">;
type Finzly = Extract<Saved, { provider: "finzly" }>;
type Finicity = Extract<Saved, { provider: "finicity" }>;
type Signzy = Extract<Saved, { provider: "signzy" }>;

const secretNames = [
  "clientId", "clientSecret", "partnerId", "partnerSecret", "appKey", "staticToken", "username", "password",
] as const;
export type SecretField = (typeof secretNames)[number];

/** What is typed, all as text; secrets are undefined while the saved ones stay. */
export interface ConnectionForm extends Readonly<Record<SecretField, string | undefined>> {
  readonly provider: ProviderKind;
  readonly name: string;
  readonly environment: Saved["environment"];
  readonly apiBaseUrl: string;
  readonly tokenUrl: string;
  readonly clientAuth: Finzly["clientAuth"];
  readonly canRead: boolean;
  readonly wire: Finicity["wire"];
  readonly forms: Finicity["forms"];
  readonly signIn: Signzy["signIn"];
  readonly refreshPath: string;
  readonly accountsPath: string;
  readonly concurrency: string;
  readonly requestsPerSecond: string;
  readonly connectSeconds: string;
  readonly headersSeconds: string;
  readonly bodySeconds: string;
  readonly settleSeconds: string;
  readonly refreshSeconds: string;
  readonly coolDownSeconds: string;
  readonly giveUpSeconds: string;
  readonly busyRetries: string;
}

export const newConnection: ConnectionForm = {
  provider: "finzly",
  name: "",
  environment: "sandbox",
  apiBaseUrl: "",
  tokenUrl: "",
  clientAuth: "basic",
  canRead: false,
  wire: "json",
  forms: "classic",
  signIn: "static-token",
  refreshPath: "bank-connect/refresh-customer",
  accountsPath: "bank-connect/customer-accounts",
  concurrency: "4",
  requestsPerSecond: "5",
  connectSeconds: "10",
  headersSeconds: "30",
  bodySeconds: "60",
  settleSeconds: "30",
  refreshSeconds: "120",
  coolDownSeconds: "900",
  giveUpSeconds: "1800",
  busyRetries: "5",
  clientId: undefined,
  clientSecret: undefined,
  partnerId: undefined,
  partnerSecret: undefined,
  appKey: undefined,
  staticToken: undefined,
  username: undefined,
  password: undefined,
};

/** Where each provider is, as published; Finzly gives every bank an address of its own. */
function usualAddress(provider: ProviderKind, environment: ConnectionForm["environment"]): string {
  if (provider === "finicity") return "https://api.finicity.com";
  if (provider === "finzly") return "";
  return environment === "production" ? "https://api.signzy.app" : "https://api-preproduction.signzy.app";
}

/** The form for another provider; name and environment stay as typed. */
export function withProvider({ name, environment }: ConnectionForm, provider: ProviderKind): ConnectionForm {
  return { ...newConnection, name, environment, provider, apiBaseUrl: usualAddress(provider, environment) };
}

/** The form of a new connection for another environment: the provider's usual address goes along, a typed one stays. */
export function withEnvironment(form: ConnectionForm, environment: ConnectionForm["environment"]): ConnectionForm {
  const { provider, apiBaseUrl } = form;
  const isUsual = apiBaseUrl === usualAddress(provider, form.environment);
  return { ...form, environment, apiBaseUrl: isUsual ? usualAddress(provider, environment) : apiBaseUrl };
}

/** The secrets this connection signs in with. */
export function secretsOf({ provider, signIn }: ConnectionForm): readonly SecretField[] {
  if (provider === "finzly") return ["clientId", "clientSecret"];
  if (provider === "finicity") return ["partnerId", "partnerSecret", "appKey"];
  return signIn === "login" ? ["username", "password"] : ["staticToken"];
}

/** "0.25" for 250 ms: seconds as a person types them, exact to the millisecond. */
export function secondsText(ms: number): string {
  const rest = String(ms % 1000)
    .padStart(3, "0")
    .replace(/0+$/u, "");
  return rest === "" ? String(Math.floor(ms / 1000)) : `${Math.floor(ms / 1000)}.${rest}`;
}

/** Milliseconds of a text such as "30" or "0.25"; undefined when it is not one. */
export function millisecondsOf(text: string): number | undefined {
  const match = /^(\d{1,6})(?:\.(\d{1,3}))?$/u.exec(text.trim());
  if (match === null) return undefined;
  return Number(match[1]) * 1000 + Number((match[2] ?? "").padEnd(3, "0"));
}

export function formOf(connection: Connection): ConnectionForm {
  const shared: ConnectionForm = {
    ...newConnection,
    provider: connection.provider,
    name: connection.name,
    environment: connection.environment,
    apiBaseUrl: connection.apiBaseUrl,
    canRead: connection.canRead,
    concurrency: String(connection.concurrency),
    requestsPerSecond: String(connection.requestsPerSecond),
    connectSeconds: secondsText(connection.connectTimeoutMs),
    headersSeconds: secondsText(connection.headersTimeoutMs),
    bodySeconds: secondsText(connection.bodyTimeoutMs),
    settleSeconds: secondsText(connection.settleWindowMs),
    busyRetries: String(connection.busyRetries),
  };
  if (connection.provider === "finzly")
    return { ...shared, tokenUrl: connection.tokenUrl, clientAuth: connection.clientAuth };
  const refreshing = {
    refreshSeconds: secondsText(connection.refreshTimeoutMs),
    coolDownSeconds: secondsText(connection.refreshCoolDownMs),
    giveUpSeconds: secondsText(connection.refreshGiveUpMs),
  };
  if (connection.provider === "finicity")
    return { ...shared, ...refreshing, wire: connection.wire, forms: connection.forms };
  const { signIn, refreshPath, accountsPath } = connection;
  return { ...shared, ...refreshing, signIn, refreshPath, accountsPath };
}

/** Whether address or sign-in differ from the saved ones: the saved secrets are bound to them and must be typed again. */
export function needsSecrets(form: ConnectionForm, saved: Connection | undefined): boolean {
  if (saved === undefined || form.apiBaseUrl.trim() !== saved.apiBaseUrl) return true;
  if (saved.provider === "finzly") return form.tokenUrl.trim() !== saved.tokenUrl;
  return saved.provider === "signzy" && form.signIn !== saved.signIn;
}

type NumberField = "concurrency" | "requestsPerSecond" | "busyRetries";
export type SecondsField =
  | "connectSeconds" | "headersSeconds" | "bodySeconds" | "settleSeconds" | "refreshSeconds" | "coolDownSeconds"
  | "giveUpSeconds";
type PathField = "refreshPath" | "accountsPath";

/** What the form calls its fields; the sentences of errors name them too. */
export const fieldLabels: Readonly<
  Record<NumberField | SecondsField | PathField | SecretField | "apiBaseUrl" | "tokenUrl", string>
> = {
  apiBaseUrl: "API base URL",
  tokenUrl: "Token URL",
  clientId: "Client ID",
  clientSecret: "Client secret",
  partnerId: "Partner ID",
  partnerSecret: "Partner secret",
  appKey: "App key",
  staticToken: "Token",
  username: "User name",
  password: "Password",
  refreshPath: "Refresh path",
  accountsPath: "Accounts path",
  concurrency: "Requests at once",
  requestsPerSecond: "Requests per second",
  busyRetries: "Tries when busy",
  connectSeconds: "Connecting",
  headersSeconds: "Answer begins",
  bodySeconds: "Answer ends",
  settleSeconds: "Settle window",
  refreshSeconds: "Refresh answers",
  coolDownSeconds: "Rest after a refresh",
  giveUpSeconds: "Watch a refresh",
};

const numberRanges: Record<NumberField, readonly [number, number]> = {
  concurrency: [1, 64],
  requestsPerSecond: [1, 10_000],
  busyRetries: [0, 20],
};
const secondsRanges: Record<SecondsField, readonly [number, number]> = {
  connectSeconds: [0.1, 120],
  headersSeconds: [0.1, 300],
  bodySeconds: [0.1, 600],
  settleSeconds: [0, 3600],
  refreshSeconds: [1, 600],
  coolDownSeconds: [0, 86_400],
  giveUpSeconds: [1, 86_400],
};

/** Sentences by field; empty when the form can be saved. */
export function connectionErrors(
  form: ConnectionForm,
  saved: Connection | undefined,
): ReadonlyMap<keyof ConnectionForm, string> {
  const errors = new Map<keyof ConnectionForm, string>();
  if (form.name.trim() === "") errors.set("name", "Give the connection a name.");
  for (const field of form.provider === "finzly" ? (["apiBaseUrl", "tokenUrl"] as const) : (["apiBaseUrl"] as const)) {
    if (!URL.canParse(form[field].trim())) {
      errors.set(field, `${fieldLabels[field]} is not a full address such as https://bank.example/api.`);
    }
  }
  for (const field of form.provider === "signzy" ? (["refreshPath", "accountsPath"] as const) : []) {
    if (!/^[A-Za-z0-9_.-]+(?:\/[A-Za-z0-9_.-]+)*$/u.test(form[field].trim()))
      errors.set(field, `${fieldLabels[field]} holds letters, digits, hyphens and slashes, without a slash at either end.`);
  }
  for (const [field, [least, most]] of Object.entries(numberRanges) as [NumberField, readonly [number, number]][]) {
    const text = form[field].trim();
    const value = Number(text);
    if (!/^\d+$/u.test(text) || value < least || value > most) {
      errors.set(field, `${fieldLabels[field]} takes a whole number from ${least} to ${most}.`);
    }
  }
  for (const [field, [least, most]] of Object.entries(secondsRanges) as [SecondsField, readonly [number, number]][]) {
    const ms = millisecondsOf(form[field]);
    if (ms === undefined || ms < least * 1000 || ms > most * 1000) {
      errors.set(field, `${fieldLabels[field]} takes ${least} to ${most} seconds.`);
    }
  }
  if (!needsSecrets(form, saved)) return errors;
  const why =
    saved === undefined ? "is needed to sign in." : "has to be typed again, because the address or sign-in changed.";
  for (const field of secretsOf(form)) {
    if ((form[field] ?? "") === "") errors.set(field, `${fieldLabels[field]} ${why}`);
  }
  return errors;
}

/** What goes to main; only for a form without errors. */
export function savedFrom(form: ConnectionForm, saved: Connection | undefined): Saved {
  const ms = (field: SecondsField): number => millisecondsOf(form[field]) ?? 0;
  const secrets = Object.fromEntries(
    secretsOf(form).flatMap((field) => ((form[field] ?? "") === "" ? [] : [[field, form[field]]])),
  );
  const shared = {
    name: form.name.trim(),
    environment: form.environment,
    apiBaseUrl: form.apiBaseUrl.trim(),
    concurrency: Number(form.concurrency),
    requestsPerSecond: Number(form.requestsPerSecond),
    connectTimeoutMs: ms("connectSeconds"),
    headersTimeoutMs: ms("headersSeconds"),
    bodyTimeoutMs: ms("bodySeconds"),
    settleWindowMs: ms("settleSeconds"),
    busyRetries: Number(form.busyRetries),
    ...(saved === undefined ? {} : { id: saved.id }),
    ...secrets,
  };
  if (form.provider === "finzly") {
    const { clientAuth, canRead } = form;
    return { provider: "finzly", ...shared, tokenUrl: form.tokenUrl.trim(), clientAuth, canRead };
  }
  const refreshing = {
    canRead: true as const,
    refreshTimeoutMs: ms("refreshSeconds"),
    refreshCoolDownMs: ms("coolDownSeconds"),
    refreshGiveUpMs: ms("giveUpSeconds"),
  };
  if (form.provider === "finicity")
    return { provider: "finicity", ...shared, ...refreshing, wire: form.wire, forms: form.forms };
  const [refreshPath, accountsPath] = [form.refreshPath.trim(), form.accountsPath.trim()];
  return { provider: "signzy", ...shared, ...refreshing, signIn: form.signIn, refreshPath, accountsPath };
}
