import type { Person } from "@contract";
import type { PassphraseHash } from "../../core/passphrase-hash.ts";
import { sql, type Reader, type Writer } from "../../database/sql.ts";

export interface StoredPerson extends Person {
  readonly disabled: boolean;
  readonly createdAtMs: number;
  readonly passphrase: PassphraseHash;
}

/** Wrong passphrases in a row, and when the newest was tried. */
export interface SignInRecord {
  readonly failed: number;
  readonly lastFailedAtMs: number;
}

interface PersonColumns {
  readonly id: number;
  readonly name: string;
  readonly role: Person["role"];
  readonly disabled: number;
  readonly created_at_ms: number;
  readonly scrypt_n: number;
  readonly scrypt_r: number;
  readonly scrypt_p: number;
  readonly salt: Buffer;
  readonly hash: Buffer;
}

const personFromRow = (row: PersonColumns): StoredPerson => ({
  id: row.id as Person["id"],
  name: row.name,
  role: row.role,
  disabled: row.disabled === 1,
  createdAtMs: row.created_at_ms,
  passphrase: { n: row.scrypt_n, r: row.scrypt_r, p: row.scrypt_p, salt: row.salt, hash: row.hash },
});

export function allPeople(reader: Reader): StoredPerson[] {
  return reader.all<PersonColumns>(sql`SELECT * FROM work_people ORDER BY id`).map(personFromRow);
}

export function personAt(reader: Reader, id: number): StoredPerson | undefined {
  const row = reader.get<PersonColumns>(sql`SELECT * FROM work_people WHERE id = ${id}`);
  return row === undefined ? undefined : personFromRow(row);
}

/** Whether the name is taken; names differ by more than the case of ASCII letters. */
export function isNameTaken(reader: Reader, name: string): boolean {
  return reader.get(sql`SELECT 1 FROM work_people WHERE name = ${name}`) !== undefined;
}

export function insertPerson(
  writer: Writer,
  { name, role, passphrase, atMs }: Pick<Person, "name" | "role"> & { passphrase: PassphraseHash; atMs: number },
): Person {
  const { lastId } = writer.run(sql`INSERT INTO work_people
    (name, role, created_at_ms, scrypt_n, scrypt_r, scrypt_p, salt, hash)
    VALUES (${name}, ${role}, ${atMs}, ${passphrase.n}, ${passphrase.r}, ${passphrase.p}, ${passphrase.salt},
      ${passphrase.hash})`);
  return { id: lastId as Person["id"], name, role };
}

export function updateDisabled(writer: Writer, id: number, disabled: boolean): void {
  writer.run(sql`UPDATE work_people SET disabled = ${disabled ? 1 : 0} WHERE id = ${id}`);
}

export function updatePassphrase(writer: Writer, id: number, passphrase: PassphraseHash): void {
  writer.run(sql`UPDATE work_people
    SET scrypt_n = ${passphrase.n}, scrypt_r = ${passphrase.r}, scrypt_p = ${passphrase.p},
      salt = ${passphrase.salt}, hash = ${passphrase.hash}
    WHERE id = ${id}`);
}

export function signInRecord(reader: Reader, personId: number): SignInRecord | undefined {
  return reader.get<SignInRecord>(
    sql`SELECT failed, last_failed_at_ms AS lastFailedAtMs FROM work_sign_in WHERE person_id = ${personId}`,
  );
}

export function saveSignInRecord(writer: Writer, personId: number, { failed, lastFailedAtMs }: SignInRecord): void {
  writer.run(sql`INSERT INTO work_sign_in (person_id, failed, last_failed_at_ms)
    VALUES (${personId}, ${failed}, ${lastFailedAtMs})
    ON CONFLICT (person_id) DO UPDATE SET failed = excluded.failed, last_failed_at_ms = excluded.last_failed_at_ms`);
}

export function clearSignInRecord(writer: Writer, personId: number): void {
  writer.run(sql`DELETE FROM work_sign_in WHERE person_id = ${personId}`);
}
