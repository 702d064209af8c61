import type { ConnectionId, FinzlyConnection } from "@contract";
import { connections } from "@contract/connections.ts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  connectionErrors,
  formOf,
  millisecondsOf,
  needsSecrets,
  newConnection,
  savedFrom,
  secretsOf,
  withEnvironment,
  withProvider,
  secondsText,
} from "../../../src/renderer/features/connections/connection-form-values.ts";

const saved: FinzlyConnection = {
  id: 3 as ConnectionId,
  provider: "finzly",
  name: "Bank",
  environment: "sandbox",
  apiBaseUrl: "https://bank.example/api",
  tokenUrl: "https://bank.example/token",
  clientAuth: "body",
  canRead: true,
  concurrency: 4,
  requestsPerSecond: 5,
  connectTimeoutMs: 10_000,
  headersTimeoutMs: 30_000,
  bodyTimeoutMs: 60_000,
  settleWindowMs: 250,
  busyRetries: 5,
  secretSavedAtMs: 1,
  builtIn: false,
  state: "ready",
};
const filled = {
  ...newConnection,
  name: " Bank ",
  apiBaseUrl: "https://bank.example/api",
  tokenUrl: "https://bank.example/token",
  clientId: "id",
  clientSecret: "secret",
};

describe("the connection form", () => {
  it("sends nothing but what main takes, trimmed, with both secrets for a new connection", () => {
    expect([...connectionErrors(filled, undefined)]).toEqual([]);
    const sent = savedFrom(filled, undefined);
    expect(connections.save.input.parse(sent)).toMatchObject({
      name: "Bank",
      clientId: "id",
      clientSecret: "secret",
      headersTimeoutMs: 30_000,
    });
    expect(sent).not.toHaveProperty("id");
  });

  it("keeps the saved secrets while the addresses stay, and asks for both when one changes", () => {
    const form = formOf(saved);
    expect([...connectionErrors(form, saved)]).toEqual([]);
    const sent = savedFrom(form, saved);
    expect(sent).toMatchObject({ id: 3, settleWindowMs: 250 });
    expect(sent).not.toHaveProperty("clientSecret");
    const moved = { ...form, tokenUrl: "https://elsewhere.example/token" };
    expect(needsSecrets(moved, saved)).toBe(true);
    expect([...connectionErrors(moved, saved).keys()]).toEqual(["clientId", "clientSecret"]);
  });

  it.each([
    ["name", "  "],
    ["apiBaseUrl", "bank.example"],
    ["concurrency", "0"],
    ["concurrency", "65"],
    ["concurrency", "2.5"],
    ["requestsPerSecond", ""],
    ["connectSeconds", "0.05"],
    ["bodySeconds", "601"],
    ["settleSeconds", "3601"],
    ["settleSeconds", "one"],
    ["busyRetries", "-1"],
  ] as const)("names the field %s when it holds %j", (field, value) => {
    expect([...connectionErrors({ ...filled, [field]: value }, undefined).keys()]).toEqual([field]);
  });

  it.each([
    ["finicity", {}, ["partnerId", "partnerSecret", "appKey"]],
    ["signzy", { signIn: "static-token" }, ["staticToken"]],
    ["signzy", { signIn: "login" }, ["username", "password"]],
  ] as const)("asks for what %s %o signs in with, and sends only that", (provider, more, secrets) => {
    const empty = { ...withProvider({ ...newConnection, name: "Bank" }, provider), ...more };
    expect([...connectionErrors(empty, undefined).keys()]).toEqual(secrets);
    const form = { ...empty, clientId: "left over", ...Object.fromEntries(secrets.map((name) => [name, "x"])) };
    expect(secretsOf(form)).toEqual(secrets);
    expect(connectionErrors(form, undefined).size).toBe(0);
    const sent = connections.save.input.parse(savedFrom(form, undefined));
    expect(sent).toMatchObject({ provider, refreshTimeoutMs: 120_000, refreshCoolDownMs: 900_000 });
    expect(sent).not.toHaveProperty("clientId");
  });

  it("takes Signzy's usual address along to another environment, and leaves a typed one", () => {
    const form = withProvider({ ...newConnection, environment: "sandbox" }, "signzy");
    expect(form.apiBaseUrl).toBe("https://api-preproduction.signzy.app");
    expect(withEnvironment(form, "production").apiBaseUrl).toBe("https://api.signzy.app");
    expect(withProvider(withEnvironment(form, "production"), "signzy").apiBaseUrl).toBe("https://api.signzy.app");
    const typed = { ...form, apiBaseUrl: "https://signzy.bank.example" };
    expect(withEnvironment(typed, "production").apiBaseUrl).toBe("https://signzy.bank.example");
  });

  it("writes milliseconds as seconds and back without loss", () => {
    fc.assert(fc.property(fc.nat(3_600_000), (ms) => millisecondsOf(secondsText(ms)) === ms));
    expect([secondsText(250), secondsText(30_000), millisecondsOf("1.2345")]).toEqual(["0.25", "30", undefined]);
  });
});
