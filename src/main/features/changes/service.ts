import type { AccountId, ChangeDetail, ChangeId, ChangeRow, OutputOf, ParsedInputOf, Settings } from "@contract";
import type { CallContext, Publish } from "../../core/call-context.ts";
import type { Clock } from "../../core/clock.ts";
import { VostroFailure } from "../../core/failures.ts";
import { createListeners } from "../../core/listeners.ts";
import type { Log } from "../../core/log.ts";
import type { Restored } from "../../core/restored.ts";
import type { Reader, Store } from "../../database/sql.ts";
import type { AccountAccess, OpenChanges, StoredAccount } from "../accounts/account-access.ts";
import type { AuditTrail } from "../audit/audit-trail.ts";
import type { ConnectionAccess } from "../connections/connection-access.ts";
import { createBatchSide } from "./batch-side.ts";
import type { SendAnswer } from "./change-access.ts";
import type { ChangeRecord } from "./change-record.ts";
import { deedOf, resolveConflict, saveDraft, submit, withdraw, type DraftDependencies } from "./drafts.ts";
import { createComparing } from "./compare-held.ts";
import { askForDeletion } from "./deletion.ts";
import { holdRestored, refuseUncompared } from "./hold-restored.ts";
import { createJournal } from "./journal.ts";
import {
  accountHistory,
  accountsWithChange,
  countChanges,
  countUnderWay,
  hasUnfinished,
  newestOpenChanges,
  pageOfChanges,
  type ChangeView,
} from "./lists.ts";
import { noteAccepted } from "./look.ts";
import { createOutbox } from "./outbox.ts";
import { editableStates } from "./lifecycle.ts";
import { createPersistence } from "./persistence.ts";
import { toDetail, toRow, type ChangeSurroundings } from "./present.ts";
import { recoverInterrupted } from "./recovery.ts";
import { countToCompare, newestRestoration, type Restoration } from "./restored-store.ts";
import type { SendDependencies } from "./send-dependencies.ts";
import { settleByReading } from "./settle.ts";
import { createSettleWatch } from "./settle-watch.ts";
import { findOfAccount, nextQueueSeq } from "./store.ts";
import { move, movedOn, mustFind, mustSee } from "./transition.ts";

export interface ChangesDependencies {
  readonly store: Store;
  readonly audit: AuditTrail;
  readonly accounts: AccountAccess;
  readonly connections: ConnectionAccess;
  readonly clock: Clock;
  /** In [0, 1); `Math.random` when left out. */
  readonly random?: () => number;
  readonly log: Log;
  readonly publish: Publish;
  readonly policy: () => Settings["secondPerson"];
  readonly online: () => boolean;
}

export type ChangesService = ReturnType<typeof createChangesService>;

const announceEveryMs = 100;

/** Tells the windows at most ten times a second, however fast changes move. */
function createAnnouncer(
  publish: Publish,
  moved: () => void,
): { announce: (accountsToo?: boolean) => void; stop: () => void } {
  let timer: NodeJS.Timeout | undefined;
  let withAccounts = false;
  return {
    announce: (accountsToo = false) => {
      withAccounts ||= accountsToo;
      timer ??= setTimeout(() => {
        timer = undefined;
        publish("workspace.dataChanged", {
          topics: ["changes", "status", "audit", ...(withAccounts ? ["accounts" as const] : [])],
        });
        withAccounts = false;
        moved();
      }, announceEveryMs);
    },
    stop: () => clearTimeout(timer),
  };
}

