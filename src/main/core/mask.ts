import { maskAccountNumbers, type QuotedNumbers } from "@contract/rules/account-number-text.ts";

const secretKey =
  /secret|token|passphrase|password|authorization|credential|cookie|apikey|api_key|privatekey|clientid/iu;
const numberKey = /^(accountNumber|fboAccountNumber|account_number|fbo_account_number|number|iban)$/u;

/** Keys of values that are known to be something else than an account number, however long. */
const legibleKey =
  /^(routingNumber|achCompanyId|customerUid|accountUid|account|host|origin|headHash|sha256)$|Url$|Limit$|Minor$/u;

/** "•••• 4444": the last four characters of an account number, or nothing of one with fewer than five. */
export function maskNumber(text: string): string {
  return text.length > 4 ? `•••• ${text.slice(-4)}` : "••••";
}

/** Masks runs of `least` or more digits in free text to their last four. */
export function maskDigits(text: string, least: number): string {
  return text.replaceAll(/\d+/gu, (run) => (run.length >= least ? `••••${run.slice(-4)}` : run));
}

type OnText = (text: string, key: string) => string;

function walk(value: unknown, key: string, onText: OnText, depth: number): unknown {
  if (value === null || value === undefined) return value;
  if (secretKey.test(key) && typeof value !== "boolean") return "•••";
  if (typeof value === "string") return numberKey.test(key) ? maskNumber(value) : onText(value, key);
  if (typeof value === "number" || typeof value === "boolean") {
    return numberKey.test(key) && typeof value === "number" ? maskNumber(String(value)) : value;
  }
  if (typeof value === "bigint") return value.toString();
  if (typeof value !== "object") return undefined;
  if (depth > 12) return "…";
  if (Array.isArray(value)) return value.map((item) => walk(item, key, onText, depth + 1));
  if (value instanceof Date) return value.toISOString();
  if (ArrayBuffer.isView(value)) return `${value.byteLength} bytes`;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => {
      const inherited = numberKey.test(key) && !numberKey.test(name) ? key : name;
      return [name, walk(item, secretKey.test(name) ? name : inherited, onText, depth + 1)];
    }),
  );
}

/**
 * A copy fit for the audit trail: whatever sits under a key that names a secret becomes "•••", whatever sits under a
 * key that names an account number keeps its last four, and so does every account number that other texts quote.
 * Amounts, routing numbers and UIDs are kept by their keys. Works at any depth.
 */
export function maskForTrail(value: unknown, quoted: QuotedNumbers = {}): unknown {
  const onlyKnown = (text: string): string => (quoted.hidden?.includes(text) === true ? maskNumber(text) : text);
  return walk(
    value,
    "",
    (text, key) => (legibleKey.test(key) ? onlyKnown(text) : maskAccountNumbers(text, quoted)),
    0,
  );
}

const bearer = /\b(bearer|basic)\s+[a-z0-9._~+/=-]{6,}/giu;
const jwt = /\beyJ[A-Za-z0-9_-]{6,}\.[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)?/gu;
const assigned = /((?:secret|token|passphrase|password|client_id)["']?\s*[=:]\s*["']?)[^\s"'&,;}]+/giu;

/** Text fit for a log: bearer tokens, JSON web tokens, assigned secrets and digit runs of seven or more are masked. */
export function redactText(text: string): string {
  const words = text.replaceAll(bearer, "$1 •••").replaceAll(jwt, "•••").replaceAll(assigned, "$1•••");
  return maskDigits(maskAccountNumbers(words), 7);
}

/** A copy fit for a log: masked by key as `maskForTrail`, and every text by value as `redactText`. */
export function redact(value: unknown): unknown {
  return walk(value, "", redactText, 0);
}
