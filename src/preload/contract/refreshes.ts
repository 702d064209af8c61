import { z } from "zod";
import { command, query } from "./define.ts";
import {
  accountId, connectionId, environment, filledText, nothing, pageCursor, recordId, timestampMs,
} from "./values.ts";

/**
 * Where a refresh stands. `clicked`: asked for, nothing sent. `sent`: the request is open. `answered`: the provider
 * answered; the records are read for what came of it. `still-running`: the request ended without an answer and the
 * provider goes on; only reads follow. `given-up`: watched long enough, what came of it is not known.
 */
export const refreshStates = [
  "clicked",
  "sent",
  "answered",
  "still-running",
  "succeeded",
  "partly-succeeded",
  "failed",
  "given-up",
] as const;
export const refreshState = z.enum(refreshStates);
export type RefreshState = z.infer<typeof refreshState>;

export const refreshStateWords: Readonly<Record<RefreshState, string>> = {
  clicked: "Waiting for its turn",
  sent: "Request open",
  answered: "Answered",
  "still-running": "Still running at the provider",
  succeeded: "Succeeded",
  "partly-succeeded": "Partly succeeded",
  failed: "Failed",
  "given-up": "Given up",
};

/** Who must act before another refresh helps; `sender`: nothing was refreshed, see the message. */
export const refreshActor = z.enum(["customer", "operations", "provider", "wait", "nobody", "sender"]);
export type RefreshActor = z.infer<typeof refreshActor>;

export const refreshId = recordId.brand("RefreshId");
export type RefreshId = z.infer<typeof refreshId>;

/** What a refresh changes of an account, as the provider told it. Amounts are decimal text, dates its epoch seconds. */
export const refreshSnapshot = z.object({
  name: z.string().optional(),
  last4: z.string().max(4).optional(),
  type: z.string().optional(),
  status: z.string().optional(),
  currency: z.string().optional(),
  balance: z.string().optional(),
  statusCode: z.number().int().optional(),
  balanceDateS: z.number().int().optional(),
  successDateS: z.number().int().optional(),
  attemptDateS: z.number().int().optional(),
  institutionId: z.string().optional(),
  institutionLoginId: z.string().optional(),
});
export type RefreshSnapshot = z.infer<typeof refreshSnapshot>;

/**
 * What came of one account. `waiting`: no newer attempt date yet. `running`: the provider says so. `unclear`: a newer
 * attempt that has not succeeded, without a reason. `untouched`: not attempted by a refresh that has ended.
 */
export const accountVerdict = z.enum([
  "waiting",
  "running",
  "succeeded",
  "failed",
  "unclear",
  "untouched",
  "new",
  "gone",
]);
export type AccountVerdict = z.infer<typeof accountVerdict>;

export const refreshRow = z.object({
  id: refreshId,
  connectionId,
  connectionName: z.string(),
  provider: z.enum(["finicity", "signzy"]),
  environment,
  customerId: z.string(),
  customerName: z.string(),
  institutionLoginId: z.string().optional(),
  state: refreshState,
  reason: z.string(),
  madeBy: z.string(),
  act: refreshActor,
  code: z.string().optional(),
  /** What happened and what to do, in whole sentences. */
  message: z.string(),
  clickedAtMs: timestampMs,
  sentAtMs: timestampMs.optional(),
  /** When the request ended, with or without an answer. */
  answeredAtMs: timestampMs.optional(),
  /** When an account with a newer attempt date was first seen. */
  seenAtMs: timestampMs.optional(),
  endedAtMs: timestampMs.optional(),
  nextLookAtMs: timestampMs.optional(),
  accounts: z.number().int(),
  accountsMoved: z.number().int(),
  /** A person must still act on it; ends with `markDone`. */
  needsAttention: z.boolean(),
});
export type RefreshRow = z.infer<typeof refreshRow>;

export const refreshEvent = z.object({
  atMs: timestampMs,
  kind: z.enum(["clicked", "sent", "answered", "no-answer", "seen", "reading", "ended", "noted"]),
  title: z.string(),
  text: z.string(),
});
export type RefreshEvent = z.infer<typeof refreshEvent>;

export const refreshDetail = refreshRow.extend({
  timeoutMs: z.number().int(),
  giveUpMs: z.number().int(),
  results: z.array(
    z.object({
      accountId: z.string(),
      before: refreshSnapshot.optional(),
      after: refreshSnapshot.optional(),
      verdict: accountVerdict,
    }),
  ),
  events: z.array(refreshEvent),
  /** When the customer may be refreshed again, by this computer's clock; absent: now. */
  againAtMs: timestampMs.optional(),
});
export type RefreshDetail = z.infer<typeof refreshDetail>;

