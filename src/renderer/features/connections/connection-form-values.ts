import type { FinzlyConnection, InputOf } from "@contract";

type Saved = Extract<InputOf<"connections.save">, { provider: "finzly" }>;

/** What is typed, all as text; secrets are undefined while the saved ones stay. */
export interface ConnectionForm {
  readonly name: string;
  readonly environment: Saved["environment"];
  readonly apiBaseUrl: string;
  readonly tokenUrl: string;
  readonly clientAuth: Saved["clientAuth"];
  readonly canRead: boolean;
  readonly concurrency: string;
  readonly requestsPerSecond: string;
  readonly connectSeconds: string;
  readonly headersSeconds: string;
  readonly bodySeconds: string;
  readonly settleSeconds: string;
  readonly busyRetries: string;
  readonly clientId: string | undefined;
  readonly clientSecret: string | undefined;
}

export const newConnection: ConnectionForm = {
  name: "",
  environment: "sandbox",
  apiBaseUrl: "",
  tokenUrl: "",
  clientAuth: "basic",
  canRead: false,
  concurrency: "4",
  requestsPerSecond: "5",
  connectSeconds: "10",
  headersSeconds: "30",
  bodySeconds: "60",
  settleSeconds: "30",
  busyRetries: "5",
  clientId: undefined,
  clientSecret: undefined,
};

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

export function formOf(connection: FinzlyConnection): ConnectionForm {
  const { name, environment, apiBaseUrl, tokenUrl, clientAuth, canRead } = connection;
  return {
    name,
    environment,
    apiBaseUrl,
    tokenUrl,
    clientAuth,
    canRead,
    concurrency: String(connection.concurrency),
    requestsPerSecond: String(connection.requestsPerSecond),
    connectSeconds: secondsText(connection.connectTimeoutMs),
    headersSeconds: secondsText(connection.headersTimeoutMs),
    bodySeconds: secondsText(connection.bodyTimeoutMs),
    settleSeconds: secondsText(connection.settleWindowMs),
    busyRetries: String(connection.busyRetries),
    clientId: undefined,
    clientSecret: undefined,
  };
}

/** Whether an address differs from the saved one: the saved secrets are bound to it and must be typed again. */
export function needsSecrets(form: ConnectionForm, saved: FinzlyConnection | undefined): boolean {
  return saved === undefined || form.apiBaseUrl.trim() !== saved.apiBaseUrl || form.tokenUrl.trim() !== saved.tokenUrl;
}

type NumberField = "concurrency" | "requestsPerSecond" | "busyRetries";
type SecondsField = "connectSeconds" | "headersSeconds" | "bodySeconds" | "settleSeconds";

/** What the form calls its fields; the sentences of errors name them too. */
export const fieldLabels: Readonly<
  Record<NumberField | SecondsField | "apiBaseUrl" | "tokenUrl" | "clientId" | "clientSecret", string>
> = {
  apiBaseUrl: "API base URL",
  tokenUrl: "Token URL",
  clientId: "Client ID",
  clientSecret: "Client secret",
  concurrency: "Requests at once",
  requestsPerSecond: "Requests per second",
  busyRetries: "Tries when busy",
  connectSeconds: "Connecting",
  headersSeconds: "Answer begins",
  bodySeconds: "Answer ends",
  settleSeconds: "Settle window",
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
};

/** Sentences by field; empty when the form can be saved. */
export function connectionErrors(
  form: ConnectionForm,
  saved: FinzlyConnection | undefined,
): ReadonlyMap<keyof ConnectionForm, string> {
  const errors = new Map<keyof ConnectionForm, string>();
  if (form.name.trim() === "") errors.set("name", "Give the connection a name.");
  for (const field of ["apiBaseUrl", "tokenUrl"] as const) {
    if (!URL.canParse(form[field].trim())) {
      errors.set(field, `${fieldLabels[field]} is not a full address such as https://bank.example/api.`);
    }
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
  const why = saved === undefined ? "is needed to sign in." : "has to be typed again, because an address changed.";
  for (const field of ["clientId", "clientSecret"] as const) {
    if ((form[field] ?? "") === "") errors.set(field, `${fieldLabels[field]} ${why}`);
  }
  return errors;
}

/** What goes to main; only for a form without errors. */
export function savedFrom(form: ConnectionForm, saved: FinzlyConnection | undefined): Saved {
  return {
    provider: "finzly",
    name: form.name.trim(),
    environment: form.environment,
    apiBaseUrl: form.apiBaseUrl.trim(),
    tokenUrl: form.tokenUrl.trim(),
    clientAuth: form.clientAuth,
    canRead: form.canRead,
    concurrency: Number(form.concurrency),
    requestsPerSecond: Number(form.requestsPerSecond),
    connectTimeoutMs: millisecondsOf(form.connectSeconds) ?? 0,
    headersTimeoutMs: millisecondsOf(form.headersSeconds) ?? 0,
    bodyTimeoutMs: millisecondsOf(form.bodySeconds) ?? 0,
    settleWindowMs: millisecondsOf(form.settleSeconds) ?? 0,
    busyRetries: Number(form.busyRetries),
    ...(saved === undefined ? {} : { id: saved.id }),
    ...((form.clientId ?? "") === "" ? {} : { clientId: form.clientId ?? "" }),
    ...((form.clientSecret ?? "") === "" ? {} : { clientSecret: form.clientSecret ?? "" }),
  };
}
