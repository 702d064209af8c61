import { afterEach, describe, expect, it } from "vitest";
import type { TestStep } from "@contract";
import { pem, plainServer, secureServer, type Ended } from "../http/servers.ts";
import { never, startRig, type Rig } from "./finzly-rig.ts";

const endings: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0).toReversed()) await end();
});
async function rigOf(...given: Parameters<typeof startRig>): Promise<Rig> {
  const rig = await startRig(...given);
  endings.push(rig.close);
  return rig;
}
async function kept<T extends Ended>(made: Promise<T>): Promise<T> {
  const thing = await made;
  endings.push(thing.end);
  return thing;
}

const signIns = (rig: Rig): number => rig.simulator.ledger.entries().filter(({ route }) => route === "token").length;
const verdicts = (steps: readonly TestStep[]) => Object.fromEntries(steps.map((one) => [one.step, one.verdict]));
const sentence = (steps: readonly TestStep[], name: TestStep["step"]): string =>
  steps.find(({ step }) => step === name)?.sentence ?? "";

describe("testing a connection", () => {
  it("says in words that everything works, with one sign-in", async () => {
    const rig = await rigOf();
    const steps = await rig.provider.test(never);
    expect(verdicts(steps)).toEqual({ reachable: "yes", certificate: "not-tried", "sign-in": "yes", reading: "yes" });
    expect(steps[0]?.sentence).toMatch(/^Reachable: yes, \d+ ms\.$/u);
    expect(sentence(steps, "reading")).toContain("40 customers");
    expect(signIns(rig)).toBe(1);
  });

  it("says that nothing listens at the address, and offers the secret to nobody", async () => {
    const gone = await plainServer((_request, response) => response.end());
    await gone.end();
    const rig = await rigOf({ connection: { apiBaseUrl: `${gone.origin}/api` } });
    const steps = await rig.provider.test(never);
    expect(verdicts(steps)).toEqual({
      reachable: "no", certificate: "not-tried", "sign-in": "not-tried", reading: "not-tried",
    });
    expect(sentence(steps, "reachable")).toMatch(/^Reachable: no\. .*127\.0\.0\.1/u);
    expect(signIns(rig)).toBe(0);
  });

  it("names who issued a certificate that is not trusted, and offers the secret to nobody", async () => {
    const server = await kept(secureServer("good", (_request, response) => response.end()));
    const rig = await rigOf({ connection: { apiBaseUrl: `${server.origin}/api` } });
    const steps = await rig.provider.test(never);
    expect(verdicts(steps)).toEqual({
      reachable: "yes", certificate: "no", "sign-in": "not-tried", reading: "not-tried",
    });
    expect(sentence(steps, "certificate")).toMatch(/is not trusted: .*It was issued by Vostro Test Authority\.$/u);
    expect(signIns(rig)).toBe(0);
  });

  it("says the same of the sign-in's own address", async () => {
    let asked = 0;
    const server = await kept(secureServer("self-signed", (_request, response) => {
      asked += 1;
      response.end();
    }));
    const rig = await rigOf({ connection: { tokenUrl: `${server.origin}/token` } });
    const steps = await rig.provider.test(never);
    expect(verdicts(steps)).toEqual({ reachable: "yes", certificate: "no", "sign-in": "no", reading: "not-tried" });
    expect(sentence(steps, "certificate")).toMatch(/Vostro Self Signed \(self-signed certificate\)\.$/u);
    expect(asked).toBe(0);
  });

  it("says that a certificate of an authority it was told of is trusted", async () => {
    const customers = { status: "Success", pagination: { totalRecords: 7 }, data: [] };
    const server = await kept(
      secureServer("good", (_request, response) => {
        response.setHeader("content-type", "application/json").end(JSON.stringify(customers));
      }),
    );
    const rig = await rigOf({ connection: { apiBaseUrl: `${server.origin}/api` }, trusted: [pem("authority")] });
    const steps = await rig.provider.test(never);
    expect(verdicts(steps)).toEqual({ reachable: "yes", certificate: "yes", "sign-in": "yes", reading: "yes" });
    expect(sentence(steps, "reading")).toContain("7 customers");
  });

  it("says that the sign-in was refused, after one try", async () => {
    const rig = await rigOf({ secrets: { clientId: "training-client", clientSecret: "nope" } });
    const steps = await rig.provider.test(never);
    expect(verdicts(steps)).toMatchObject({ reachable: "yes", "sign-in": "no", reading: "not-tried" });
    expect(sentence(steps, "sign-in")).toContain("did not accept our sign-in");
    expect(signIns(rig)).toBe(1);
  });

  it("tells a sign-in that cannot be tried from one that is refused", async () => {
    const rig = await rigOf();
    rig.simulator.faults.set({ route: "token", kind: "unavailable", times: "always" });
    const steps = await rig.provider.test(never);
    expect(verdicts(steps)).toMatchObject({ "sign-in": "no", reading: "not-tried" });
    expect(sentence(steps, "sign-in")).toMatch(/^The sign-in could not be tried to the end\. .*\(503\)\./u);
  });

  it("says that reading is not offered, is not allowed, or was not asked for", async () => {
    const unreadable = await rigOf({ simulator: { readable: false } });
    const steps = await unreadable.provider.test(never);
    expect(verdicts(steps)).toMatchObject({ "sign-in": "yes", reading: "no" });
    expect(sentence(steps, "reading")).toContain("Reading is not offered");
    const forbidden = await rigOf();
    forbidden.simulator.faults.set({ route: "customers.search", kind: "refused-403", times: "always" });
    expect(verdicts(await forbidden.provider.test(never))).toMatchObject({ "sign-in": "yes", reading: "no" });
    const writeOnly = await rigOf({ connection: { canRead: false } });
    expect(verdicts(await writeOnly.provider.test(never))).toMatchObject({ "sign-in": "yes", reading: "not-tried" });
  });
});
