import type { ConnectionFields, ConnectionId } from "@contract";
import { z } from "zod";
import { VostroFailure } from "../../core/failures.ts";
import type { SecretBox } from "../../core/secret-box.ts";

const credentialsOf = {
  finzly: z.strictObject({ clientId: z.string(), clientSecret: z.string() }),
  finicity: z.strictObject({ partnerId: z.string(), partnerSecret: z.string(), appKey: z.string() }),
  "signzy token": z.strictObject({ staticToken: z.string() }),
  "signzy login": z.strictObject({ username: z.string(), password: z.string() }),
};
type Kind = keyof typeof credentialsOf;

/** What signs a connection in, by provider. Stays in main. */
export type CredentialsOf<K extends Kind> = z.infer<(typeof credentialsOf)[K]>;
export type SignzyCredentials =
  { readonly kind: "token"; readonly token: string } | ({ readonly kind: "login" } & CredentialsOf<"signzy login">);
export type Credentials = { readonly [K in Kind]: CredentialsOf<K> }[Kind];

/** What sealed credentials belong to; changed addresses or another way to sign in make them unreadable. */
export type Owner = ConnectionFields & { readonly id: ConnectionId };

const names: { readonly [K in Kind]: readonly string[] } = {
  finzly: ["clientId", "clientSecret"],
  finicity: ["partnerId", "partnerSecret", "appKey"],
  "signzy token": ["staticToken"],
  "signzy login": ["username", "password"],
};
const words: { readonly [K in Kind]: string } = {
  finzly: "client id and secret",
  finicity: "partner id, partner secret and app key",
  "signzy token": "token",
  "signzy login": "user name and password",
};

function kindOf(fields: ConnectionFields): Kind {
  if (fields.provider !== "signzy") return fields.provider;
  return fields.signIn === "login" ? "signzy login" : "signzy token";
}

/** The fields of a form that sign this connection in. */
export const secretNames = (fields: ConnectionFields): readonly string[] => names[kindOf(fields)];
/** "client id and secret": what signs this connection in, in words. */
export const secretWords = (fields: ConnectionFields): string => words[kindOf(fields)];

function boundTo(owner: Owner): string {
  if (owner.provider === "finzly") return JSON.stringify(["connection", owner.id, owner.apiBaseUrl, owner.tokenUrl]);
  return JSON.stringify(["connection", owner.id, owner.apiBaseUrl, kindOf(owner)]);
}

/** Whether credentials sealed for `before` cannot be used as `after` is set. */
export const needsNewSecrets = (before: Owner, after: ConnectionFields): boolean =>
  boundTo(before) !== boundTo({ ...after, id: before.id });

/** Why a typed secret cannot be used, or undefined. */
export function secretFault(text: string): string | undefined {
  if (/\p{Cc}/u.test(text))
    return "This holds a line break or another character that cannot be part of it. Paste it again.";
  if (text !== text.trim()) return "This begins or ends with a blank. Remove it.";
  return undefined;
}

export function sealCredentials(box: SecretBox, owner: Owner, given: Credentials): Buffer {
  return box.seal(JSON.stringify(credentialsOf[kindOf(owner)].parse(given)), boundTo(owner));
}

/** Failure sign-in-needed when there are none, storage-failed when they belong to something else. */
export function openSecrets(box: SecretBox, owner: Owner, sealed: Buffer | null): unknown {
  if (sealed === null) throw new VostroFailure("sign-in-needed", `This connection has no ${secretWords(owner)} yet.`);
  return JSON.parse(box.open(sealed, boundTo(owner)));
}

export const finzlyCredentials = (opened: unknown): CredentialsOf<"finzly"> => credentialsOf.finzly.parse(opened);
export const finicityCredentials = (opened: unknown): CredentialsOf<"finicity"> => credentialsOf.finicity.parse(opened);
export function signzyCredentials(opened: unknown): SignzyCredentials {
  const login = credentialsOf["signzy login"].safeParse(opened);
  if (login.success) return { kind: "login", ...login.data };
  return { kind: "token", token: credentialsOf["signzy token"].parse(opened).staticToken };
}
