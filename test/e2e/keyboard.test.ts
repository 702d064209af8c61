import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { trainingDesk, soon, type Desk } from "../support/desk.ts";
import { focused, tabTo } from "../support/tab-keys.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await trainingDesk();
});
afterAll(async () => {
  await desk.leave();
});

describe("the main job without a mouse", () => {
  it("finds an account, changes prefunding, a limit and a SEC code, sends it and reads the outcome", async () => {
    const { page } = desk;
    await page.keyboard.press("g");
    await page.keyboard.press("a");
    await page.getByRole("grid", { name: "Accounts" }).waitFor();
    await page.keyboard.press("/");
    await page.keyboard.type("4444");
    await page.getByText("1 of 400 accounts").waitFor();
    await tabTo(page, /^Accounts /u);
    expect((await focused(page)).role).toBe("grid");
    await page.keyboard.press("Enter");
    await page
      .getByRole("complementary", { name: "Account" })
      .getByRole("heading", { name: "Payroll Clearing" })
      .waitFor();
    await page.keyboard.press("e");
    await page.getByRole("heading", { name: "Change sheet" }).waitFor();

    await tabTo(page, /Underwritten/u);
    await page.keyboard.press("ArrowLeft");
    await page.getByText("Sends ACH prefund true, underwritten false; sets Enable offset to Yes.").waitFor();
    await tabTo(page, /Credit limit/u);
    await page.keyboard.press("Control+a");
    await page.keyboard.type("400000");
    await tabTo(page, /^\W*CCD/u);
    await page.keyboard.press("Space");
    await tabTo(page, /^\W*WEB/u);
    await page.keyboard.press("Space");
    await page.locator('[data-line="secCodes"]').waitFor();
    await tabTo(page, /Authorisation/u);
    await page.keyboard.type("CRM-2026-1187");
    await tabTo(page, /^\W*Reason/u);
    await page.keyboard.type("Year-end bonus runs.");
    await page.keyboard.press("Control+s");
    await soon(async () =>
      expect((await page.locator("[aria-live]").allTextContents()).join(" ")).toContain("Draft saved."),
    );

    await page.keyboard.press("Control+Enter");
    await page.getByRole("alertdialog", { name: /^Send 4 fields of Payroll Clearing/u }).waitFor();
    expect((await focused(page)).name).toContain("Cancel");
    await page.keyboard.press("Escape");
    await page.getByRole("alertdialog").waitFor({ state: "detached" });
    expect(await page.locator(".outcome").count()).toBe(0);

    await page.keyboard.press("Control+Enter");
    await page.getByRole("alertdialog").waitFor();
    await tabTo(page, /^\W*Send 4 fields to Finzly TRAINING/u);
    await page.keyboard.press("Enter");
    await page.locator('.outcome[data-state="accepted"]').waitFor();
    await soon(async () => {
      const spoken = (await page.locator("[aria-live]").allTextContents()).join(" ");
      expect(spoken).toContain("Finzly accepted the change.");
    });
    await tabTo(page, /^\W*Show in the Outbox/u);
    await page.keyboard.press("Enter");
    await page.getByRole("complementary", { name: "Change" }).getByText("Accepted by provider").first().waitFor();
  });

  it("leaves single letters alone while a person types", async () => {
    const { page } = desk;
    await page.keyboard.press("g");
    await page.keyboard.press("a");
    await page.getByRole("grid", { name: "Accounts" }).waitFor();
    await page.keyboard.press("/");
    await page.keyboard.type("tide");
    expect(await page.getByRole("searchbox").inputValue()).toBe("tide");
    expect(await page.getByRole("heading", { name: "Change sheet" }).count()).toBe(0);
  });

  it("moves in the grid by arrows, Home, End and pages, and one Tab leaves it", async () => {
    const { page } = desk;
    await page.keyboard.press("Escape");
    await page.getByRole("searchbox").fill("");
    await page.getByText("400 of 400 accounts").waitFor();
    await tabTo(page, /^Accounts /u);
    const active = () => page.evaluate(() => document.activeElement?.getAttribute("aria-activedescendant") ?? "");
    const at = async () => (await active()).split("-").slice(-2).map(Number);
    const [row = 0, column = 0] = await at();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowRight");
    expect(await at()).toEqual([row + 1, column + 1]);
    await page.keyboard.press("Control+Home");
    expect(await at()).toEqual([0, 0]);
    await page.keyboard.press("PageDown");
    expect((await at())[0]).toBeGreaterThan(10);
    await page.keyboard.press("Tab");
    expect((await focused(page)).role).not.toBe("grid");
  });

  it("runs from the palette what belongs to the text that stands in it, however fast it was typed", async () => {
    const { page } = desk;
    const sort = { column: "customerName", direction: "ascending" } as const;
    const { rows: [earlier] } = await desk.ask("accounts.page", { limit: 1, sort });
    const { rows: [typed] } = await desk.ask("accounts.page", { search: "4444", limit: 1, sort });
    if (earlier === undefined || typed === undefined) throw new Error("The training accounts have changed.");
    await page.keyboard.press("Control+k");
    await page.keyboard.insertText(earlier.accountName);
    await page.getByRole("option", { name: earlier.accountName }).first().waitFor();
    await page.evaluate(async (text) => {
      const field = document.activeElement;
      if (!(field instanceof HTMLInputElement)) throw new Error("The palette does not take what is typed.");
      Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set?.call(field, text);
      field.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertText" }));
      await Promise.resolve();
      field.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
    }, typed.accountName);
    const pane = page.getByRole("complementary", { name: "Account" });
    await pane.waitFor();
    expect(await pane.getByRole("heading").first().innerText()).toBe(typed.accountName);

    await page.keyboard.press("Control+k");
    await page.keyboard.type("keyboard");
    await page.keyboard.press("Enter");
    await page.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
  });
});
