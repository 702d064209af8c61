import { safeStorage } from "electron";
import { VostroFailure } from "../core/failures.ts";
import type { KeyVault } from "../core/key-vault.ts";

const notGivenBack =
  "The keyring of this computer did not give back the key of the workspace. Sign in to the computer as the person who " +
  "made it.";

const linuxNames: Readonly<Record<string, string>> = {
  gnome_libsecret: "the GNOME keyring",
  kwallet: "KWallet",
  kwallet5: "KWallet",
  kwallet6: "KWallet",
};

async function describe(platform: NodeJS.Platform): Promise<{ real: boolean; name: string }> {
  const available = await safeStorage.isAsyncEncryptionAvailable();
  if (platform === "darwin") return { real: available, name: "the macOS keychain" };
  if (platform === "win32") return { real: available, name: "Windows data protection" };
  const name = linuxNames[safeStorage.getSelectedStorageBackend()];
  return { real: available && name !== undefined, name: name ?? "none" };
}

async function asked<T>(work: () => Promise<T>, sentence: string): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw new VostroFailure("storage-failed", sentence, { cause });
  }
}

/**
 * The operating system's keyring through Electron's asynchronous safeStorage. On Linux without a keyring Electron would
 * encrypt with a constant; that counts as none here, and nothing is sealed with it.
 */
export function createKeyVault(platform: NodeJS.Platform): KeyVault {
  let known: Promise<{ real: boolean; name: string }> | undefined;
  return {
    describe: () => (known ??= describe(platform)),
    seal: async (secret) => {
      const { real } = await describe(platform);
      if (!real)
        throw new VostroFailure("storage-failed", "This computer has no keyring to keep the key of the workspace.");
      return asked(
        () => safeStorage.encryptStringAsync(secret.toString("base64")),
        "The keyring of this computer did not take the key of the workspace.",
      );
    },
    open: (sealed) =>
      asked(async () => {
        const { result } = await safeStorage.decryptStringAsync(sealed);
        return Buffer.from(result, "base64");
      }, notGivenBack),
  };
}
