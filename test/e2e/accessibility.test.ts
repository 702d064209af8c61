import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { axeFindingsInBothThemes } from "../support/axe.ts";
import { goTo, goToSettings, signIn, startApp, type StartedApp } from "../support/signed-in.ts";

let started: StartedApp;
let page: Page;
beforeAll(async () => {
  started = await startApp();
  page = started.page;
});
afterAll(async () => {
  await started.end();
});

const isClean = async () => expect(await axeFindingsInBothThemes(page)).toEqual([]);

describe("axe finds nothing in either theme", () => {
  it("on the gates", async () => {
    await page.getByRole("textbox", { name: "Workspace name" }).waitFor();
    await isClean();
    await page.getByRole("button", { name: "Make the live workspace" }).click();
    await page.getByText("Nothing was made yet.").first().waitFor();
    await isClean();
    await page.getByRole("button", { name: "Start training" }).click();
    await page.getByRole("button", { name: "Fill in" }).waitFor();
    await isClean();
    await signIn(page, "Tomas Okafor");
  });

  it("on Today, in the palette, in the list of keys and in the help", async () => {
    await page.getByText("Nothing waiting for you.").waitFor();
    await isClean();
    await page.keyboard.press("Control+k");
    await page.getByRole("option", { name: /Accounts/u }).waitFor();
    await isClean();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await page.keyboard.press("Shift+?");
    await page.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor();
    await isClean();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
    await page.keyboard.press("F1");
    await page.getByRole("heading", { name: "Help" }).waitFor();
    await isClean();
  });

  it("in every section of the settings, its forms and its dialogs", async () => {
    for (const section of ["General", "Connections", "People", "Network", "Training", "About"]) {
      await goToSettings(page, section);
      await page.getByRole("region", { name: section }).locator("button, dl").first().waitFor();
      await isClean();
    }
    await goToSettings(page, "Connections");
    await page
      .getByRole("region", { name: "Training Finzly" })
      .getByRole("button", { name: "Test connection" })
      .click();
    await page.getByText("Reading is allowed.").first().waitFor();
    await page.getByRole("button", { name: "Add a connection" }).click();
    await page.getByRole("button", { name: "Add the connection" }).click();
    await page.getByText("to put right").waitFor();
    await isClean();
    await goToSettings(page, "People");
    await page.getByRole("button", { name: "Add a person" }).click();
    await page.getByRole("dialog").waitFor();
    await isClean();
    await page.keyboard.press("Escape");
  }, 300_000);

  it("in the Log, with an entry open and the chain verified, and on the lock screen", async () => {
    await goTo(page, "Log");
    await page.getByRole("grid", { name: "Log" }).getByText("Tomas Okafor signed in.").click();
    await page.getByRole("complementary", { name: "Log entry" }).getByText("person.signed-in").waitFor();
    await page.getByRole("button", { name: "Verify the trail" }).click();
    await page.getByText("The audit trail is intact.").first().waitFor();
    await isClean();
    await page.keyboard.press("Control+Shift+L");
    await page.getByRole("heading", { name: /is locked/u }).waitFor();
    await isClean();
    expect(started.complaints).toEqual([]);
  });
});

describe("the window", () => {
  it("stays whole at 200 % zoom: nothing is cut off sideways but the lists", async () => {
    await page.getByLabel("Passphrase of Tomas Okafor").fill("granite willow copper ferry");
    await page.keyboard.press("Enter");
    await page.getByRole("navigation", { name: "Main" }).waitFor();
    await page.setViewportSize({ width: 640, height: 400 });
    for (const section of ["General", "Connections", "People", "Network", "Training", "About"]) {
      await goToSettings(page, section);
      const spill = await page.evaluate(() => {
        const body = document.querySelector(".settings-body");
        return body === null ? -1 : body.scrollWidth - body.clientWidth;
      });
      expect(`${section} ${String(spill)}`).toBe(`${section} 0`);
    }
    await page.setViewportSize({ width: 1280, height: 720 });
  });

  it("moves focus between its parts with F6 and stands still with reduced motion", async () => {
    await goTo(page, "Log");
    await page.getByRole("grid", { name: "Log" }).focus();
    const seen = new Set<string>();
    for (let press = 0; press < 6; press += 1) {
      await page.keyboard.press("F6");
      seen.add(await page.evaluate(() => document.activeElement?.closest("[data-pane]")?.className ?? "none"));
    }
    expect([...seen].toSorted()).toEqual(expect.arrayContaining(["rail", "statusbar"]));
    expect(seen.size).toBeGreaterThanOrEqual(3);
    await page.emulateMedia({ reducedMotion: "reduce" });
    const moving = await page.evaluate(() => document.getAnimations().length);
    expect(moving).toBe(0);
  });
});
