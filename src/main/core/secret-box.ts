import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { VostroFailure } from "./failures.ts";

/**
 * Seals secrets that rest inside the workspace file a second time. `aad` binds a secret to what it belongs to
 * (connection and hosts): opened with another `aad` it fails. Failure `storage-failed` when the seal does not fit.
 */
export interface SecretBox {
  readonly seal: (plain: string, aad: string) => Buffer;
  readonly open: (sealed: Buffer, aad: string) => string;
}

const version = 1;
const nonceBytes = 12;
const tagBytes = 16;

/** AES-256-GCM under HKDF-SHA256 of the 32-byte database key. Layout: version, nonce (12), tag (16), ciphertext. */
export function createSecretBox(databaseKey: Buffer, purpose = "vostro connection secrets"): SecretBox {
  const key = Buffer.from(hkdfSync("sha256", databaseKey, Buffer.alloc(0), purpose, 32));
  return {
    seal: (plain, aad) => {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv("aes-256-gcm", key, nonce);
      cipher.setAAD(Buffer.from(aad, "utf8"));
      const body = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
      return Buffer.concat([Buffer.of(version), nonce, cipher.getAuthTag(), body]);
    },
    open: (sealed, aad) => {
      const bodyAt = 1 + nonceBytes + tagBytes;
      try {
        if (sealed[0] !== version || sealed.length < bodyAt) throw new Error("Unknown seal");
        const decipher = createDecipheriv("aes-256-gcm", key, sealed.subarray(1, 1 + nonceBytes), {
          authTagLength: tagBytes,
        });
        decipher.setAAD(Buffer.from(aad, "utf8"));
        decipher.setAuthTag(sealed.subarray(1 + nonceBytes, bodyAt));
        return Buffer.concat([decipher.update(sealed.subarray(bodyAt)), decipher.final()]).toString("utf8");
      } catch (cause) {
        throw new VostroFailure(
          "storage-failed",
          "A stored secret does not belong to this connection or was changed. Enter the secret again.",
          { cause },
        );
      }
    },
  };
}
