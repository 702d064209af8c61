import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { createAggregator, type Aggregator } from "../../src/main/training/aggregator/index.ts";
import { startFinzlySimulator, type FinzlySimulator } from "../../src/main/training/finzly/index.ts";
import { startSignzySimulator, type SignzySimulator } from "../../src/main/training/signzy/index.ts";
import { axeFindingsInBothThemes } from "../support/axe.ts";
import { liveDesk, type Desk } from "../support/desk.ts";

const customer = "6018678884";
const account = "5011648377";
let finzly: FinzlySimulator;
let signzy: SignzySimulator;
let aggregator: Aggregator;
let desk: Desk;

beforeAll(async () => {
  finzly = await startFinzlySimulator();
  aggregator = createAggregator({ timeScale: 0.001 });
  signzy = await startSignzySimulator({ aggregator });
  for (const { id } of aggregator.loginsOf(customer)) aggregator.changeLogin(id, { refreshS: 3000, outcomeCode: 0 });
  desk = await liveDesk(finzly);
  await desk.ask("connections.save", {
    provider: "signzy",
    name: "Signzy sandbox",
    environment: "sandbox",
    apiBaseUrl: signzy.origin,
    concurrency: 2,
    requestsPerSecond: 100,
    connectTimeoutMs: 1000,
    headersTimeoutMs: 5000,
    bodyTimeoutMs: 5000,
    settleWindowMs: 0,
    busyRetries: 0,
    canRead: true,
    refreshTimeoutMs: 1000,
    refreshCoolDownMs: 900_000,
    refreshGiveUpMs: 60_000,
    signIn: "static-token",
    refreshPath: "bank-connect/refresh-customer",
    accountsPath: "bank-connect/customer-accounts",
    staticToken: "training-pre-production-token",
  });
});
afterAll(async () => {
  await desk.leave();
  await signzy.close();
  aggregator.close();
  await finzly.close();
});

const balance = (): string => {
  const minor = aggregator.account(customer, account)?.balanceMinor ?? 0;
  return (minor / 100).toFixed(2).replace("-", "\u2212");
};

describe("refreshing a customer with the keyboard only", () => {
  it("goes from the palette through a slow provider to the new balance", async () => {
    const { page } = desk;
    const before = balance();
    await page.keyboard.press("g");
    await page.keyboard.press("r");
    await page.getByText("No customer was refreshed yet.").waitFor();
    expect(await axeFindingsInBothThemes(page)).toEqual([]);
    await page.keyboard.press("Control+k");
    await page.getByRole("option", { name: /Accounts/u }).first().waitFor();
    await page.keyboard.type("Refresh a customer");
    await page.getByRole("option", { name: /Refresh a customer/u }).waitFor();
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog", { name: "Refresh a customer’s accounts" });
    const field = dialog.getByLabel("Customer", { exact: false }).first();
    await field.waitFor();
    await tabTo("customers");
    await page.keyboard.type(customer);
    await page.keyboard.press("Enter");
    await dialog.getByText("Say why this customer is refreshed now.").first().waitFor();
    expect(await axeFindingsInBothThemes(page)).toEqual([]);
    await tabTo("reason");
    await page.keyboard.type("Customer on the phone");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Refresh R-0001" }).waitFor();
    await page.getByText("Still running at the provider").first().waitFor();
    expect(await axeFindingsInBothThemes(page)).toEqual([]);
    await page.getByText("Succeeded", { exact: true }).first().waitFor();
    const row = page.getByRole("table", { name: "Accounts in this refresh" }).getByRole("row", { name: /Super Checking/u });
    await vi.waitFor(async () => expect(await row.innerText()).toContain(balance()), { timeout: 15_000 });
    expect(await row.innerText()).toContain(before);
    expect(balance()).not.toBe(before);
    expect(signzy.refreshPosts()).toBe(1);
    expect(await axeFindingsInBothThemes(page)).toEqual([]);
    await page.getByText(/can be refreshed again after \d\d:\d\d\./u).waitFor();
  });
});

/** Presses Tab until the field of that name has focus. */
async function tabTo(name: string): Promise<void> {
  const { page } = desk;
  for (let presses = 0; presses < 30; presses += 1) {
    const here = await page.evaluate(
      () => document.activeElement?.closest("[data-field]")?.getAttribute("data-field"),
    );
    if (here === name) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab never reached ${name}`);
}