const customerId = z
  .string()
  .min(1)
  .max(100)
  .regex(/^[A-Za-z0-9_-]+$/u, "Letters, digits, hyphen and underscore only.");
const target = z.strictObject({ customerId, institutionLoginId: customerId.optional() });
const one = z.strictObject({ id: refreshId });
const makers = ["maker", "administrator"] as const;
const people = ["maker", "checker", "administrator"] as const;
/** The most customers one request may name. */
export const mostCustomers = 100;
export const refreshViews = ["running", "attention", "all"] as const;

/** Why a customer cannot be refreshed now. */
export const refreshObstacle = z.object({
  customerId: z.string(),
  message: z.string(),
  /** When it can, by this computer's clock. */
  retryAtMs: timestampMs.optional(),
});

/** The customers behind a selection of accounts at one connection; at most the first `mostCustomers` of `total`. */
const selectedCustomers = z.object({
  connectionId,
  customers: z.array(z.object({ customerId: z.string(), customerName: z.string(), accounts: z.number().int() })),
  total: z.number().int(),
});

/** Accounts of one customer that one sign-in at a bank leads to. */
export const institutionLogin = z.object({
  institutionLoginId: z.string(),
  institutionId: z.string().optional(),
  accounts: z.number().int(),
  /** Names of some of them. */
  accountNames: z.array(z.string()),
});
export type InstitutionLogin = z.infer<typeof institutionLogin>;

export const refreshes = {
  page: query(
    "person",
    z.strictObject({
      view: z.enum(refreshViews),
      cursor: pageCursor.optional(),
      limit: z.number().int().min(1).max(200),
    }),
    z.object({
      rows: z.array(refreshRow),
      nextCursor: pageCursor.optional(),
      counts: z.record(z.enum(refreshViews), z.number().int()),
    }),
  ),
  detail: query("person", one, refreshDetail),
  /**
   * The connections that can refresh, and which of the customers cannot be refreshed now, and why. Of one customer alone
   * also the sign-ins at its banks as last read, where the provider refreshes them one by one.
   */
  offer: query(
    "person",
    z.strictObject({ connectionId: connectionId.optional(), customers: z.array(customerId).max(mostCustomers) }),
    z.object({
      connections: z.array(
        z.object({
          id: connectionId,
          name: z.string(),
          provider: z.enum(["finicity", "signzy"]),
          environment,
          refreshesLogins: z.boolean(),
          coolDownMs: z.number().int(),
        }),
      ),
      obstacles: z.array(refreshObstacle),
      logins: z.array(institutionLogin),
    }),
  ),
  /** Whose accounts these are, by the connection that can refresh them; accounts without one are only counted. */
  customersOf: query(
    "person",
    z.strictObject({ accountIds: z.array(accountId).min(1).max(10_000) }),
    z.object({ groups: z.array(selectedCustomers), withoutRefresh: z.number().int() }),
  ),
  /**
   * Asks the provider to ask the customers' banks, one customer after another, each with exactly one request. More than
   * one customer needs `confirmed`, the number a person saw (input-invalid otherwise). Customers that are being
   * refreshed or cooling down are left out and named; conflict when none is left. An institution login only where the
   * connection refreshes logins (input-invalid otherwise).
   */
  start: command(
    makers,
    z.strictObject({
      connectionId,
      customers: z.array(target).min(1).max(mostCustomers),
      reason: filledText(255),
      confirmed: z.number().int().optional(),
    }),
    z.object({ started: z.array(refreshRow), leftOut: z.array(refreshObstacle) }),
  ),
  /** Reads the account records now; never asks for a refresh. Also of one that was given up. */
  look: command(makers, one, refreshDetail),
  /** Takes back one that still waits for its turn. Failure conflict once it was sent. */
  callOff: command(makers, one, refreshDetail),
  /** Takes back every one that still waits for its turn. */
  callOffWaiting: command(makers, nothing, z.object({ count: z.number().int() })),
  /**
   * Puts what the provider said of the refresh on the clipboard, or the next step of one of its accounts: never a full
   * number. Failure not-found for an account that is not in it.
   */
  copyMessage: command(people, z.strictObject({ id: refreshId, accountId: customerId.optional() }), z.object({})),
  /** A person has done what the result asks for: it counts no more. */
  markDone: command(makers, one, refreshDetail),
  /** How many a person must act on. */
  attention: query("person", nothing, z.object({ count: z.number().int() })),
};
