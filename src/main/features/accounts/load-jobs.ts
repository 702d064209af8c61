import { randomUUID } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";
import PQueue from "p-queue";
import type { LoadJob } from "@contract";
import type { CallContext, Publish } from "../../core/call-context.ts";
import { newCorrelationId, type Clock } from "../../core/clock.ts";
import { VostroFailure } from "../../core/failures.ts";
import type { Log } from "../../core/log.ts";
import type { Store, Writer } from "../../database/sql.ts";
import type { AccountProvider, ProviderAccount, ProviderCustomer } from "../../providers/provider.ts";
import type { AuditTrail } from "../audit/audit-trail.ts";
import type { ConnectionAccess } from "../connections/connection-access.ts";
import { absorbAccount, absorbMissing, readStart } from "./absorb.ts";
import { checkInstitution, checkStart, readingAt, scopeOf, type LoadWish } from "./load-wish.ts";
import { saveCustomer } from "./store.ts";

export interface LoadDependencies {
  readonly store: Store;
  readonly audit: AuditTrail;
  readonly connections: ConnectionAccess;
  readonly clock: Clock;
  readonly log: Log;
  readonly publish: Publish;
}

export interface LoadJobs {
  /**
   * Starts and returns the job's id at once. Failures: not-found, conflict (one is running), provider-rejected,
   * sign-in-needed, input-invalid (an institution without a customer, or of another provider than Finicity).
   */
  readonly start: (wanted: LoadWish, context: CallContext) => string;
  /** Failure not-found. */
  readonly cancel: (jobId: string) => void;
  readonly list: () => LoadJob[];
  /** Cancels what runs and waits for its end. */
  readonly close: () => Promise<void>;
}

const rowsAtOnce = 500;
const keptJobs = 20;
const customersAtOnce = 4;
const hopeless = 5;
const tellEveryMs = 200;

interface Running {
  job: LoadJob;
  readonly abort: AbortController;
  toldAtMs: number;
  readonly failedCustomers: { readonly customerUid: string; readonly message: string }[];
  failuresInARow: number;
  incompleteAccounts: number;
  done: Promise<void>;
}

class LoadStopped extends Error {
  readonly reason: VostroFailure;
  constructor(reason: VostroFailure) {
    super(reason.message);
    this.reason = reason;
  }
}

/**
 * Loads accounts from a provider into the cache in the background: in small steps, cancellable, keeping what it had.
 */
