import { afterEach, describe, expect, it } from "vitest";
import { never, partner, startFinicityRig, type FinicityRig } from "./finicity-rig.ts";

const endings: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of endings.splice(0)) await end();
});
async function rigOf(...given: Parameters<typeof startFinicityRig>): Promise<FinicityRig> {
  const rig = await startFinicityRig(...given);
  endings.push(rig.close);
  return rig;
}
const minutes = 60_000;

describe("signing in at Finicity", () => {
  it.each(["json", "xml"] as const)("works in %s, one authentication for twenty callers at once", async (wire) => {
    const rig = await rigOf({ connection: { wire } });
    const answers = await Promise.all(Array.from({ length: 20 }, () => rig.provider.signIn(never)));
    expect(answers.every((answer) => answer === undefined)).toBe(true);
    expect(rig.tokenFetches()).toBe(1);
  });

  it("renews a token after ninety minutes by the monotonic clock, and not before", async () => {
    const rig = await rigOf();
    await rig.provider.signIn(never);
    rig.clock.forward(89 * minutes);
    await rig.provider.signIn(never);
    expect(rig.tokenFetches()).toBe(1);
    rig.clock.forward(2 * minutes);
    await rig.provider.signIn(never);
    expect(rig.tokenFetches()).toBe(2);
  });

  it("goes on with a living token while its renewal fails, and stops when it is dead", async () => {
    const rig = await rigOf();
    await rig.provider.signIn(never);
    rig.simulator.faults.set({ route: "token", kind: "unavailable", times: "always" });
    rig.clock.forward(95 * minutes);
    expect(await rig.provider.signIn(never)).toBeUndefined();
    rig.clock.forward(26 * minutes);
    expect(await rig.provider.signIn(never)).toMatchObject({ kind: "busy" });
  });

  it("fetches one token more when the provider says the token is invalid or expired, and reads on", async () => {
    const rig = await rigOf();
    await rig.provider.readRecords("41442", never);
    rig.simulator.expireTokens();
    expect(await rig.provider.readRecords("41442", never)).not.toHaveLength(0);
    expect(rig.tokenFetches()).toBe(2);
  });
});

describe("refused credentials", () => {
  it.each([{ partnerSecret: "wrong" }, { partnerId: "wrong" }, { appKey: "wrong" }])(
    "%o are offered exactly once, whoever asks and however often",
    async (secrets) => {
      const rig = await rigOf({ secrets });
      const asked = await Promise.allSettled([
        rig.provider.signIn(never),
        rig.provider.readRecords("41442", never),
        rig.provider.readCustomers(1, never),
        rig.provider.refresh({ scope: "customer", customerId: "41442" }, never),
      ]);
      expect(asked.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "rejected", "fulfilled"]);
      await expect(rig.provider.readRecords("41442", never)).rejects.toMatchObject({ code: "sign-in-needed" });
      expect(await rig.provider.signIn(never)).toMatchObject({ kind: "not-sent", reason: "sign-in" });
      const steps = await rig.provider.test(never);
      expect(steps.find(({ step }) => step === "sign-in")).toMatchObject({ verdict: "not-tried" });
      rig.clock.forward(24 * 60 * minutes);
      rig.provider.forgetToken();
      expect(await rig.provider.signIn(never)).toMatchObject({ reason: "sign-in" });
      expect(rig.tokenFetches()).toBe(1);
      expect(rig.refusals).toHaveLength(1);
    },
  );

  it("stay resting over a restart: the connection is known as refused", async () => {
    const rig = await rigOf({ connection: { state: "sign-in-refused" } });
    expect(await rig.provider.signIn(never)).toMatchObject({ reason: "sign-in" });
    expect(rig.tokenFetches()).toBe(0);
  });

  it("are told apart from trouble on the way, which may be tried again", async () => {
    const rig = await rigOf();
    rig.simulator.faults.set({ route: "token", kind: "server-error", times: 1 });
    expect(await rig.provider.signIn(never)).toMatchObject({ kind: "not-sent", reason: "sign-in-down" });
    expect(await rig.provider.signIn(never)).toBeUndefined();
    expect(rig.refusals).toEqual([]);
  });

  it("leave no secret in the log or in a message", async () => {
    const rig = await rigOf({ secrets: { partnerSecret: "wrong-secret-value" } });
    await rig.provider.readRecords("41442", never).catch((error: unknown) => rig.logged.push(String(error)));
    expect(JSON.stringify([rig.logged, rig.refusals])).not.toMatch(/wrong-secret-value|training-partner|training-app-key/u);
    expect(partner.appKey).toBe("training-app-key");
  });
});

describe("Test connection", () => {
  it("says in words that everything works, with one authentication", async () => {
    const rig = await rigOf();
    const steps = await rig.provider.test(never);
    expect(steps.map(({ verdict }) => verdict)).toEqual(["yes", "not-tried", "yes", "yes"]);
    expect(steps.at(-1)?.sentence).toBe("Reading is allowed. Finicity lists 50 customers.");
    expect(rig.tokenFetches()).toBe(1);
  });

  it("says that nothing answers", async () => {
    const rig = await rigOf();
    await rig.simulator.close();
    const steps = await rig.provider.test(never);
    expect(steps.map(({ verdict }) => verdict)).toEqual(["no", "not-tried", "not-tried", "not-tried"]);
  });
});
