import type { TestStep } from "@contract";
import { VostroFailure } from "../../core/failures.ts";
import { HttpFailure } from "../../http/http-failure.ts";
import { readFailureOfHttp } from "../outcomes.ts";
import { readDocument } from "./outcomes.ts";
import { mediaTypeOf, wireOf, type FinicityParts } from "./parts.ts";
import { customersPath } from "./paths.ts";
import type { FinicityTokens } from "./token-source.ts";
import { customersOf } from "./wire.ts";

const step = (name: TestStep["step"], verdict: TestStep["verdict"], sentence: string): TestStep => ({
  step: name,
  verdict,
  sentence,
});
const notTried = (name: TestStep["step"], why: string): TestStep => step(name, "not-tried", why);

/** A request without key and token: whatever the host answers, it was reached; it counts as no authentication. */
async function reach({ base, http }: FinicityParts, signal: AbortSignal): Promise<TestStep[]> {
  const fine = base.origin.startsWith("https:")
    ? step("certificate", "yes", "The certificate is trusted.")
    : notTried("certificate", "Not needed: the address is on this computer (http).");
  try {
    const path = `${base.path}${customersPath}`;
    const { elapsedMs } = await http.send({ method: "GET", origin: base.origin, path, headers: {}, signal });
    return [step("reachable", "yes", `Reachable: yes, ${Math.round(elapsedMs)} ms.`), fine];
  } catch (error) {
    if (!(error instanceof HttpFailure)) throw error;
    if (error.kind === "certificate") {
      const { host } = new URL(base.origin);
      return [step("reachable", "yes", `Reachable: yes, ${host} answers.`), step("certificate", "no", error.message)];
    }
    const why = notTried("certificate", "Not tried: no connection was made.");
    return [step("reachable", "no", `Reachable: no. ${error.message}`), why];
  }
}

async function read(parts: FinicityParts, token: string, signal: AbortSignal): Promise<TestStep> {
  const { base, clock, connection, credentials, http } = parts;
  const headers = {
    accept: mediaTypeOf(wireOf(connection)),
    "finicity-app-key": credentials.appKey,
    "finicity-app-token": token,
  };
  try {
    const path = `${base.path}${customersPath}?start=1&limit=1`;
    const answer = await http.send({ method: "GET", origin: base.origin, path, headers, signal });
    const { total } = readDocument(answer, clock.nowMs(), customersOf);
    return step("reading", "yes", `Reading is allowed.${total === undefined ? "" : ` Finicity lists ${total} customers.`}`);
  } catch (error) {
    if (error instanceof HttpFailure) return step("reading", "no", readFailureOfHttp("Finicity", error, connection).message);
    if (error instanceof VostroFailure) return step("reading", "no", error.message);
    throw error;
  }
}

/**
 * Tries a connection and says in words what works. At most one authentication, by the connection's own token source:
 * refused credentials are not offered again, because five failures lock the partner at Finicity.
 */
export async function testFinicity(
  parts: FinicityParts,
  tokens: FinicityTokens,
  signal: AbortSignal,
): Promise<TestStep[]> {
  const reached = await reach(parts, signal);
  const unread = notTried("reading", "Not tried: there is no sign-in.");
  if (reached.some(({ verdict }) => verdict === "no")) {
    const why = "Not tried: there is no trusted connection.";
    return [...reached, notTried("sign-in", why), notTried("reading", why)];
  }
  if (tokens.isResting()) {
    const why =
      "Not tried: Finicity refused these credentials, and five failures lock the partner there. Replace them first.";
    return [...reached, notTried("sign-in", why), unread];
  }
  tokens.forget();
  const trouble = await tokens.ensure(signal);
  if (trouble !== undefined) {
    const words = trouble.message.replace(" Nothing was sent.", "");
    const refused = trouble.kind === "not-sent" && trouble.reason === "sign-in";
    const sentence = refused ? words : `The sign-in could not be tried to the end. ${words}`;
    return [...reached, step("sign-in", "no", sentence), unread];
  }
  const signedIn = step("sign-in", "yes", "Finicity accepted our sign-in.");
  return [...reached, signedIn, await read(parts, tokens.current() ?? "", signal)];
}
