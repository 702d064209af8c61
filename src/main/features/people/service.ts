import { passphraseStrength } from "@contract/rules/passphrase.ts";
import type { Person, PersonId } from "@contract";
import type { Clock } from "../../core/clock.ts";
import { VostroFailure } from "../../core/failures.ts";
import { fitsPassphrase, hashPassphrase, passphraseCost, type ScryptCost } from "../../core/passphrase-hash.ts";
import { createTryDelays, triedTooSoon, wrongTry } from "../../core/try-delays.ts";
import { createTurns } from "../../core/turns.ts";
import type { Store } from "../../database/sql.ts";
import type { AuditTrail } from "../audit/audit-trail.ts";
import {
  allPeople,
  clearSignInRecord,
  insertPerson,
  isNameTaken,
  personAt,
  saveSignInRecord,
  signInRecord,
  updateDisabled,
  updatePassphrase,
  type StoredPerson,
} from "./store.ts";

export interface PeopleDependencies {
  readonly store: Store;
  readonly audit: AuditTrail;
  readonly clock: Clock;
  readonly cost?: ScryptCost;
}

export interface NewPerson {
  readonly name: string;
  readonly role: Person["role"];
  readonly passphrase: string;
}

/** `by`: absent when the app itself adds the first people of a workspace. */
export interface Act {
  readonly by?: Person | undefined;
  readonly correlationId: string;
}

export interface PeopleService {
  readonly list: () => readonly (Person & { readonly disabled: boolean; readonly createdAtMs: number })[];
  /** Failure input-invalid (weak passphrase, name taken). */
  readonly add: (person: NewPerson, act: Act) => Promise<Person>;
  /** Failures not-found, not-allowed (oneself, or the last administrator). */
  readonly setDisabled: (id: PersonId, disabled: boolean, act: Act) => void;
  /** Failures not-allowed (wrong present passphrase), input-invalid (weak new one). */
  readonly changePassphrase: (id: PersonId, current: string, next: string, act: Act) => Promise<void>;
  /**
   * Checks a passphrase; tries are taken one after the other. Every try leaves an audit row of `action`
   * ("person.signed-in", "workspace.unlocked"). Failure not-allowed, with `retryAfterMs` while a delay runs; the
   * passphrase is not looked at then.
   */
  readonly authenticate: (id: PersonId, passphrase: string, action: string, correlationId: string) => Promise<Person>;
  /** Wrong tries in a row and the wait before the next; of the person, or the worst of all when nobody is named. */
  readonly signInState: (id?: PersonId) => { readonly failed: number; readonly waitMs: number };
}

/** Failure input-invalid, at `path`, for a passphrase that is too weak. */
export function demandStrongPassphrase(passphrase: string, path: string): void {
  const { acceptable, sentence } = passphraseStrength(passphrase);
  if (!acceptable) {
    throw new VostroFailure("input-invalid", sentence, { fields: [{ path, message: sentence }] });
  }
}

const bare = ({ id, name, role }: StoredPerson): Person => ({ id, name, role });

