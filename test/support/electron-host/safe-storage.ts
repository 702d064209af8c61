import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import type { SafeStorage } from "electron";
import { notImplemented, strict } from "./strict.ts";

export type Keyring = "basic_text" | "gnome_libsecret";

/** Chromium's own answer on a Linux box without a keyring: a key that everybody knows. */
const KNOWN_KEY = createHash("sha256").update("peanuts").digest();
const PREFIX: Readonly<Record<Keyring, string>> = { basic_text: "v10", gnome_libsecret: "v11" };

/**
 * Electron's `safeStorage`, asynchronous calls only. With `basic_text` encryption is "available" as it is there, and
 * protects nothing: the app has to look at the backend. With `gnome_libsecret` the key is in a file outside userData.
 */
export function createSafeStorage(keyring: Keyring, keyringFile: () => string, isReady: () => boolean) {
  const ready = (call: string): void => {
    if (!isReady()) throw new Error(`safeStorage.${call} cannot be used before app is ready`);
  };
  const key = (): Buffer => {
    if (keyring === "basic_text") return KNOWN_KEY;
    try {
      return Buffer.from(readFileSync(keyringFile(), "utf8"), "hex");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    }
    const fresh = randomBytes(32);
    writeFileSync(keyringFile(), fresh.toString("hex"), { mode: 0o600, flag: "wx" });
    return fresh;
  };
  type Shape = Pick<
    SafeStorage,
    | "isAsyncEncryptionAvailable"
    | "encryptStringAsync"
    | "decryptStringAsync"
    | "getSelectedStorageBackend"
    | "isEncryptionAvailable"
    | "encryptString"
    | "decryptString"
  >;
  const members: Shape = {
    isAsyncEncryptionAvailable: async () => {
      ready("isAsyncEncryptionAvailable");
      return true;
    },
    isEncryptionAvailable: () => isReady() && keyring !== "basic_text",
    getSelectedStorageBackend: () => (isReady() ? keyring : "unknown"),
    encryptStringAsync: async (plainText) => {
      ready("encryptStringAsync");
      if (typeof plainText !== "string") throw new TypeError("safeStorage.encryptStringAsync takes a string");
      const iv = randomBytes(12);
      const cipher = createCipheriv("aes-256-gcm", key(), iv);
      const sealed = Buffer.concat([cipher.update(plainText, "utf8"), cipher.final()]);
      return Buffer.concat([Buffer.from(PREFIX[keyring]), iv, cipher.getAuthTag(), sealed]);
    },
    decryptStringAsync: async (encrypted) => {
      ready("decryptStringAsync");
      if (!Buffer.isBuffer(encrypted)) throw new TypeError("safeStorage.decryptStringAsync takes a Buffer");
      const prefix = encrypted.subarray(0, 3).toString("latin1");
      if (prefix !== PREFIX[keyring])
        throw new Error("Error while decrypting the ciphertext provided to safeStorage.decryptStringAsync.");
      const decipher = createDecipheriv("aes-256-gcm", key(), encrypted.subarray(3, 15));
      decipher.setAuthTag(encrypted.subarray(15, 31));
      const result = Buffer.concat([decipher.update(encrypted.subarray(31)), decipher.final()]).toString("utf8");
      return { shouldReEncrypt: false, result };
    },
    encryptString: () => {
      throw notImplemented("safeStorage.encryptString (the synchronous calls are going away)");
    },
    decryptString: () => {
      throw notImplemented("safeStorage.decryptString (the synchronous calls are going away)");
    },
  };
  return strict("safeStorage", members);
}
