import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { memoryHolds } from "../support/page-memory.ts";
import { goTo, goToSettings, startTraining, type StartedApp } from "../support/signed-in.ts";

let started: StartedApp;
beforeAll(async () => {
  started = await startTraining();
});
afterAll(async () => {
  await started.end();
});

const passphrase = "harbour lantern quiet meadow";

describe("locking", () => {
  it("takes everything decrypted off the page, names who locked, and comes back with the passphrase only", async () => {
    const { page } = started;
    await goToSettings(page, "Connections");
    await page.getByText("/api/openbanking").waitFor();
    await goTo(page, "Log");
    await page.getByRole("grid", { name: "Log" }).getByText("Maya Lindqvist signed in.").waitFor();
    const decrypted = ["Added the built-in connection Training Finzly", "/auth/realms/TRAINING"];
    const held = () => memoryHolds(page, decrypted);
    expect(await held()).toEqual([true, true]);
    await page.keyboard.press("Control+Shift+L");

    await page.getByRole("heading", { name: "Training is locked" }).waitFor();
    await page.getByText("Locked for Maya Lindqvist").waitFor();
    const words = await page.locator("body").innerText();
    expect(words).not.toContain("signed in.");
    expect(await page.getByRole("grid").count()).toBe(0);

    await vi.waitFor(async () => expect(await held()).toEqual([false, false]), { timeout: 20_000, interval: 500 });

    const refused = await page.evaluate(async () => {
      const answer = await globalThis.window.vostro.calls["audit.page"]({ limit: 10 });
      return answer.ok ? "answered" : answer.failure.code;
    });
    expect(refused).toBe("locked");

    await page.getByLabel("Passphrase of Maya Lindqvist").fill("something else");
    await page.getByRole("button", { name: "Unlock", exact: true }).click();
    await page
      .getByText(/passphrase is not right/iu)
      .first()
      .waitFor();
    await page.getByLabel("Passphrase of Maya Lindqvist").fill(passphrase);
    await page.keyboard.press("Enter");
    await page.getByRole("navigation", { name: "Main" }).waitFor();
  });

  it("can be asked for from the palette, and signing out leads to the people", async () => {
    const { page } = started;
    await page.keyboard.press("Control+k");
    await page.getByRole("dialog", { name: "Command palette" }).waitFor();
    await page.keyboard.type("lock now");
    await page.getByRole("option", { name: /^Lock now/u }).waitFor();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Training is locked" }).waitFor();
    await page.getByRole("button", { name: "Sign out Maya Lindqvist" }).click();
    await page.getByRole("heading", { name: "Sign in to Training" }).waitFor();
  });

  it("makes the wait grow after five wrong passphrases and says how long it is", async () => {
    const { page } = started;
    for (let attempt = 0; attempt < 5; attempt += 1) {
      await page.getByLabel("Passphrase of Maya Lindqvist").fill(`wrong ${String(attempt)}`);
      await page.keyboard.press("Enter");
      await page
        .getByText(/not right|Wait \d+ s/u)
        .first()
        .waitFor();
      await page.waitForFunction(
        () => (document.querySelector("input[type=password]") as HTMLInputElement | null)?.value === "",
      );
    }
    await page.getByText(/Wait \d+ s before the next one/u).waitFor();
    expect(await page.getByRole("button", { name: "Sign in as Maya Lindqvist" }).isDisabled()).toBe(true);
    await page.getByRole("button", { name: /^Tomas Okafor/u }).click();
    expect(await page.getByRole("button", { name: "Sign in as Tomas Okafor" }).isEnabled()).toBe(true);
  });

  it("lets an administrator set the idle time, and locks once nobody touched the computer as long", async () => {
    const { page, app } = started;
    await page.getByRole("button", { name: /^Tomas Okafor/u }).click();
    await page.getByRole("button", { name: "Fill in" }).click();
    await page.getByRole("button", { name: "Sign in as Tomas Okafor" }).click();
    await goToSettings(page, "General");
    await page.getByLabel("Lock when idle for").fill("500");
    await page.keyboard.press("Enter");
    await page.getByText("A whole number of minutes from 1 to 120.").waitFor();
    await page.getByLabel("Lock when idle for").fill("25");
    await page.keyboard.press("Enter");
    await page.waitForFunction(async () => {
      const answer = await globalThis.window.vostro.calls["workspace.settings"]({});
      return answer.ok && answer.value.idleLockMinutes === 25;
    });
    if (app.host === undefined) return;
    await app.host.idleSeconds(25 * 60);
    await page.getByText("Locked for Tomas Okafor").waitFor();
  });
});
