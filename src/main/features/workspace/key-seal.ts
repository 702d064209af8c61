import { createCipheriv, createDecipheriv, createHmac, randomBytes } from "node:crypto";
import { VostroFailure } from "../../core/failures.ts";
import type { KeyVault } from "../../core/key-vault.ts";
import { derivedKey, passphraseCost, type ScryptCost } from "../../core/passphrase-hash.ts";
import type { KeySeal } from "./workspace-folder.ts";

/** A fresh database key: 32 random bytes. */
export const newDatabaseKey = (): Buffer => randomBytes(32);

/** Tells whether a key is the workspace's without opening its file; says nothing about the key itself. */
export const keyCheckOf = (key: Buffer): string =>
  createHmac("sha256", key).update("vostro workspace key").digest("hex");

export async function sealWithKeyring(key: Buffer, vault: KeyVault): Promise<KeySeal> {
  return { by: "keyring", sealed: (await vault.seal(key)).toString("base64") };
}

/** AES-256-GCM under scrypt of the passphrase, bound to the workspace by `id`. */
export async function sealWithPassphrase(
  key: Buffer,
  passphrase: string,
  id: string,
  cost: ScryptCost = passphraseCost,
): Promise<KeySeal> {
  const salt = randomBytes(16);
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", await derivedKey(passphrase, salt, cost), nonce);
  cipher.setAAD(Buffer.from(id, "utf8"));
  const sealed = Buffer.concat([cipher.update(key), cipher.final()]);
  const text = (bytes: Buffer): string => bytes.toString("base64");
  return {
    by: "passphrase",
    salt: text(salt),
    ...cost,
    nonce: text(nonce),
    sealed: text(sealed),
    tag: text(cipher.getAuthTag()),
  };
}

/** Failure storage-failed when the keyring does not know the seal; not-allowed when the unlock passphrase is wrong. */
export async function openSeal(
  seal: KeySeal,
  { id, vault, passphrase }: { readonly id: string; readonly vault: KeyVault; readonly passphrase: string },
): Promise<Buffer> {
  if (seal.by === "keyring") return vault.open(Buffer.from(seal.sealed, "base64"));
  const bytes = (text: string): Buffer => Buffer.from(text, "base64");
  const key = await derivedKey(passphrase, bytes(seal.salt), seal);
  const decipher = createDecipheriv("aes-256-gcm", key, bytes(seal.nonce), { authTagLength: 16 });
  decipher.setAAD(Buffer.from(id, "utf8"));
  decipher.setAuthTag(bytes(seal.tag));
  try {
    return Buffer.concat([decipher.update(bytes(seal.sealed)), decipher.final()]);
  } catch (cause) {
    throw new VostroFailure("not-allowed", "The unlock passphrase is not right.", { cause, retryable: true });
  }
}
