import type { ConnectionId } from "@contract";
import { z } from "zod";
import { VostroFailure } from "../../core/failures.ts";
import type { SecretBox } from "../../core/secret-box.ts";

/** What signs a connection in. Stays in main. */
export interface Credentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** What sealed credentials belong to; changed addresses make them unreadable. */
export interface Owner {
  readonly id: ConnectionId;
  readonly apiBaseUrl: string;
  readonly tokenUrl: string;
}

const credentials = z.strictObject({ clientId: z.string(), clientSecret: z.string() });

const boundTo = ({ id, apiBaseUrl, tokenUrl }: Owner): string =>
  JSON.stringify(["connection", id, apiBaseUrl, tokenUrl]);

/** Why a typed secret cannot be used, or undefined. */
export function secretFault(text: string): string | undefined {
  if (/\p{Cc}/u.test(text))
    return "This holds a line break or another character that cannot be part of it. Paste it again.";
  if (text !== text.trim()) return "This begins or ends with a blank. Remove it.";
  return undefined;
}

export function sealCredentials(box: SecretBox, owner: Owner, { clientId, clientSecret }: Credentials): Buffer {
  return box.seal(JSON.stringify({ clientId, clientSecret }), boundTo(owner));
}

/** Failure sign-in-needed when there are none, storage-failed when they belong to something else. */
export function openCredentials(box: SecretBox, owner: Owner, sealed: Buffer | null): Credentials {
  if (sealed === null) throw new VostroFailure("sign-in-needed", "This connection has no client id and secret yet.");
  return credentials.parse(JSON.parse(box.open(sealed, boundTo(owner))));
}
