import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Page } from "playwright-core";
import { goToSettings, startTraining, type StartedApp } from "../support/signed-in.ts";

let started: StartedApp;
beforeAll(async () => {
  started = await startTraining();
  await goToSettings(started.page, "Training");
});
afterAll(async () => {
  await started.end();
});

async function choose(page: Page, field: string, option: RegExp): Promise<void> {
  await page.getByRole("button", { name: new RegExp(`${field}$`, "u") }).click();
  await page.getByRole("option", { name: option }).first().click();
}

const testsConnection = async (page: Page): Promise<string> => {
  await goToSettings(page, "Connections");
  const card = page.getByRole("region", { name: "Training Finzly" });
  await card.getByRole("button", { name: "Test connection" }).click();
  await card.getByText("Sign-in accepted?").waitFor();
  return await card.locator(".test-steps").innerText();
};

describe("the Training panel", () => {
  it("says what is missing before it switches anything on", async () => {
    const { page } = started;
    await page.getByRole("button", { name: "Switch the fault on" }).click();
    await page.getByText("Choose the route that shall fail.").waitFor();
  });

  it("switches a fault on that the connection test then meets, counts it, and clears it", async () => {
    const { page } = started;
    await choose(page, "Route", /^Sign-in$/u);
    await choose(page, "Fault", /^503/u);
    await page.getByText("Says it is out of service; nothing is applied.").first().waitFor();
    await page.getByText("Until cleared").first().click();
    await page.getByRole("button", { name: "Switch the fault on" }).click();
    const active = page.getByRole("listitem").filter({ hasText: "503, out of service" });
    await active.waitFor();
    expect(await active.innerText()).toContain("until cleared, met 0 requests");

    const refused = await testsConnection(page);
    expect(refused).toMatch(/Sign-in accepted\?\s+No/u);

    await goToSettings(page, "Training");
    await active.filter({ hasText: /met [1-9]/u }).waitFor();
    await page.getByRole("row").filter({ hasText: "503" }).first().waitFor();
    await active.getByRole("button", { name: /^Clear/u }).click();
    await page.getByText("None. The simulated Finzly answers as it should.").waitFor();
    expect(await testsConnection(page)).toMatch(/Sign-in accepted\?\s+Yes/u);
  });

  it("ends all tokens on request", async () => {
    const { page } = started;
    await goToSettings(page, "Training");
    await page.getByRole("button", { name: "End all tokens now" }).click();
    await page.getByText("Every token of the simulated Finzly has ended.").waitFor({ state: "attached" });
  });
});
