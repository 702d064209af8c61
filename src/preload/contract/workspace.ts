import { z } from "zod";
import { command, event, query, roles } from "./define.ts";
import { done, environment, filledText, nothing, opaqueId, personId, timestampMs, workspaceId } from "./values.ts";

export const role = z.enum(roles);
const passphrase = z.string().min(1).max(200);

/** Somebody who signs in; never with a passphrase, except the published ones of the training workspace. */
export const person = z.object({ id: personId, name: z.string(), role });
export type Person = z.infer<typeof person>;

export const workspaceSummary = z.object({
  id: workspaceId,
  name: z.string(),
  kind: z.enum(["training", "live"]),
  createdAtMs: timestampMs,
  /** `keyring`: the operating system guards the key. `passphrase`: it is derived from an unlock passphrase. */
  sealedBy: z.enum(["keyring", "passphrase"]),
});
export type WorkspaceSummary = z.infer<typeof workspaceSummary>;

/** A fault that stopped a workspace from opening. The file was left alone. */
export const workspaceProblem = z.object({
  kind: z.enum(["newer-file", "damaged", "wrong-key", "read-only", "disk-full", "migration-failed", "in-use", "other"]),
  title: z.string(),
  message: z.string(),
  workspaceId: workspaceId.optional(),
});
export type WorkspaceProblem = z.infer<typeof workspaceProblem>;

/** Which screen the app shows: choose → unlock (no keyring) → sign-in → open ⇄ locked. */
export const appState = z.object({
  phase: z.enum(["choose", "unlock", "sign-in", "locked", "open"]),
  version: z.string(),
  workspaces: z.array(workspaceSummary),
  current: workspaceSummary.extend({ environment }).optional(),
  person: person.optional(),
  /** `waitMs`: milliseconds until this person may try to sign in again; 0 when now. */
  people: z.array(person.extend({ waitMs: z.number().int().nonnegative() })),
  /** Only in a training workspace: what to type to sign in. */
  trainingPassphrases: z.array(z.object({ personId, passphrase: z.string() })),
  keyring: z.object({ real: z.boolean(), name: z.string() }),
  /** Milliseconds until the file or the locked workspace may be tried again (of people: the longest); 0 when now. */
  signInWaitMs: z.number().int().nonnegative(),
  failedSignIns: z.number().int().nonnegative(),
  problem: workspaceProblem.optional(),
});
export type AppState = z.infer<typeof appState>;

/** The always-visible facts of the status bar. */
export const status = z.object({
  environment,
  online: z.boolean(),
  /** Changes per place a person looks for them. */
  work: z.object({
    drafts: z.number().int(),
    waiting: z.number().int(),
    sending: z.number().int(),
    attention: z.number().int(),
  }),
  audit: z.object({ entries: z.number().int(), intact: z.boolean().optional(), checkedAtMs: timestampMs.optional() }),
  lastLoadAtMs: timestampMs.optional(),
  /** What the disk refuses at this moment, in words: outcomes are held in memory until it takes them. */
  storageTrouble: z.string().optional(),
});
export type Status = z.infer<typeof status>;

export const settings = z.strictObject({
  idleLockMinutes: z.number().int().min(1).max(120),
  theme: z.enum(["system", "light", "dark"]),
  density: z.enum(["compact", "comfortable"]),
  singleKeys: z.boolean(),
  /** Which risk classes need a second person before they are sent. */
  secondPerson: z.strictObject({ high: z.boolean(), medium: z.boolean(), low: z.boolean() }),
});
export type Settings = z.infer<typeof settings>;

export const topics = [
  "workspace", "accounts", "changes", "batches", "refreshes", "connections", "people", "audit", "training", "network",
  "status",
] as const;

export const workspace = {
  state: query("anyone", nothing, appState),
  /** One click, no set-up: makes (or opens) the training workspace with its two people and built-in Finzly. */
  createTraining: command("anyone", nothing, done),
  /** `unlockPassphrase` is needed where no real keyring exists; failure input-invalid names the weak field. */
  createLive: command(
    "anyone",
    z.strictObject({
      name: filledText(80),
      administrator: filledText(80),
      passphrase,
      unlockPassphrase: passphrase.optional(),
    }),
    done,
  ),
  /** Failures: not-allowed (wrong unlock passphrase), storage-failed (see `state.problem`). */
  open: command("anyone", z.strictObject({ id: workspaceId, unlockPassphrase: passphrase.optional() }), done),
  /** Leaves the open workspace: back to the choice. Refused with conflict while changes are Sending. */
  close: command("workspace", nothing, done),
  /** Failures: not-allowed (wrong passphrase; `retryAfterMs` when delayed). */
  signIn: command("workspace", z.strictObject({ personId, passphrase }), done),
  /** Unlocks for the person who locked; same failures as signIn. */
  unlock: command("workspace", z.strictObject({ passphrase }), done),
  lock: command("person", nothing, done),
  signOut: command("workspace", nothing, done),
  status: query("person", nothing, status),
  settings: query("person", nothing, settings),
  /** `secondPerson` and `idleLockMinutes` may be changed by an administrator only (not-allowed). */
  saveSettings: command("person", settings, settings),
  stateChanged: event(z.object({})),
  /** Something under these topics changed: read it again. */
  dataChanged: event(z.object({ topics: z.array(z.enum(topics)) })),
  /** A menu item or global key asked for a place or an action. */
  menu: event(z.object({ action: opaqueId })),
};

export const people = {
  list: query("person", nothing, z.array(person.extend({ disabled: z.boolean(), createdAtMs: timestampMs }))),
  /** Failure input-invalid when the passphrase is too weak or the name is taken. */
  add: command(["administrator"], z.strictObject({ name: filledText(80), role, passphrase }), person),
  /** An administrator cannot disable themself (not-allowed). */
  setDisabled: command(["administrator"], z.strictObject({ personId, disabled: z.boolean() }), done),
  /** Needs the present passphrase (not-allowed) and an acceptable new one (input-invalid). */
  changePassphrase: command("person", z.strictObject({ current: passphrase, next: passphrase }), done),
};

