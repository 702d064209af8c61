import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { goTo, startTraining, type StartedApp } from "../support/signed-in.ts";

let started: StartedApp;
beforeAll(async () => {
  started = await startTraining();
  await goTo(started.page, "Log");
});
afterAll(async () => {
  await started.end();
});

describe("the Log", () => {
  it("shows who did what, newest first, with the entry beside it", async () => {
    const { page } = started;
    const grid = page.getByRole("grid", { name: "Log" });
    await grid.getByText("Maya Lindqvist signed in.").click();
    const entry = page.getByRole("complementary", { name: "Log entry" });
    await entry.getByText("person.signed-in").waitFor();
    const words = await entry.innerText();
    expect(words.match(/[0-9a-f]{64}/gu)).toHaveLength(2);
    const numbers = await grid.getByRole("row").locator('[data-column="1"]').allInnerTexts();
    const rows = numbers.slice(1).map(Number);
    expect(rows).toEqual(rows.toSorted((a, b) => b - a));
  });

  it("is walked by keyboard: one Tab stop, arrows move, Enter opens, Esc closes and keeps the row", async () => {
    const { page } = started;
    const grid = page.getByRole("grid", { name: "Log" });
    const entry = page.getByRole("complementary", { name: "Log entry" });
    await grid.focus();
    await page.keyboard.press("Escape");
    await entry.waitFor({ state: "detached" });
    await page.keyboard.press("Control+Home");
    await page.keyboard.press("ArrowDown");
    const cursor = await grid.getAttribute("aria-activedescendant");
    await page.keyboard.press("Enter");
    await entry.waitFor();
    expect(await page.locator("[role=row][aria-selected=true]").getAttribute("aria-rowindex")).toBe("3");
    await page.keyboard.press("ArrowDown");
    await page.waitForFunction(
      () => document.querySelector("[role=row][aria-selected=true]")?.getAttribute("aria-rowindex") === "4",
    );
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Escape");
    await entry.waitFor({ state: "detached" });
    expect(await grid.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await grid.getAttribute("aria-activedescendant")).toBe(cursor);
    expect(await page.evaluate((id) => id !== null && document.getElementById(id) !== null, cursor)).toBe(true);
  });

  it("filters by words and by area, and says so when nothing matches", async () => {
    const { page } = started;
    const grid = page.getByRole("grid", { name: "Log" });
    await page.keyboard.press("/");
    await page.keyboard.type("Tomas");
    await grid.getByText("Added Tomas Okafor as administrator.").waitFor();
    await grid.getByText("Maya Lindqvist signed in.").waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Clear", exact: true }).click();
    await page.getByRole("button", { name: "Area" }).click();
    await page.getByRole("menuitemradio", { name: "Connections" }).click();
    await grid.getByText("Added the built-in connection Training Finzly").waitFor();
    await grid.getByText("Maya Lindqvist signed in.").waitFor({ state: "detached" });
    await page.keyboard.press("Control+f");
    await page.keyboard.type("no such words");
    await page.getByText("No entry matches.").waitFor();
    await page.getByRole("button", { name: "Clear filter" }).click();
    await grid.getByText("Maya Lindqvist signed in.").waitFor();
  });

  it("verifies the chain and shows its head, its length and the check itself as an entry", async () => {
    const { page } = started;
    await page.getByRole("button", { name: "Verify the trail" }).click();
    await page.getByText("The audit trail is intact.").first().waitFor();
    expect(
      await page
        .getByText(/\d+ entries checked from the first row/u)
        .first()
        .innerText(),
    ).toMatch(/^The audit trail is intact/u);
    await vi.waitFor(async () => {
      const shown = await page.locator(".head-hash .id").innerText();
      const answer = await page.evaluate(() => globalThis.window.vostro.calls["audit.page"]({ limit: 1 }));
      const truth = answer.ok ? answer.value : undefined;
      expect(truth?.headHash.slice(0, 8)).toBe(shown.slice(0, 8));
      expect(await page.getByRole("grid", { name: "Log" }).innerText()).toContain(truth?.rows[0]?.summary);
      expect(truth?.rows[0]?.action).toBe("audit.verified");
    }, { timeout: 15_000 });
  });
});
