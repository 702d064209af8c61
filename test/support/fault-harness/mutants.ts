import type { LawName } from "./laws.ts";
import type { Cut } from "./mutant-build.ts";
import type { ScenarioName } from "./scenarios.ts";

/** A fault planted in the product's source, the scenario that brings it out, and the laws that must see it. */
export interface Mutant {
  readonly what: string;
  readonly scenario: ScenarioName;
  readonly laws: readonly LawName[];
  readonly cuts: readonly Cut[];
}

const changes = "features/changes";
const lines = (...parts: readonly string[]): string => parts.join("\n");
const sendingOnce =
  "return exchange(poolOf(origin), options, { bodyTimeoutMs: settings.bodyTimeoutMs, maxBodyBytes }, signal);";

export const mutants: Readonly<Record<string, Mutant>> = {
  "intent-after-send": {
    what: "the intent is committed after the request was sent",
    scenario: "killed while a request is under way",
    laws: ["L5"],
    cuts: [
      {
        file: `${changes}/send-one.ts`,
        find: "  const attemptId = await deps.journal.markFirst((writer) => {",
        replace: lines(
          "  const early = await provider.write(prepared, signal);",
          "  const attemptId = await deps.journal.markFirst((writer) => {",
        ),
      },
      {
        file: `${changes}/send-one.ts`,
        find: "const outcome = await provider.write(prepared, signal);",
        replace: "const outcome = early;",
      },
    ],
  },
  "recovery-approves": {
    what: "recovery puts what was being sent back into the queue",
    scenario: "killed when applied, before the answer",
    laws: ["L4"],
    cuts: [
      {
        file: `${changes}/recovery.ts`,
        find: '    "lose-track",',
        replace: '    "wait",',
      },
    ],
  },
  "recovery-forgets": {
    what: "recovery overlooks what was being sent",
    scenario: "killed when applied, before the answer",
    laws: ["L1"],
    cuts: [
      {
        file: `${changes}/recovery.ts`,
        find: 'changesInState(writer, "sending");',
        replace: 'changesInState(writer, "sending").slice(0, 0);',
      },
    ],
  },
  "unknown-is-queued": {
    what: "an unclear outcome is queued again by itself",
    scenario: "connections reset before and after applying",
    laws: ["L4"],
    cuts: [
      {
        file: `${changes}/send-one.ts`,
        find: '          "lose-track",',
        replace: '          "wait",',
      },
    ],
  },
  "absent-is-resent": {
    what: "a change that was read back as absent is sent again without a person",
    scenario: "connections reset before and after applying",
    laws: ["L4"],
    cuts: [
      {
        file: `${changes}/settle.ts`,
        find: '        noteVerdict(verdict);\n        return;\n      case "cannot-tell":',
        replace: lines(
          '        move(writer, deps.audit, current, "send-again", {',
          "          ...found, settlement: null, resend: true, queueSeq: 1_000_000 + current.id,",
          '        }, { ...deed, text: "Again" });',
          "        return;",
          '      case "cannot-tell":',
        ),
      },
      {
        file: `${changes}/service.ts`,
        find: "    announce: announcer.announce,",
        replace: "    announce: (more?: boolean) => { announcer.announce(more); setTimeout(() => outbox.wake(), 20); },",
      },
    ],
  },
  "window-of-zero": {
    what: "an unclear outcome is read back at once, without its settle window",
    scenario: "applied late",
    laws: ["L2", "L4"],
    cuts: [
      {
        file: `${changes}/send-one.ts`,
        find: "ended.endedAtMs + deps.connections.get(change.connectionId).settleWindowMs;",
        replace: "ended.endedAtMs;",
      },
    ],
  },
  "transport-retries": {
    what: "the HTTP client sends once more after a reset",
    scenario: "a connection reset after applying",
    laws: ["L3", "L5"],
    cuts: [
      {
        file: "http/client.ts",
        find: sendingOnce,
        replace: lines(
          "const limits = { bodyTimeoutMs: settings.bodyTimeoutMs, maxBodyBytes };",
          "const once = () => exchange(poolOf(origin), options, limits, signal);",
          'const passes = (error: unknown) => error instanceof HttpFailure && error.kind === "reset";',
          "return once().catch((error: unknown) => (passes(error) ? once() : Promise.reject(error)));",
        ),
      },
    ],
  },
  "redirects-followed": {
    what: "the HTTP client follows a redirect",
    scenario: "sent to another host",
    laws: ["L7"],
    cuts: [
      {
        file: "http/client.ts",
        find: sendingOnce,
        replace: lines(
          "const limits = { bodyTimeoutMs: settings.bodyTimeoutMs, maxBodyBytes };",
          "const answer = await exchange(poolOf(origin), options, limits, signal);",
          'const to = URL.parse(answer.headers["location"] ?? "");',
          "if (to === null) return answer;",
          "return exchange(poolOf(to.origin), { ...options, origin: to.origin, path: to.pathname }, limits, signal);",
        ),
      },
    ],
  },
  "failure-is-success": {
    what: "HTTP 200 with the status Failure counts as success",
    scenario: "refused with 200",
    laws: ["L2"],
    cuts: [
      {
        file: "providers/finzly/outcomes.ts",
        find: 'if (status === "Success")',
        replace: 'if (status === "Success" || status === "Failure")',
      },
    ],
  },
  "broken-off-is-success": {
    what: "an answer that breaks off after its 200 counts as success",
    scenario: "answers that break off, nothing applied",
    laws: ["L2"],
    cuts: [
      {
        file: "http/exchange.ts",
        find: "        const kind = kindsByCode.get(errorCode(error))",
        replace: lines(
          "        const half = { status: 200, headers, body: Buffer.concat(chunks), elapsedMs: 0 };",
          "        if (status === 200) return settle(() => resolve(half));",
          "        const kind = kindsByCode.get(errorCode(error))",
        ),
      },
      {
        file: "providers/finzly/outcomes.ts",
        find: 'if (!json.ok) return { kind: "unknown", httpStatus,',
        replace: 'if (!json.ok) return { kind: "accepted", httpStatus,',
      },
    ],
  },
  "audit-apart": {
    what: "outcome and audit row are committed apart",
    scenario: "killed right after an outcome was saved",
    laws: ["L6"],
    cuts: [
      {
        file: "features/audit/service.ts",
        find: "const trail = createAuditTrail(clock);",
        replace: lines(
          "const within = createAuditTrail(clock);",
          "  const later: AuditTrail['append'] = (_writer, entry) =>",
          "    void setTimeout(() => store.transaction((writer) => within.append(writer, entry)), 30);",
          "  const trail: AuditTrail = { append: later };",
        ),
      },
    ],
  },
  "rows-forgotten": {
    what: "a row of a batch that became no change is not written down",
    scenario: "a batch, one account taken meanwhile",
    laws: ["L9"],
    cuts: [
      {
        file: "features/batches/making.ts",
        find: "else insertUnmade(writer, id,",
        replace: "else ((..._all: unknown[]) => insertUnmade)(writer, id,",
      },
    ],
  },
  "older-file-unseen": {
    what: "what was last known of the file is ignored, so an older one put back sends at once",
    scenario: "an older copy of the file put back, nothing can be read",
    laws: ["L4", "L10"],
    cuts: [
      {
        file: "features/workspace/follow-newest.ts",
        find: "restored: why === undefined ? undefined : { why, newestAtMs: known?.atMs },",
        replace: "restored: undefined,",
      },
    ],
  },
  "compared-and-sent": {
    what: "what a comparison does not find is sent without anybody's word",
    scenario: "an older copy of the file put back",
    laws: ["L10"],
    cuts: [
      {
        file: `${changes}/compare-one.ts`,
        find: "{ ...found, held: true, message: absent },",
        replace: "{ ...found, held: false, message: absent },",
      },
    ],
  },
  "batches-go-on": {
    what: "a batch found on its way at the start is sent on without anybody's word",
    scenario: "a batch, killed while it is sent",
    laws: ["L9"],
    cuts: [
      {
        file: "features/batches/recovery.ts",
        find: "room.changes.setGate(writer, batch.id, false);",
        replace: "room.changes.setGate(writer, batch.id, true);",
      },
    ],
  },
  "mask-echoed": {
    what: "an account number goes out as it is shown on screen",
    scenario: "calm",
    laws: ["L2"],
    cuts: [
      {
        file: "providers/finzly/client.ts",
        find: "body: encodeUpdate(update, currency),",
        replace: "body: encodeUpdate(update, currency, { mask: true }),",
      },
    ],
  },
  "log-not-redacted": {
    what: "the request is logged, and the log is not redacted",
    scenario: "calm",
    laws: ["L8"],
    cuts: [
      {
        file: "providers/finzly/client.ts",
        find: 'log.info("Finzly answered a change", {',
        replace: 'log.info("Finzly answered a change", {\n        request: prepared.body,',
      },
      {
        file: "shell/log-file.ts",
        find: "info: (message, facts) => logger.info(logLine(message, facts)),",
        replace: "info: (message, facts) => logger.info(message, JSON.stringify(facts)),",
      },
    ],
  },
};

/** A fault the product itself refuses to run with. */
export const refusedMutant: { readonly cuts: readonly Cut[]; readonly says: RegExp } = {
  cuts: [
    {
      file: "database/open.ts",
      find: 'database.pragma("synchronous = FULL");',
      replace: 'database.pragma("synchronous = NORMAL");',
    },
  ],
  says: /refuses the settings that keep what is saved safe/u,
};
