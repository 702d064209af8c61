import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { axeFindingsInBothThemes } from "../support/axe.ts";
import { goTo, goToSettings, startApp, type StartedApp } from "../support/signed-in.ts";

const unlock = "seven herons over slate";
const passphrase = "copper kettle winds north";

let started: StartedApp | undefined;
afterEach(async () => {
  await started?.end([unlock, passphrase]);
  started = undefined;
});

describe("the first start", () => {
  it("offers Training and Live side by side; Training opens with one click and shows the passphrases", async () => {
    started = await startApp();
    const { page, complaints } = started;
    await page.getByRole("region", { name: "Live" }).getByRole("textbox", { name: "Workspace name" }).waitFor();
    await page.getByRole("button", { name: "Start training" }).click();

    await page.getByRole("heading", { name: "Sign in to Training" }).waitFor();
    expect(await page.getByRole("list", { name: "People" }).getByRole("listitem").allInnerTexts()).toEqual([
      expect.stringMatching(/Maya Lindqvist\s+maker/u),
      expect.stringMatching(/Tomas Okafor\s+administrator/u),
    ]);
    await page.getByRole("button", { name: "Tomas Okafor" }).click();
    await page.getByRole("button", { name: "Fill in" }).click();
    await page.keyboard.press("Tab");
    await page.getByRole("button", { name: "Sign in as Tomas Okafor" }).click();

    await page.getByText("Nothing waiting for you.").waitFor();
    const status = await page.getByRole("contentinfo").innerText();
    expect(status).toContain("TRAINING");
    expect(status).toContain("Tomas Okafor, administrator");
    expect(status).toContain("Online");
    expect(status).toContain("Outbox 0");
    expect(status).toContain("Nothing read yet");
    await page.getByText(/Audit trail intact, \d+ entries/u).waitFor();
    expect(await page.getByRole("banner").first().innerText()).toContain("TRAINING");
    expect(complaints).toEqual([]);
  });

  it("leaves a damaged workspace alone and says what to do", async () => {
    started = await startApp({ args: ["--training"] });
    await started.page.getByRole("heading", { name: "Sign in to Training" }).waitFor();
    const { userData } = started;
    await started.app.close();
    const files = readdirSync(join(userData, "workspaces"), { recursive: true, withFileTypes: true });
    const file = files.find((entry) => entry.isFile() && /\.(db|vostro|sqlite)$/u.test(entry.name));
    if (file === undefined) throw new Error(`no workspace file among ${files.map((entry) => entry.name).join(", ")}`);
    const path = join(file.parentPath, file.name);
    const damaged = Buffer.alloc(readFileSync(path).length, 7);
    writeFileSync(path, damaged);

    started = await startApp({ userData, args: ["--training"] });
    const { page } = started;
    await page.getByRole("heading", { name: "What to do" }).waitFor();
    expect(await axeFindingsInBothThemes(page)).toEqual([]);
    const words = await page.locator("main").innerText();
    expect(words).toMatch(/damaged|does not open/u);
    expect(words).toMatch(/left (alone|exactly as it was)/u);
    expect(await page.getByRole("navigation", { name: "Main" }).count()).toBe(0);
    expect(readFileSync(path).equals(damaged)).toBe(true);
    await page.getByRole("button", { name: "Choose another workspace" }).click();
    await page.getByRole("heading", { name: "How do you want to begin?" }).waitFor();
  });

  it("makes no live workspace from weak or different passphrases, and says why beside the field", async () => {
    started = await startApp();
    const { page } = started;
    await page.getByRole("textbox", { name: "Workspace name" }).fill("Halden Bank");
    await page.getByRole("textbox", { name: "First administrator" }).fill("Priya Raman");
    await page.getByLabel("Passphrase", { exact: true }).fill("short");
    await page.getByText("Too short.").first().waitFor();
    await page.getByRole("button", { name: "Make the live workspace" }).click();

    const summary = page.getByRole("alert").filter({ hasText: "Nothing was made yet" });
    await summary.waitFor();
    expect(await summary.evaluate((element) => element === document.activeElement)).toBe(true);
    await summary.getByRole("button").first().click();
    expect(
      await page.getByLabel("Passphrase", { exact: true }).evaluate((field) => field === document.activeElement),
    ).toBe(true);

    await page.getByLabel("Passphrase", { exact: true }).fill(passphrase);
    await page.getByLabel("Passphrase again", { exact: true }).fill(`${passphrase}s`);
    await page.getByRole("button", { name: "Make the live workspace" }).click();
    await page.getByText("The two passphrases differ.").first().waitFor();
    expect(await page.getByRole("navigation", { name: "Main" }).count()).toBe(0);
  });

  it("makes a live workspace that asks for its unlock passphrase, then the administrator's, after a restart", async () => {
    started = await startApp();
    let { page } = started;
    await page.getByText("This computer has no keyring").waitFor();
    await page.getByRole("textbox", { name: "Workspace name" }).fill("Halden Bank");
    await page.getByRole("textbox", { name: "First administrator" }).fill("Priya Raman");
    await page.getByLabel("Passphrase", { exact: true }).fill(passphrase);
    await page.getByLabel("Passphrase again", { exact: true }).fill(passphrase);
    await page.getByLabel("Unlock passphrase", { exact: true }).fill(unlock);
    await page.getByLabel("Unlock passphrase again").fill(unlock);
    await page.getByRole("button", { name: "Make the live workspace" }).click();
    await page.getByRole("heading", { name: "Sign in to Halden Bank" }).waitFor();
    expect(await page.getByText("Training passphrase").count()).toBe(0);
    const { userData } = started;
    await started.app.close();

    started = await startApp({ userData });
    page = started.page;
    const open = page.getByRole("button", { name: "Open Halden Bank" });
    await open.click();
    await open.waitFor({ state: "detached" });
    const field = page.getByLabel("Unlock passphrase");
    await field.fill("not the passphrase");
    await page.keyboard.press("Enter");
    await page.getByText("The unlock passphrase is not right.").first().waitFor();
    expect(await axeFindingsInBothThemes(page)).toEqual([]);
    await field.fill(unlock);
    await page.keyboard.press("Enter");
    await page.getByLabel("Passphrase of Priya Raman").fill(passphrase);
    await page.keyboard.press("Enter");
    await page.getByText("Nothing waiting for you.").waitFor();
    expect(await page.getByRole("contentinfo").innerText()).toContain("SANDBOX");
    await goToSettings(page, "About");
    await page.getByText("its key is made from the unlock passphrase").waitFor();
    await goTo(page, "Settings");
    expect(await page.getByRole("link", { name: "Training" }).count()).toBe(0);
  });
});
