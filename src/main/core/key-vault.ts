/**
 * The operating system's keyring. `real` is false where there is none (then nothing may be sealed with it): the app
 * says so and asks for an unlock passphrase instead.
 */
export interface KeyVault {
  readonly describe: () => Promise<{ readonly real: boolean; readonly name: string }>;
  /** Failure storage-failed when the keyring refuses. */
  readonly seal: (secret: Buffer) => Promise<Buffer>;
  /** Failure storage-failed when the keyring does not know the seal (another user, another machine). */
  readonly open: (sealed: Buffer) => Promise<Buffer>;
}
