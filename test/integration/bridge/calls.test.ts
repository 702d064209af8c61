import { callNamed, callNames, failure as failureSchema, type CallName, type Person, type Result } from "@contract";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CallContext } from "../../../src/main/core/call-context.ts";
import { VostroFailure } from "../../../src/main/core/failures.ts";
import { silentLog } from "../../../src/main/core/log.ts";
import type { Session } from "../../../src/main/core/session.ts";
import { answerCall, type CallDependencies, type ServedCall } from "../../../src/main/shell/answer-call.ts";
import { jsonSchemaOf, sampleOf, type JsonSchema } from "../../support/schema-samples.ts";

const administrator: Person = { id: 2 as Person["id"], name: "Tomas", role: "administrator" };
const everywhere: Session = { phase: "open", person: administrator };

function desk(session: Session, run: (input: unknown, context: CallContext) => unknown = () => ({})) {
  const reached: unknown[] = [];
  const noted: ServedCall[] = [];
  const dependencies: CallDependencies = {
    handler: () => (input, context) => {
      reached.push(input);
      return run(input, context);
    },
    session: () => session,
    newCorrelationId: () => "correlation-1",
    beginAudit: () => (call) => void noted.push(call),
    log: silentLog,
  };
  const ask = (name: CallName, input: unknown, fromOurPage = true) =>
    answerCall(name, fromOurPage, input, dependencies);
  return { ask, reached, noted };
}

const personFor = (name: CallName): Session => {
  const { access } = callNamed(name);
  const role = typeof access === "string" ? "administrator" : (access[0] ?? "administrator");
  return { phase: "open", person: { ...administrator, role } };
};
const validInput = (name: CallName): unknown => sampleOf(jsonSchemaOf(callNamed(name).input, "input"));
const codeOf = (result: Result<unknown>): string => (result.ok ? "ok" : result.failure.code);

function looseParts(schema: JsonSchema, path = "input"): string[] {
  const inner = [
    ...(schema.anyOf ?? []),
    ...(schema.oneOf ?? []),
    ...Object.values(schema.$defs ?? {}),
    ...(typeof schema.items === "object" ? [schema.items] : []),
    ...(typeof schema.additionalProperties === "object" ? [schema.additionalProperties] : []),
  ].flatMap((part) => looseParts(part, `${path}›`));
  const members = Object.entries(schema.properties ?? {}).flatMap(([name, part]) =>
    looseParts(part, `${path}.${name}`),
  );
  const own: string[] = [];
  if (schema.type === "object" && schema.properties !== undefined && schema.additionalProperties !== false)
    own.push(`${path}: open object`);
  if (
    schema.type === "string" &&
    schema.maxLength === undefined &&
    schema.enum === undefined &&
    schema.const === undefined &&
    !isBounded(schema.pattern)
  ) {
    own.push(`${path}: text without a limit`);
  }
  return [...own, ...members, ...inner];
}

const isBounded = (pattern: string | undefined): boolean =>
  pattern !== undefined && pattern.startsWith("^") && pattern.endsWith("$") && !/[*+]|,\}/u.test(pattern);

