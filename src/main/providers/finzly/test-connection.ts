import type { TestStep } from "@contract";
import { VostroFailure } from "../../core/failures.ts";
import type { HttpAnswer } from "../../http/client.ts";
import { HttpFailure } from "../../http/http-failure.ts";
import type { FinzlyParts } from "./client.ts";
import { readFailureOfHttp } from "../outcomes.ts";
import type { TokenSource, TokenTrouble } from "../token-source.ts";
import { readEnvelope } from "./outcomes.ts";
import { createFinzlyTokens } from "./token-source.ts";

type Base = { readonly origin: string; readonly path: string; readonly loopback: boolean };
type Verdict = TestStep["verdict"];

const step = (name: TestStep["step"], verdict: Verdict, sentence: string): TestStep => ({
  step: name,
  verdict,
  sentence,
});
const notTried = (name: TestStep["step"], why: string): TestStep => step(name, "not-tried", why);

interface Reached {
  readonly steps: readonly TestStep[];
  readonly goOn: boolean;
}

/** Once more after a reset: a connection kept open from earlier may have died meanwhile. */
async function sendTwice(send: () => Promise<HttpAnswer>): Promise<HttpAnswer> {
  try {
    return await send();
  } catch (error) {
    if (error instanceof HttpFailure && error.kind === "reset") return send();
    throw error;
  }
}

/** A request without sign-in: whatever the host answers, it was reached and its certificate was accepted. */
async function reach({ http, connection }: FinzlyParts, base: Base, signal: AbortSignal): Promise<Reached> {
  const host = new URL(base.origin).host;
  const certificateFine = base.origin.startsWith("https:")
    ? step("certificate", "yes", "The certificate is trusted.")
    : notTried("certificate", "Not needed: the address is on this computer (http).");
  try {
    const path = `${base.path}/v2/customers`;
    const ask = { method: "GET", origin: base.origin, path, headers: {}, signal } as const;
    const { elapsedMs } = await sendTwice(() => http.send(ask));
    return {
      steps: [step("reachable", "yes", `Reachable: yes, ${Math.round(elapsedMs)} ms.`), certificateFine],
      goOn: true,
    };
  } catch (error) {
    if (!(error instanceof HttpFailure)) throw error;
    if (error.kind === "certificate") {
      const steps = [
        step("reachable", "yes", `Reachable: yes, ${host} answers.`),
        step("certificate", "no", error.message),
      ];
      return { steps, goOn: false };
    }
    const after = error.phase === "after-send";
    const words = after ? `${host} took our connection but gave no usable answer.` : error.message;
    const second = after ? certificateFine : notTried("certificate", "Not tried: no connection was made.");
    return {
      steps: [step("reachable", "no", `Reachable: no. ${words}`), second],
      goOn: after && connection.tokenUrl !== "",
    };
  }
}

function signInStep(trouble: TokenTrouble | undefined): TestStep {
  if (trouble === undefined) return step("sign-in", "yes", "Finzly accepted our sign-in.");
  const words = trouble.message.replace(" Nothing was sent.", "");
  const refused = trouble.kind === "not-sent" && trouble.reason === "sign-in";
  return step("sign-in", "no", refused ? words : `The sign-in could not be tried to the end. ${words}`);
}

async function readingStep(
  { http, clock, connection }: FinzlyParts,
  base: Base,
  tokens: TokenSource,
  signal: AbortSignal,
): Promise<TestStep> {
  if (!connection.canRead) return notTried("reading", "This connection is set up for changes only.");
  const headers = { accept: "application/json", authorization: `Bearer ${tokens.current() ?? ""}` };
  try {
    const path = `${base.path}/v2/customers?page=1&limit=1`;
    const envelope = readEnvelope(
      await http.send({ method: "GET", origin: base.origin, path, headers, signal }),
      clock.nowMs(),
    );
    const total = envelope.pagination?.totalRecords;
    const many = typeof total === "string" && /^\d+$/u.test(total) ? ` Finzly lists ${total} customers.` : "";
    return step("reading", "yes", `Reading is allowed.${many}`);
  } catch (error) {
    if (error instanceof HttpFailure) return step("reading", "no", readFailureOfHttp("Finzly", error, connection).message);
    if (!(error instanceof VostroFailure)) throw error;
    if (error.code !== "not-found") return step("reading", "no", error.message);
    return step("reading", "no", "Reading is not offered at this address (404). Set the connection to changes only.");
  }
}

/**
 * Tries a connection and says in words what works: reachable, certificate, sign-in, reading. Exactly one sign-in,
 * with a token of its own, and no retry: a refused secret is offered once.
 */
export async function testConnection(parts: FinzlyParts, base: Base, signal: AbortSignal): Promise<TestStep[]> {
  const reached = await reach(parts, base, signal);
  if (!reached.goOn) {
    const why = "Not tried: there is no trusted connection.";
    return [...reached.steps, notTried("sign-in", why), notTried("reading", why)];
  }
  const tokens = createFinzlyTokens(parts);
  try {
    const trouble = await tokens.ensure(signal);
    const certificate = trouble?.kind === "not-sent" && trouble.reason === "certificate";
    const steps = certificate ? reached.steps.filter((done) => done.step !== "certificate") : reached.steps;
    const refusedCertificate = certificate
      ? [step("certificate", "no", trouble.message.replace(" Nothing was sent.", ""))]
      : [];
    const reading =
      trouble === undefined
        ? await readingStep(parts, base, tokens, signal)
        : notTried("reading", "Not tried: there is no sign-in.");
    return [...steps, ...refusedCertificate, signInStep(trouble), reading];
  } finally {
    tokens.close();
  }
}
