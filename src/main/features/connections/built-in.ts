import type { ConnectionFields, FinicityFields, FinzlyFields, SignzyFields } from "@contract";

const shared = {
  environment: "training",
  canRead: true,
  concurrency: 8,
  requestsPerSecond: 500,
  connectTimeoutMs: 10_000,
  headersTimeoutMs: 30_000,
  bodyTimeoutMs: 60_000,
  settleWindowMs: 2000,
  busyRetries: 5,
} as const;
const refreshing = { refreshTimeoutMs: 120_000, refreshCoolDownMs: 900_000, refreshGiveUpMs: 1_800_000 };

/** The training workspace's connection to the simulated Finzly. */
export const trainingFinzly = (apiBaseUrl: string, tokenUrl: string): FinzlyFields => ({
  provider: "finzly",
  name: "Training Finzly",
  clientAuth: "basic",
  ...shared,
  apiBaseUrl,
  tokenUrl,
});

/** The training workspace's connection to the simulated Finicity. */
export const trainingFinicity = (apiBaseUrl: string): FinicityFields => ({
  provider: "finicity",
  name: "Training Finicity",
  wire: "json",
  forms: "classic",
  ...shared,
  ...refreshing,
  apiBaseUrl,
});

/** The training workspace's connection to the simulated Signzy. */
export const trainingSignzy = (apiBaseUrl: string): SignzyFields => ({
  provider: "signzy",
  name: "Training Signzy",
  signIn: "static-token",
  refreshPath: "bank-connect/refresh-customer",
  accountsPath: "bank-connect/customer-accounts",
  ...shared,
  ...refreshing,
  apiBaseUrl,
});

/** The settings a person gave the built-in connection, at the address of this start. */
export function atAddressOf<T extends ConnectionFields>(kept: ConnectionFields, fresh: T): ConnectionFields {
  if (kept.provider === "finzly" && fresh.provider === "finzly") {
    return { ...kept, apiBaseUrl: fresh.apiBaseUrl, tokenUrl: fresh.tokenUrl };
  }
  return { ...kept, apiBaseUrl: fresh.apiBaseUrl };
}