describe.each(callNames.map((name) => [name] as const))("the call %s", (name) => {
  const input = validInput(name);

  it("takes what the contract says and nothing else", async () => {
    const { ask, reached } = desk(personFor(name));
    expect(callNamed(name).input.safeParse(input).success).toBe(true);
    await ask(name, input);
    expect(reached).toHaveLength(1);
    const refused: unknown[] = [
      null,
      undefined,
      "text",
      7,
      [],
      [input],
      { ...(input as object), unheardOf: 1 },
      { ...(input as object), __proto__: { a: 1 }, constructor: 1 },
      { ...(input as object), padding: "x".repeat(2_000_000) },
      "x".repeat(2_000_000),
      new Map(),
      new Date(),
      () => 1,
    ];
    for (const one of refused) expect(codeOf(await ask(name, one))).toBe("input-invalid");
    expect(reached).toHaveLength(1);
  });

  it("has only closed objects and limited texts in its input", () => {
    expect(looseParts(jsonSchemaOf(callNamed(name).input, "input"))).toEqual([]);
  });

  it("is refused to every frame but our own page, before anything is looked at", async () => {
    const { ask, reached } = desk(personFor(name));
    const result = await ask(name, input, false);
    expect(codeOf(result)).toBe("sender-refused");
    expect(reached).toEqual([]);
  });

  it("is refused to whoever may not make it, with the reason", async () => {
    const { access } = callNamed(name);
    const without = { choose: "ok", "sign-in": "ok", locked: "ok", viewer: "ok" };
    if (access !== "anyone") without.choose = "sign-in-needed";
    if (access !== "anyone" && access !== "workspace")
      Object.assign(without, { "sign-in": "sign-in-needed", locked: "locked" });
    if (typeof access !== "string") without.viewer = access.includes("viewer") ? "ok" : "not-allowed";
    const output = sampleOf(jsonSchemaOf(callNamed(name).output, "output"));
    const seen = {
      choose: codeOf(await desk({ phase: "choose", person: undefined }, () => output).ask(name, input)),
      "sign-in": codeOf(await desk({ phase: "sign-in", person: undefined }, () => output).ask(name, input)),
      locked: codeOf(await desk({ phase: "locked", person: administrator }, () => output).ask(name, input)),
      viewer: codeOf(
        await desk({ phase: "open", person: { ...administrator, role: "viewer" } }, () => output).ask(name, input),
      ),
    };
    expect(seen).toEqual(without);
  });

  it("lets out only what the contract names, whatever its handler returns", async () => {
    const planted = { clientSecret: "PLANTED", accountNumber: "PLANTED", __debug: { token: "PLANTED" } };
    const schema = jsonSchemaOf(callNamed(name).output, "output");
    const answer = (output: unknown) => desk(personFor(name), () => output).ask(name, input);
    expect(codeOf(await answer(sampleOf(schema)))).toBe("ok");
    const output = sampleOf(schema, planted);
    expect(JSON.stringify(output)).toContain("PLANTED");
    const result = await answer(output);
    expect(["ok", "internal"]).toContain(codeOf(result));
    expect(JSON.stringify(result)).not.toContain("PLANTED");
  });

  it("answers anything with a well-formed result and never throws", async () => {
    const errors = [
      new Error("boom 4444333322221111 client_secret=hunter2"),
      new VostroFailure("not-found", "Gone."),
      "text",
      null,
      undefined,
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.anything(), fc.constant(input)),
        fc.constantFrom(...errors),
        async (anything, error) => {
          const { ask, reached } = desk(personFor(name), () => {
            throw error;
          });
          const result = await ask(name, anything);
          expect(result.ok).toBe(false);
          if (!result.ok) expect(failureSchema.safeParse(result.failure).success).toBe(true);
          expect(JSON.stringify(result)).not.toMatch(/boom|hunter2|4444333322221111/u);
          if (reached.length > 0) expect(callNamed(name).input.safeParse(anything).success).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("is noted in the audit trail when it writes, refused or done", async () => {
    const output = sampleOf(jsonSchemaOf(callNamed(name).output, "output"));
    const { ask, noted } = desk(personFor(name), () => output);
    await ask(name, input);
    await ask(name, null);
    await ask(name, input, false);
    const expected =
      callNamed(name).kind === "command"
        ? [`${name} was done.`, `${name} was not done: input-invalid.`, `${name} was not done: sender-refused.`]
        : [];
    expect(noted.map(({ summary }) => summary)).toEqual(expected);
  });
});

describe("a failing service", () => {
  it("is told in words with its fields; an unforeseen error only by its number", async () => {
    const fields = [{ path: "name", message: "Taken." }];
    const told = await desk(everywhere, () => {
      throw new VostroFailure("conflict", "It moved.", { retryable: true, fields, retryAfterMs: 5 });
    }).ask("workspace.lock", {});
    expect(told).toEqual({
      ok: false,
      failure: {
        code: "conflict",
        message: "It moved.",
        retryable: true,
        correlationId: "correlation-1",
        fields,
        retryAfterMs: 5,
      },
    });
    const unforeseen = await desk(everywhere, () => Promise.reject(new TypeError("x is undefined"))).ask(
      "workspace.lock",
      {},
    );
    expect(unforeseen).toMatchObject({
      failure: { code: "internal", message: expect.not.stringContaining("undefined") },
    });
  });

  it("fails as internal when its answer is not what the contract says", async () => {
    const result = await desk(everywhere, () => ({ idleLockMinutes: "ten" })).ask("workspace.settings", {});
    expect(codeOf(result)).toBe("internal");
  });

  it.each([
    ["locked", { phase: "locked", person: administrator }],
    ["left", { phase: "choose", person: undefined }],
    ["somebody else's", { phase: "open", person: { ...administrator, id: 3 as Person["id"] } }],
  ] as const)("is not handed to a page that is %s by the time it comes", async (_now, session) => {
    const now: { session: Session } = { session: everywhere };
    const noted: string[] = [];
    const ask = (name: CallName, input: unknown, answer: unknown) => {
      now.session = everywhere;
      return answerCall(name, true, input, {
        handler: () => () => {
          now.session = session;
          return answer;
        },
        session: () => now.session,
        newCorrelationId: () => "correlation-1",
        beginAudit: () => (call) => void noted.push(call.summary),
        log: silentLog,
      });
    };
    const steps = [{ step: "reachable", verdict: "yes", sentence: "Reachable: yes, 3 ms." }];
    const late = await ask("connections.test", { id: 1 }, steps);
    expect(codeOf(late)).toBe("locked");
    expect(JSON.stringify(late)).not.toContain("Reachable");
    expect(noted).toEqual(["connections.test was done."]);
    expect(codeOf(await ask("workspace.lock", {}, {}))).toBe("ok");
  });

  it("says which role is needed", async () => {
    const viewer: Session = { phase: "open", person: { ...administrator, role: "viewer" } };
    const result = await desk(viewer).ask("changes.send", { id: 1, revision: 1 });
    expect(result).toMatchObject({
      failure: { message: "A maker or an administrator may do this. You are signed in as a viewer." },
    });
  });
});
