import { describe, expect, it } from "vitest";
import { customer, login, never, printed, startRig, token } from "./rig.ts";

const read = (rig: Awaited<ReturnType<typeof startRig>>) => rig.provider.readRecords(printed.customerId, never);

describe("signing in to Signzy", () => {
  it("sends an account manager's token raw and never logs in", async () => {
    const rig = await startRig({ simulator: { signIn: "static-token" } });
    expect((await read(rig)).length).toBeGreaterThan(0);
    expect(rig.count("login")).toBe(0);
  });

  it("logs in once for many who read at the same time, and renews before the token ends", async () => {
    const rig = await startRig({ simulator: { signIn: "login", tokenLifetimeS: 100 }, credentials: login });
    await Promise.all([read(rig), read(rig), read(rig), read(rig)]);
    expect(rig.count("login")).toBe(1);
    rig.forward(80_000);
    await read(rig);
    expect(rig.count("login")).toBe(1);
    rig.forward(11_000);
    await read(rig);
    expect(rig.count("login")).toBe(2);
  });

  it("logs in once more when a read finds its token ended", async () => {
    const rig = await startRig({ simulator: { signIn: "login" }, credentials: login });
    await read(rig);
    rig.simulator.expireTokens();
    expect((await read(rig)).length).toBeGreaterThan(0);
    expect(rig.count("login")).toBe(2);
  });

  it("offers refused credentials exactly once, whoever asks again, until a person tests them", async () => {
    const credentials = { ...login, password: "wrong" } as const;
    const rig = await startRig({ simulator: { signIn: "login" }, credentials });
    const refused = { code: "sign-in-needed", message: expect.stringContaining("did not accept our sign-in (401)") };
    await expect(read(rig)).rejects.toMatchObject(refused);
    await expect(read(rig)).rejects.toMatchObject(refused);
    expect(await rig.provider.refresh(customer, never)).toMatchObject({ kind: "not-sent", reason: "sign-in" });
    expect([rig.simulator.failedLogins(), rig.count("refresh")]).toEqual([1, 0]);
    const steps = await rig.provider.test(never);
    expect(steps.find(({ step }) => step === "sign-in")).toMatchObject({ verdict: "no" });
    expect(rig.simulator.failedLogins()).toBe(2);
  });

  it("offers a refused token once", async () => {
    const rig = await startRig({ credentials: { kind: "token", token: "old" } });
    await expect(read(rig)).rejects.toMatchObject({ code: "sign-in-needed" });
    await expect(read(rig)).rejects.toMatchObject({ code: "sign-in-needed" });
    expect([rig.count("accounts"), rig.count("login")]).toEqual([1, 0]);
  });

  it("posts a refresh once when its token has ended, and says that nothing was refreshed", async () => {
    const rig = await startRig({ simulator: { signIn: "login" }, credentials: login });
    await read(rig);
    rig.simulator.expireTokens();
    const answer = await rig.provider.refresh(customer, never);
    expect(answer).toMatchObject({ kind: "refused", httpStatus: 401 });
    expect(rig.simulator.refreshPosts()).toBe(1);
    expect(await rig.provider.refresh(customer, never)).toMatchObject({ kind: "answered" });
  });

  it.each(["production", "pre-production"] as const)("reads in %s with its own token only", async (environment) => {
    const other = environment === "production" ? "pre-production" : "production";
    const right = await startRig({
      simulator: { environment },
      credentials: { kind: "token", token: `training-${environment}-token` },
    });
    expect((await read(right)).length).toBeGreaterThan(0);
    const wrong = await startRig({
      simulator: { environment },
      credentials: { kind: "token", token: `training-${other}-token` },
    });
    await expect(read(wrong)).rejects.toMatchObject({ code: "sign-in-needed" });
  });

  it("says in words what works, and asks for no customer", async () => {
    const fine = await startRig();
    expect((await fine.provider.test(never)).map(({ verdict }) => verdict)).toEqual(["yes", "not-tried", "yes", "yes"]);
    const elsewhere = await startRig({ settings: { accountsPath: "bank_connect/customer_accounts" } });
    expect((await elsewhere.provider.test(never)).at(-1)).toMatchObject({
      step: "reading",
      verdict: "no",
      sentence: "Nothing is at the accounts path (404). Check the path.",
    });
    const nobody = await startRig();
    await nobody.simulator.close();
    expect((await nobody.provider.test(never)).map(({ verdict }) => verdict))
      .toEqual(["no", "not-tried", "not-tried", "not-tried"]);
  });

  it("writes nothing of a token or a password to the log", async () => {
    const rig = await startRig({ simulator: { signIn: "login" }, credentials: login });
    await rig.provider.refresh(customer, never);
    expect(rig.logged.length).toBeGreaterThan(0);
    expect(rig.logged.join("\n")).not.toMatch(/training-|password|authorization/iu);
    expect(token).toBeDefined();
  });
});
