import { randomBytes, scrypt, timingSafeEqual } from "node:crypto";

/** Cost of scrypt: memory is 128 · n · r bytes. Kept with every hash, so that it can rise later. */
export interface ScryptCost {
  readonly n: number;
  readonly r: number;
  readonly p: number;
}

/** 128 MiB and about 0.4 s on a desktop. */
export const passphraseCost: ScryptCost = { n: 2 ** 17, r: 8, p: 1 };

export interface PassphraseHash extends ScryptCost {
  readonly salt: Buffer;
  readonly hash: Buffer;
}

/** 32 bytes derived from a passphrase, normalised (NFKC) so that the same keys typed on another machine match. */
export function derivedKey(passphrase: string, salt: Buffer, { n, r, p }: ScryptCost): Promise<Buffer> {
  const options = { N: n, r, p, maxmem: 256 * n * r };
  return new Promise((resolve, reject) => {
    scrypt(passphrase.normalize("NFKC"), salt, 32, options, (error, key) => {
      if (error === null) resolve(key);
      else reject(error);
    });
  });
}

/** A fresh salt and the hash under it. */
export async function hashPassphrase(passphrase: string, cost: ScryptCost = passphraseCost): Promise<PassphraseHash> {
  const salt = randomBytes(16);
  return { ...cost, salt, hash: await derivedKey(passphrase, salt, cost) };
}

/** Takes the same time whether it fits or not. */
export async function fitsPassphrase(passphrase: string, known: PassphraseHash): Promise<boolean> {
  const derived = await derivedKey(passphrase, known.salt, known);
  return derived.length === known.hash.length && timingSafeEqual(derived, known.hash);
}
