import {
  finicityFields,
  finzlyFields,
  signzyFields,
  type ConnectionFields,
  type ParsedInputOf,
} from "@contract";
import { VostroFailure } from "../../core/failures.ts";
import { checkWebAddress } from "../../core/web-address.ts";
import type { StoredConnection } from "./store.ts";
import { needsNewSecrets, secretFault, secretNames, secretWords, type Credentials } from "./secrets.ts";

export type ConnectionInput = ParsedInputOf<"connections.save">;
type Fault = { readonly path: string; readonly message: string };

const withoutEndSlash = (text: string): string => text.trim().replace(/\/+$/u, "");

/** The input with its texts tidied: name trimmed, addresses without blanks and trailing slash. */
export function tidied(input: ConnectionInput): ConnectionInput {
  const shared = { name: input.name.trim(), apiBaseUrl: withoutEndSlash(input.apiBaseUrl) };
  if (input.provider !== "finzly") return { ...input, ...shared };
  return { ...input, ...shared, tokenUrl: withoutEndSlash(input.tokenUrl) };
}

const settingsAlone = {
  finzly: finzlyFields.strip(),
  finicity: finicityFields.strip(),
  signzy: signzyFields.strip(),
} as const;

/** The settings alone: neither id nor secrets, nor what Vostro adds when it shows a connection. */
export function fieldsOf(given: ConnectionFields): ConnectionFields {
  return settingsAlone[given.provider].parse(given);
}

/** The typed secrets of the connection's provider and way to sign in: all of them or none. */
export function secretsGiven(input: ConnectionInput): Credentials | undefined {
  const all: Readonly<Record<string, unknown>> = { ...input };
  const wanted = secretNames(input);
  if (wanted.some((name) => typeof all[name] !== "string")) return undefined;
  return Object.fromEntries(wanted.map((name) => [name, all[name]])) as unknown as Credentials;
}

function addressFaults(input: ConnectionInput): Fault[] {
  const addresses = {
    apiBaseUrl: input.apiBaseUrl,
    ...(input.provider === "finzly" ? { tokenUrl: input.tokenUrl } : {}),
  };
  const faults: Fault[] = Object.entries(addresses).flatMap(([path, address]) => {
    const checked = checkWebAddress(address);
    return checked.ok ? [] : [{ path, message: checked.message }];
  });
  const api = checkWebAddress(input.apiBaseUrl);
  if (input.environment === "training" && api.ok && !api.address.loopback) {
    faults.push({
      path: "environment",
      message: "Training is for a provider on this computer. Choose sandbox or production.",
    });
  }
  return faults;
}

function secretFaults(input: ConnectionInput, stored: StoredConnection | undefined): Fault[] {
  const all: Readonly<Record<string, unknown>> = { ...input };
  const wanted = secretNames(input);
  const given = wanted.filter((path) => typeof all[path] === "string");
  const moved = stored !== undefined && needsNewSecrets(stored, input);
  const missing = (path: string): Fault => {
    const what = secretWords(input);
    if (moved) {
      const message = `The address or the way to sign in changed. Enter the ${what} again; they are bound to it.`;
      return { path, message };
    }
    return { path, message: `The ${what} ${wanted.length > 1 ? "are needed together" : "is needed"}.` };
  };
  const needed = stored === undefined || moved || (given.length > 0 && given.length < wanted.length);
  const absent = needed ? wanted.filter((path) => !given.includes(path)) : [];
  const faulty = given.flatMap((path) => {
    const message = secretFault(String(all[path]));
    return message === undefined ? [] : [{ path, message }];
  });
  return [...absent.map(missing), ...faulty];
}

/** Throws input-invalid, naming every field at fault in words. `stored` is the connection being edited. */
export function checkConnection(
  input: ConnectionInput,
  stored: StoredConnection | undefined,
  others: readonly StoredConnection[],
): void {
  const sameName = others.some(
    (other) => other.id !== input.id && other.name.toLowerCase() === input.name.toLowerCase(),
  );
  const named: Fault[] = sameName ? [{ path: "name", message: "Another connection has this name." }] : [];
  const turned: Fault[] =
    stored !== undefined && stored.provider !== input.provider
      ? [{ path: "provider", message: "A connection stays with its provider. Add another connection." }]
      : [];
  const faults = [...named, ...turned, ...addressFaults(input), ...secretFaults(input, stored)];
  if (faults.length === 0) return;
  throw new VostroFailure("input-invalid", faults[0]?.message ?? "The connection cannot be saved like this.", {
    fields: faults,
  });
}
