import type { ParsedInputOf } from "@contract";
import { VostroFailure } from "../../core/failures.ts";
import { checkWebAddress } from "../../core/web-address.ts";
import type { StoredConnection } from "./store.ts";
import { secretFault } from "./secrets.ts";

export type ConnectionInput = ParsedInputOf<"connections.save">;
type Fault = { readonly path: string; readonly message: string };

const withoutEndSlash = (text: string): string => text.trim().replace(/\/+$/u, "");

/** The input with its texts tidied: name trimmed, addresses without blanks and trailing slash. */
export function tidied(input: ConnectionInput): ConnectionInput {
  return {
    ...input,
    name: input.name.trim(),
    apiBaseUrl: withoutEndSlash(input.apiBaseUrl),
    tokenUrl: withoutEndSlash(input.tokenUrl),
  };
}

function addressFaults(input: ConnectionInput): Fault[] {
  const faults: Fault[] = (["apiBaseUrl", "tokenUrl"] as const).flatMap((path) => {
    const checked = checkWebAddress(input[path]);
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
  const given = (["clientId", "clientSecret"] as const).filter((path) => input[path] !== undefined);
  const moved = stored !== undefined && (stored.apiBaseUrl !== input.apiBaseUrl || stored.tokenUrl !== input.tokenUrl);
  const missing = (path: string): Fault => {
    if (moved)
      return {
        path,
        message: "An address changed. Enter the client id and secret again; they are bound to their host.",
      };
    return { path, message: "Both the client id and the client secret are needed." };
  };
  const needed = stored === undefined || moved || given.length === 1;
  const absent = needed ? (["clientId", "clientSecret"] as const).filter((path) => input[path] === undefined) : [];
  const faulty = given.flatMap((path) => {
    const message = secretFault(input[path] ?? "");
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
  const faults = [...named, ...addressFaults(input), ...secretFaults(input, stored)];
  if (faults.length === 0) return;
  throw new VostroFailure("input-invalid", faults[0]?.message ?? "The connection cannot be saved like this.", {
    fields: faults,
  });
}