export function createLoadJobs(deps: LoadDependencies): LoadJobs {
  const { store, audit, connections, clock, log, publish } = deps;
  const jobs = new Map<string, Running>();

  const tell = (running: Running, change: Partial<LoadJob>, always = false): void => {
    running.job = { ...running.job, ...change };
    const now = clock.monotonicMs();
    if (!always && now - running.toldAtMs < tellEveryMs) return;
    running.toldAtMs = now;
    publish("accounts.loadProgress", running.job);
  };

  const absorbPage = async (
    running: Running,
    customer: ProviderCustomer,
    page: { readonly accounts: readonly ProviderAccount[]; readonly incomplete?: readonly string[] },
    start: ReturnType<typeof readStart>,
  ): Promise<void> => {
    const incomplete = new Set(page.incomplete);
    running.incompleteAccounts += incomplete.size;
    for (let from = 0; from < page.accounts.length; from += rowsAtOnce) {
      const step = page.accounts.slice(from, from + rowsAtOnce);
      store.transaction((writer: Writer) => {
        for (const account of step) {
          const complete = !incomplete.has(account.accountUid);
          const given = { atMs: start.atMs, customerName: customer.name, complete, start };
          absorbAccount(writer, running.job.connectionId, account, given);
        }
      });
      tell(running, { accountsDone: running.job.accountsDone + step.length });
      await nextTurn();
    }
  };

  const loadCustomer = async (
    running: Running,
    readAccounts: AccountProvider["readAccounts"],
    customer: ProviderCustomer,
    isWhole: boolean,
  ): Promise<void> => {
    const { signal } = running.abort;
    const { connectionId } = running.job;
    const { customerUid } = customer;
    store.transaction((writer) => saveCustomer(writer, connectionId, customer, clock.nowMs()));
    const begun = readStart(store.read, clock);
    const accountUids: string[] = [];
    for (let page = 1, last = false; !last; page += 1) {
      const start = page === 1 ? begun : readStart(store.read, clock);
      const read = await readAccounts(customerUid, page, signal);
      signal.throwIfAborted();
      await absorbPage(running, customer, read, start);
      accountUids.push(...read.accounts.map(({ accountUid }) => accountUid));
      last = read.last;
    }
    if (isWhole)
      store.transaction((writer) => absorbMissing(writer, connectionId, { customerUid, accountUids }, begun));
  };

  /** One customer's failure leaves the others; a refused sign-in or one failure after the other ends the load. */
  const tryCustomer = async (
    running: Running,
    provider: AccountProvider,
    customer: ProviderCustomer,
  ): Promise<void> => {
    if (running.abort.signal.aborted) return;
    try {
      await loadCustomer(running, provider.readAccounts, customer, true);
      running.failuresInARow = 0;
    } catch (error) {
      if (running.abort.signal.aborted) return;
      if (!(error instanceof VostroFailure) || error.code === "storage-failed") throw error;
      running.failedCustomers.push({ customerUid: customer.customerUid, message: error.message });
      running.failuresInARow += 1;
      if (error.code === "sign-in-needed" || running.failuresInARow >= hopeless) throw new LoadStopped(error);
    }
    tell(running, { customersDone: running.job.customersDone + 1 });
  };

  const loadAll = async (running: Running, provider: AccountProvider): Promise<void> => {
    const { signal } = running.abort;
    const queue = new PQueue({ concurrency: customersAtOnce });
    for (let page = 1, last = false; !last; page += 1) {
      const read = await provider.readCustomers(page, signal);
      signal.throwIfAborted();
      const total = read.totalCustomers;
      if (total !== undefined) tell(running, { customersTotal: total });
      await settleAll(
        read.customers.map((customer) => queue.add(() => tryCustomer(running, provider, customer))),
        queue,
      );
      signal.throwIfAborted();
      last = read.last;
    }
  };

  const loadOne = async (
    running: Running,
    provider: AccountProvider,
    customerUid: string,
    institutionId: string | undefined,
  ): Promise<void> => {
    const customer = await provider.readCustomer(customerUid, running.abort.signal);
    running.abort.signal.throwIfAborted();
    tell(running, { customersTotal: 1 });
    const readAccounts = institutionId === undefined ? provider.readAccounts : readingAt(provider, institutionId);
    await loadCustomer(running, readAccounts, customer, institutionId === undefined);
    tell(running, { customersDone: 1 });
  };

  const finish = (
    running: Running,
    state: LoadJob["state"],
    message: string | undefined,
    context: CallContext,
  ): void => {
    const words = message === undefined ? {} : { message };
    tell(running, { ...words, state, finishedAtMs: clock.nowMs() }, true);
    const { job } = running;
    const counts = `${job.accountsDone} accounts of ${job.customersDone} customers`;
    store.transaction((writer) =>
      audit.append(writer, {
        action: `accounts.load-${state}`,
        subject: `connection ${job.connectionId}`,
        summary: `Reading ${job.scope} ended (${state}): ${counts}${message === undefined ? "" : `. ${message}`}`,
        person: context.person,
        after: {
          state,
          accounts: job.accountsDone,
          customers: job.customersDone,
          failed: running.failedCustomers.length,
        },
        correlationId: newCorrelationId(),
      }),
    );
    publish("workspace.dataChanged", { topics: ["accounts", "status", "audit"] });
  };

  const run = async (running: Running, wanted: LoadWish, context: CallContext): Promise<void> => {
    const { connectionId, customerUid, institutionId } = wanted;
    try {
      const provider = connections.provider(connectionId);
      await (customerUid === undefined
        ? loadAll(running, provider)
        : loadOne(running, provider, customerUid, institutionId));
      const { failedCustomers, job } = running;
      const none = failedCustomers.length > 0 && failedCustomers.length === job.customersDone;
      finish(running, none ? "failed" : "finished", partialWords(running), context);
    } catch (error) {
      endBadly(running, error, context);
    }
  };

  const endBadly = (running: Running, error: unknown, context: CallContext): void => {
    if (running.abort.signal.aborted) return finish(running, "cancelled", "Stopped. What was read is kept.", context);
    const cause = error instanceof LoadStopped ? error.reason : error;
    if (!(cause instanceof VostroFailure)) log.error("A load failed", { error: String(cause) });
    const words = cause instanceof VostroFailure ? cause.message : "Something went wrong inside Vostro.";
    if (cause instanceof VostroFailure && cause.code === "sign-in-needed") {
      connections.markSignInRefused(running.job.connectionId, cause.message, context.correlationId);
    }
    const kept = running.job.accountsDone > 0 ? ` The ${running.job.accountsDone} accounts read before are kept.` : "";
    finish(running, "failed", `${words}${kept}`, context);
  };

  const start: LoadJobs["start"] = (wanted, context) => {
    const { connectionId, customerUid, institutionId } = wanted;
    const connection = connections.get(connectionId);
    checkStart(
      connection,
      [...jobs.values()].some(({ job }) => job.connectionId === connectionId && job.state === "running"),
    );
    checkInstitution(connection, wanted);
    const scope = scopeOf(connection, wanted);
    const counts = { customersDone: 0, accountsDone: 0 };
    const job: LoadJob = {
      id: randomUUID(),
      connectionId,
      scope,
      state: "running",
      ...counts,
      startedAtMs: clock.nowMs(),
    };
    const { person, correlationId } = context;
    store.transaction((writer) =>
      audit.append(writer, {
        action: "accounts.load-started",
        subject: `connection ${connectionId}`,
        summary: `Started reading ${scope}`,
        person,
        quoted: { legible: [customerUid, institutionId].filter((id) => id !== undefined) },
        correlationId,
      }),
    );
    const running: Running = {
      job,
      abort: new AbortController(),
      toldAtMs: Number.NEGATIVE_INFINITY,
      failedCustomers: [],
      failuresInARow: 0,
      incompleteAccounts: 0,
      done: Promise.resolve(),
    };
    jobs.set(job.id, running);
    forgetOldest(jobs);
    tell(running, {}, true);
    running.done = run(running, wanted, context).catch((error: unknown) => {
      running.job = { ...running.job, state: "failed", finishedAtMs: clock.nowMs() };
      log.error("The end of a load could not be kept", { error: String(error) });
    });
    return job.id;
  };

  return {
    start,
    cancel: (jobId) => {
      const running = jobs.get(jobId);
      if (running === undefined) throw new VostroFailure("not-found", "There is no such load.");
      if (running.job.state === "running") running.abort.abort();
    },
    list: () => [...jobs.values()].map(({ job }) => job).toReversed(),
    close: async () => {
      for (const { abort } of jobs.values()) abort.abort();
      await Promise.all([...jobs.values()].map(({ done }) => done));
    },
  };
}