/** Changes of accounts: drafts, their sending through the durable outbox, and how unclear outcomes are settled. */
export function createChangesService(given: ChangesDependencies) {
  const { store, accounts, connections, audit, clock } = given;
  const failed = (error: unknown): void => given.log.error("What follows a change failed", { error: String(error) });
  const told = { moved: createListeners<void>(failed), answers: createListeners<SendAnswer>(failed) };
  const announcer = createAnnouncer(given.publish, told.moved.tell);
  const journal = createJournal(store, { moreToCome: (waiting) => outbox.moreToCome(waiting) });
  const abort = new AbortController();
  const persistence = createPersistence(journal, announcer.announce, abort.signal);
  const deps: SendDependencies & DraftDependencies = {
    ...given,
    random: given.random ?? Math.random,
    journal,
    persistence,
    announce: announcer.announce,
    noteAnswer: ({ id, batchId, tries }, answer) => {
      if (batchId !== undefined) told.answers.tell({ ...answer, changeId: id, batchId, tries });
    },
  };
  const watch = createSettleWatch(deps, given.online, () => outbox.wake());
  const outbox = createOutbox(deps, abort, given.online, () => watch.look());
  const comparing = createComparing(deps, () => outbox.wake());
  let restoration: Restoration | undefined;
  const forgetReady = connections.onReady((id) => {
    outbox.wake(id);
    watch.look();
  });

  const surroundingsOf = (reader: Reader, change: ChangeRecord): ChangeSurroundings => {
    const account = orAbsent(() => accounts.stored(reader, change.accountId));
    return {
      account,
      connection: orAbsent(() => connections.get(change.connectionId)),
      provider: connections.kindOf(change.connectionId) ?? "finzly",
    };
  };
  const detailOf = (id: ChangeId): ChangeDetail => {
    const change = mustFind(store.read, id);
    return toDetail(store.read, change, surroundingsOf(store.read, change), given.policy());
  };
  const toldDetail = (id: ChangeId, accountsToo = true): ChangeDetail => {
    announcer.announce(accountsToo);
    return detailOf(id);
  };

  const page = (query: ParsedInputOf<"changes.page">): OutputOf<"changes.page"> => {
    const beforeId = query.cursor === undefined ? undefined : Number.parseInt(query.cursor, 10);
    if (beforeId !== undefined && !Number.isSafeInteger(beforeId))
      throw new VostroFailure("input-invalid", "This list moved on. Open it again.");
    const ofAccounts =
      query.search === undefined ? undefined : accounts.ofMatching(store.read, "work_changes", query.search);
    const found = pageOfChanges(store.read, { ...query, ofAccounts, beforeId, limit: query.limit + 1 });
    const shown = found.slice(0, query.limit);
    const last = shown.at(-1);
    const rows: ChangeRow[] = shown.map((change) => toRow(change, surroundingsOf(store.read, change)));
    return {
      rows,
      counts: countChanges(store.read),
      ...(found.length > shown.length && last !== undefined ? { nextCursor: String(last.id) } : {}),
    };
  };

  const openChanges: OpenChanges & { readonly hasUnfinished: typeof hasUnfinished } = {
    forAccounts: newestOpenChanges,
    history: accountHistory,
    accountsWithChange,
    hasUnfinished,
  };

  return {
    openChanges,
    page,
    detail: detailOf,
    editable: (accountId: AccountId): ChangeDetail | undefined => {
      const change = findOfAccount(store.read, accountId, [
        "draft",
        "refused",
        "rejected",
        "expired",
        "conflict",
        "waiting-for-approval",
        "approved",
        "sending",
        "outcome-unknown",
      ]);
      const isOver = change?.kind === "delete" && editableStates.some((state) => state === change.state);
      return change === undefined || isOver ? undefined : detailOf(change.id);
    },
    saveDraft: (input: ParsedInputOf<"changes.saveDraft">, context: CallContext) =>
      toldDetail(saveDraft(deps, input, context)),
    deleteAccount: (input: ParsedInputOf<"changes.deleteAccount">, context: CallContext): ChangeDetail => {
      const change = askForDeletion(deps, input, context);
      if (change.state === "approved") outbox.wake(change.connectionId);
      return toldDetail(change.id);
    },
    send: (input: ParsedInputOf<"changes.send">, context: CallContext): ChangeDetail => {
      const change = submit(deps, input, context);
      if (change.state === "approved") outbox.wake(change.connectionId);
      return toldDetail(change.id);
    },
    withdraw: (input: ParsedInputOf<"changes.withdraw">, context: CallContext) => {
      withdraw(deps, input, context);
      outbox.wake();
      watch.look();
      return toldDetail(input.id);
    },
    resolveConflict: (input: ParsedInputOf<"changes.resolveConflict">, context: CallContext) => {
      resolveConflict(deps, input, context);
      return toldDetail(input.id);
    },
    readBack: async (input: { id: ChangeId }, context: CallContext): Promise<ChangeDetail> => {
      const change = mustFind(store.read, input.id);
      if (change.state !== "outcome-unknown") throw movedOn(change);
      const asked = { by: context.person, windowIsOver: watch.windowIsOver(change) };
      await settleByReading(deps, change, asked, AbortSignal.timeout(120_000));
      outbox.wake();
      return toldDetail(input.id);
    },
    sendAgain: (input: ParsedInputOf<"changes.sendAgain">, context: CallContext): ChangeDetail => {
      const change = store.transaction((writer) => {
        const seen = mustSee(writer, input.id, input.revision);
        refuseUncompared(seen);
        move(
          writer,
          audit,
          seen,
          "send-again",
          {
            queueSeq: nextQueueSeq(writer),
            resend: true,
            tries: 0,
            held: false,
            notBeforeMs: null,
            settleAtMs: null,
            settlement: null,
            message: null,
            ...(context.person === undefined ? {} : { sentBy: context.person }),
          },
          {
            ...deedOf(context, clock),
            text: `To be sent again by ${context.person?.name ?? ""}: ${input.reason}`,
            facts: { reason: input.reason, lastSettlement: seen.settlement },
          },
        );
        return seen;
      });
      outbox.wake(change.connectionId);
      return toldDetail(input.id);
    },
    settle: (input: ParsedInputOf<"changes.settle">, context: CallContext): ChangeDetail => {
      store.transaction((writer) => {
        const change = mustSee(writer, input.id, input.revision);
        if (change.state !== "outcome-unknown") throw movedOn(change);
        const accepted = input.verdict === "accepted";
        move(
          writer,
          audit,
          change,
          accepted ? "accept" : "refuse",
          {
            settlement: accepted ? "person-accepted" : "person-refused",
            compareFirst: false,
            settleAtMs: null,
            queueSeq: null,
            message: `${context.person?.name ?? ""} says so: ${input.reason}`,
          },
          {
            ...deedOf(context, clock),
            text: `Marked as ${accepted ? "Accepted" : "Refused"} by provider: ${input.reason}`,
            facts: { reason: input.reason },
          },
        );
        if (accepted) noteAccepted(deps, writer, change, clock.nowMs());
      });
      outbox.wake();
      return toldDetail(input.id);
    },
    restored: (): OutputOf<"changes.restored"> => {
      const waiting = countToCompare(store.read);
      if (restoration === undefined || waiting === 0) return {};
      const { noticedAtMs, why, newestAtMs } = restoration;
      const trouble = comparing.trouble();
      return {
        restoration: {
          noticedAtMs,
          why,
          waiting,
          comparing: comparing.isRunning(),
          ...(newestAtMs === undefined ? {} : { newestAtMs }),
          ...(trouble === undefined ? {} : { trouble }),
        },
      };
    },
    compareHeld: ({ person }: CallContext): void => {
      comparing.start(person);
      watch.look();
      announcer.announce(true);
    },
    /** What batches stand on. */
    batches: createBatchSide({ ...deps, compareUpTo: () => restoration?.lastBatchId ?? 0 }, told, () => {
      outbox.wake();
      announcer.announce(true);
    }),
    counts: (reader: Reader): Record<ChangeView, number> => countChanges(reader),
    /** Changes that are being sent or go by themselves; those of a paused or stopped batch do not. */
    underWay: (reader: Reader): number => countUnderWay(reader),
    /** What the disk refuses, in words, while it does. */
    storageTrouble: () => persistence.trouble(),
    /** How many changes are being sent right now. */
    busy: () => outbox.busy(),
    /**
     * Recovers what a crash left and holds what a restored file may have sent already; only then sends what is approved
     * and settles what is unknown.
     */
    start: (restored?: Restored): number => {
      const recovered = recoverInterrupted(deps);
      if (restored !== undefined && holdRestored(deps, restored) > 0) announcer.announce(true);
      restoration = newestRestoration(store.read);
      outbox.start();
      watch.look();
      if (recovered > 0) announcer.announce(true);
      return recovered;
    },
    /** The network is back: go on with what waits. */
    resume: () => {
      outbox.wake();
      watch.look();
    },
    stop: async (graceMs: number): Promise<void> => {
      forgetReady();
      await outbox.stop(graceMs);
      await watch.stop();
      await comparing.stop();
      announcer.stop();
    },
  };
}

function orAbsent<T extends StoredAccount | ReturnType<ConnectionAccess["get"]>>(find: () => T): T | undefined {
  try {
    return find();
  } catch (error) {
    if (error instanceof VostroFailure && error.code === "not-found") return undefined;
    throw error;
  }
}
