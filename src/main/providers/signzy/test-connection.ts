import type { TestStep } from "@contract";
import { VostroFailure } from "../../core/failures.ts";
import { HttpFailure } from "../../http/http-failure.ts";
import { jsonOf } from "../../http/json-answer.ts";
import { signzyHeaders, type SignzyParts } from "./parts.ts";

const step = (name: TestStep["step"], verdict: TestStep["verdict"], sentence: string): TestStep => ({
  step: name,
  verdict,
  sentence,
});
const notTried = (name: TestStep["step"], why: string): TestStep => step(name, "not-tried", why);

/** No customer has this id: asking for it tells whether sign-in and reading work, and reads nothing. */
const nobody = "0";

async function reach({ http, origin, accountsPath: path }: SignzyParts, signal: AbortSignal): Promise<TestStep[]> {
  const host = new URL(origin).host;
  const fine = origin.startsWith("https:")
    ? step("certificate", "yes", "The certificate is trusted.")
    : notTried("certificate", "Not needed: the address is on this computer (http).");
  try {
    const { elapsedMs } = await http.send({ method: "GET", origin, path, headers: {}, signal });
    return [step("reachable", "yes", `Reachable: yes, ${Math.round(elapsedMs)} ms.`), fine];
  } catch (error) {
    if (!(error instanceof HttpFailure)) throw error;
    if (error.kind === "certificate")
      return [step("reachable", "yes", `Reachable: yes, ${host} answers.`), step("certificate", "no", error.message)];
    const why = notTried("certificate", "Not tried: no connection was made.");
    return [step("reachable", "no", `Reachable: no. ${error.message}`), why];
  }
}

function judged(status: number, isJson: boolean): TestStep[] {
  if (status === 401)
    return [
      step("sign-in", "no", "Signzy did not accept our sign-in (401)."),
      notTried("reading", "Not tried: there is no sign-in."),
    ];
  const signedIn = step("sign-in", "yes", "Signzy accepted our sign-in.");
  if (status === 200 || ((status === 404 || status === 400 || status === 422) && isJson))
    return [signedIn, step("reading", "yes", "Reading is allowed.")];
  if (status === 404 || status === 405) {
    const unknown = notTried("sign-in", "Not tried to the end: nothing is at the accounts path.");
    return [unknown, step("reading", "no", `Nothing is at the accounts path (${status}). Check the path.`)];
  }
  if (status >= 500 || status === 429 || status === 408) {
    const unknown = step("sign-in", "no", `The sign-in could not be tried to the end. Signzy failed (${status}).`);
    return [unknown, notTried("reading", "Not tried: there is no sign-in.")];
  }
  return [signedIn, step("reading", "no", `Signzy does not allow reading (${status}).`)];
}

async function signInAndRead(parts: SignzyParts, signal: AbortSignal): Promise<TestStep[]> {
  const { http, origin, accountsPath: path, signIn } = parts;
  try {
    signIn.tryAgain();
    const token = await signIn.token(signal);
    const body = JSON.stringify({ customerId: nobody });
    const answer = await http.send({ method: "POST", origin, path, headers: signzyHeaders(token), body, signal });
    if (answer.status === 401) signIn.refused(token);
    return judged(answer.status, jsonOf(answer).ok);
  } catch (error) {
    if (!(error instanceof VostroFailure || error instanceof HttpFailure)) throw error;
    const words = error.message.replace(" Nothing was sent.", "");
    const refused = error instanceof VostroFailure && error.code === "sign-in-needed";
    return [
      step("sign-in", "no", refused ? words : `The sign-in could not be tried to the end. ${words}`),
      notTried("reading", "Not tried: there is no sign-in."),
    ];
  }
}

/** Tries a connection and says in words what works. At most one login, no retry; no customer's data is asked for. */
export async function testSignzy(parts: SignzyParts, signal: AbortSignal): Promise<TestStep[]> {
  const reached = await reach(parts, signal);
  if (reached.every(({ verdict }) => verdict !== "no")) return [...reached, ...(await signInAndRead(parts, signal))];
  const why = "Not tried: there is no trusted connection.";
  return [...reached, notTried("sign-in", why), notTried("reading", why)];
}