function forgetOldest(jobs: Map<string, Running>): void {
  for (const [id, { job }] of jobs) {
    if (jobs.size <= keptJobs) return;
    if (job.state !== "running") jobs.delete(id);
  }
}

/** Waits for all; the first failure empties the queue and is thrown once nothing runs any more. */
async function settleAll(work: readonly Promise<void>[], queue: PQueue): Promise<void> {
  try {
    await Promise.all(work);
  } catch (error) {
    queue.clear();
    await queue.onIdle();
    throw error;
  }
}

function partialWords({ failedCustomers, incompleteAccounts, job }: Running): string | undefined {
  const parts: string[] = [];
  if (failedCustomers.length > 0) {
    const named = failedCustomers.slice(0, 5).map((failed) => `${failed.customerUid} (${failed.message})`);
    const more = failedCustomers.length > named.length ? ` and ${failedCustomers.length - named.length} more` : "";
    const read = job.customersDone - failedCustomers.length;
    parts.push(`${read} of ${job.customersDone} customers were read. Could not read ${named.join("; ")}${more}.`);
  }
  if (incompleteAccounts > 0) parts.push(`${incompleteAccounts} accounts were read without status and balance.`);
  return parts.length === 0 ? undefined : parts.join(" ").slice(0, 1900);
}
