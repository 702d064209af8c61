import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { goToSettings, signIn, startTraining, type StartedApp } from "../support/signed-in.ts";

let started: StartedApp;
beforeAll(async () => {
  started = await startTraining({ person: "Tomas Okafor" });
  await goToSettings(started.page, "Connections");
});
afterAll(async () => {
  await started.end();
});

describe("Settings, Connections", () => {
  it("tests the built-in connection in words and lets nobody edit or remove it", async () => {
    const card = started.page.getByRole("region", { name: "Training Finzly" });
    await card.getByRole("button", { name: "Test connection" }).click();
    await card.getByText("Reading is allowed.").waitFor();
    const words = await card.innerText();
    for (const question of ["Reachable?", "Certificate trusted?", "Sign-in accepted?", "Reading allowed?"]) {
      expect(words).toContain(question);
    }
    expect(words).toContain("Built in");
    expect(await card.getByRole("button", { name: /Edit|Remove/u }).count()).toBe(0);
  });

  it("takes secrets in and never shows them again", async () => {
    const { page } = started;
    const address = await page
      .getByRole("region", { name: "Training Finzly" })
      .getByText(/\/api\/openbanking/u)
      .innerText();
    const tokenUrl = await page
      .getByRole("region", { name: "Training Finzly" })
      .getByText(/\/token$/u)
      .innerText();
    await page.getByRole("button", { name: "Add a connection" }).click();
    await page.getByRole("button", { name: "Add the connection" }).click();
    const summary = page.getByRole("alert").filter({ hasText: "to put right" });
    await summary.waitFor();
    expect(await summary.getByRole("button").allInnerTexts()).toContain("Give the connection a name.");

    await page.getByLabel("Name").fill("Second Finzly");
    await page.getByLabel("API base URL").fill(address);
    await page.getByLabel("Token URL").fill(tokenUrl);
    await page.getByLabel("Client ID").fill("training-client");
    await page.getByLabel("Client secret").fill("not-the-secret");
    await page.getByRole("button", { name: "Add the connection" }).click();

    const card = page.getByRole("region", { name: "Second Finzly" });
    await card.getByText(/saved \d+ \w+ \d{4}/u).waitFor();
    expect(await page.locator("body").innerHTML()).not.toContain("not-the-secret");
    await card.getByRole("button", { name: "Test connection" }).click();
    const signInLine = card.getByText("Sign-in accepted?").locator("xpath=following-sibling::dd[1]");
    await signInLine.waitFor();
    expect(await signInLine.innerText()).toBe("No");

    await card.getByRole("button", { name: "Edit" }).click();
    expect(await page.getByText(/^saved \d+ \w+ \d{4}$/u).count()).toBe(2);
    await page.getByRole("group", { name: "Client secret" }).getByRole("button", { name: "Replace" }).click();
    await page.getByLabel("Client secret").fill("training-secret");
    await page.getByRole("group", { name: "Client ID" }).getByRole("button", { name: "Replace" }).click();
    await page.getByLabel("Client ID").fill("training-client");
    await page.getByRole("button", { name: "Save the connection" }).click();
    await card.getByRole("button", { name: "Test connection" }).click();
    await signInLine.waitFor();
    expect(await signInLine.innerText()).toBe("Yes");
  });

  it("asks for the secrets again when an address changes", async () => {
    const { page } = started;
    await page.getByRole("region", { name: "Second Finzly" }).getByRole("button", { name: "Edit" }).click();
    await page.getByLabel("Token URL").fill("https://elsewhere.example/token");
    await page.getByRole("button", { name: "Save the connection" }).click();
    await page.getByText("Client secret has to be typed again, because the address or sign-in changed.").first().waitFor();
    await page.getByRole("button", { name: "Cancel" }).click();
  });

  it("removes a connection only after a dialog that names it, focus on Cancel", async () => {
    const { page } = started;
    const card = page.getByRole("region", { name: "Second Finzly" });
    await card.getByRole("button", { name: "Remove" }).click();
    const dialog = page.getByRole("alertdialog", { name: "Remove the connection Second Finzly?" });
    await dialog.waitFor();
    expect(
      await dialog.getByRole("button", { name: "Cancel" }).evaluate((button) => button === document.activeElement),
    ).toBe(true);
    await page.keyboard.press("Escape");
    await dialog.waitFor({ state: "detached" });
    expect(await card.count()).toBe(1);
    await card.getByRole("button", { name: "Remove" }).click();
    await dialog.getByRole("button", { name: "Remove Second Finzly" }).click();
    await card.waitFor({ state: "detached" });
  });

  it("shows a maker the connections without the means to change them", async () => {
    const { page } = started;
    await page.keyboard.press("Control+k");
    await page.keyboard.type("sign out");
    await page.getByRole("option", { name: "Sign out" }).waitFor();
    await page.keyboard.press("Enter");
    await signIn(page, "Maya Lindqvist");
    await goToSettings(page, "Connections");
    await page.getByText("Only an administrator adds, edits or removes connections.").waitFor();
    expect(await page.getByRole("button", { name: "Add a connection" }).count()).toBe(0);
  });
});
