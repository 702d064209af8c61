import type { JsonValue } from "@contract";
import { LosslessNumber } from "lossless-json";

const secretKey = /token|secret|password|passwd|credential|authorization(?!start|end|expires)|api[-_]?key/iu;

/** Whether a key names something that must not be kept. */
export function isSecretName(key: string): boolean {
  return secretKey.test(key);
}

/**
 * A provider's own words made fit to show and keep: one line, at most 300 characters, long digit runs masked to four.
 */
export function plainWords(text: string, most = 300): string {
  const line = text.replace(/[\s\p{C}]+/gu, " ").trim();
  const masked = line.replace(/\d(?:[ -]?\d){6,}/gu, (run) => `••••${run.replace(/\D/gu, "").slice(-4)}`);
  const letters = Array.from(masked);
  return letters.length > most ? `${letters.slice(0, most - 1).join("")}…` : masked;
}

/** A short code of the provider's, or undefined when it is none. */
export function plainCode(text: string | null | undefined): string | undefined {
  return typeof text === "string" && /^[\w.:-]{1,40}$/u.test(text) && !/\d{7,}/u.test(text) ? text : undefined;
}

function rawNumber(number: LosslessNumber): JsonValue {
  const written = number.toString();
  const double = Number(written);
  return String(double) === written ? double : written;
}

/**
 * Parsed JSON as it may be kept: every key that names a secret (token, secret, password …) dropped with all under it;
 * numbers that a double would not write back the same kept as text.
 */
export function withoutSecrets(value: unknown): JsonValue {
  if (value instanceof LosslessNumber) return rawNumber(value);
  if (Array.isArray(value)) return value.map(withoutSecrets);
  if (typeof value === "object" && value !== null) {
    const kept = Object.entries(value).filter(([key]) => !secretKey.test(key));
    return Object.fromEntries(kept.map(([key, item]) => [key, withoutSecrets(item)]));
  }
  return typeof value === "string" || typeof value === "boolean" ? value : null;
}

/** A parsed record as `withoutSecrets` leaves it; empty when it is no object. */
export function rawRecord(value: unknown): { readonly [key: string]: JsonValue } {
  const kept = withoutSecrets(value);
  return typeof kept === "object" && kept !== null && !Array.isArray(kept) ? kept : {};
}