export function createPeopleService({ store, audit, clock, cost = passphraseCost }: PeopleDependencies): PeopleService {
  const delays = createTryDelays(clock);
  const inTurn = createTurns();
  const known = (id: number): StoredPerson => {
    const person = personAt(store.read, id);
    if (person === undefined) throw new VostroFailure("not-found", "There is no such person in this workspace.");
    return person;
  };

  const tryPassphrase = async (
    id: PersonId,
    passphrase: string,
    action: string,
    correlationId: string,
  ): Promise<Person> => {
    const person = known(id);
    const record = signInRecord(store.read, id);
    const waitMs = delays.waitMs(id, record);
    if (waitMs > 0) throw triedTooSoon(waitMs);
    const fits = await fitsPassphrase(passphrase, person.passphrase);
    if (fits && !person.disabled) {
      store.transaction((writer) => {
        clearSignInRecord(writer, id);
        const summary = `${person.name} ${action === "workspace.unlocked" ? "unlocked the workspace" : "signed in"}.`;
        audit.append(writer, {
          action,
          subject: `person ${id}`,
          summary,
          person,
          correlationId,
          after: { success: true },
        });
      });
      delays.clear(id);
      return bare(person);
    }
    const failed = (record?.failed ?? 0) + 1;
    store.transaction((writer) => {
      saveSignInRecord(writer, id, { failed, lastFailedAtMs: clock.nowMs() });
      const why = fits ? "the person is disabled" : `wrong passphrase, ${failed} in a row`;
      audit.append(writer, {
        action: `${action}-refused`,
        subject: `person ${id}`,
        summary: `Sign-in of ${person.name} was refused: ${why}.`,
        correlationId,
        after: { success: false, failed },
      });
    });
    delays.begin(id, failed);
    const nextMs = delays.waitMs(id, { failed, lastFailedAtMs: clock.nowMs() });
    const said = fits ? "This person was disabled by an administrator." : "The passphrase is not right.";
    throw wrongTry(said, nextMs);
  };

  return {
    list: () =>
      allPeople(store.read).map((person) => ({
        ...bare(person),
        disabled: person.disabled,
        createdAtMs: person.createdAtMs,
      })),
    add: async ({ name, role, passphrase }, { by, correlationId }) => {
      demandStrongPassphrase(passphrase, "passphrase");
      const trimmed = name.normalize("NFC").trim();
      const hash = await hashPassphrase(passphrase, cost);
      return store.transaction((writer) => {
        if (isNameTaken(writer, trimmed)) {
          const message = `There is already a person named ${trimmed}.`;
          throw new VostroFailure("input-invalid", message, { fields: [{ path: "name", message }] });
        }
        const added = insertPerson(writer, { name: trimmed, role, passphrase: hash, atMs: clock.nowMs() });
        const summary = `Added ${added.name} as ${role}.`;
        audit.append(writer, {
          action: "person.added",
          subject: `person ${added.id}`,
          summary,
          person: by,
          correlationId,
          after: added,
        });
        return added;
      });
    },
    setDisabled: (id, disabled, { by, correlationId }) => {
      const person = known(id);
      if (by?.id === id)
        throw new VostroFailure("not-allowed", "You cannot disable yourself. Ask another administrator.");
      const administrators = allPeople(store.read).filter((other) => other.role === "administrator" && !other.disabled);
      if (disabled && administrators.length === 1 && administrators[0]?.id === id) {
        throw new VostroFailure("not-allowed", "This is the last administrator; add another one first.");
      }
      store.transaction((writer) => {
        updateDisabled(writer, id, disabled);
        audit.append(writer, {
          action: disabled ? "person.disabled" : "person.enabled",
          subject: `person ${id}`,
          summary: `${disabled ? "Disabled" : "Enabled"} ${person.name}.`,
          person: by,
          before: { disabled: person.disabled },
          after: { disabled },
          correlationId,
        });
      });
    },
    changePassphrase: async (id, current, next, { by, correlationId }) => {
      await inTurn(() => tryPassphrase(id, current, "person.passphrase-checked", correlationId));
      demandStrongPassphrase(next, "next");
      const hash = await hashPassphrase(next, cost);
      store.transaction((writer) => {
        updatePassphrase(writer, id, hash);
        const summary = `${by?.name ?? "A person"} changed their passphrase.`;
        audit.append(writer, {
          action: "person.passphrase-changed",
          subject: `person ${id}`,
          summary,
          person: by,
          correlationId,
        });
      });
    },
    authenticate: (id, passphrase, action, correlationId) =>
      inTurn(() => tryPassphrase(id, passphrase, action, correlationId)),
    signInState: (id) => {
      const ids = id === undefined ? allPeople(store.read).map((person) => person.id) : [id];
      return ids.reduce(
        (worst, one) => {
          const record = signInRecord(store.read, one);
          const waitMs = delays.waitMs(one, record);
          return { failed: Math.max(worst.failed, record?.failed ?? 0), waitMs: Math.max(worst.waitMs, waitMs) };
        },
        { failed: 0, waitMs: 0 },
      );
    },
  };
}
