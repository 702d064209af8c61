import type { Locator, Page } from "playwright-core";

/** What a person does with mouse and keyboard, in the words of the screens. */
export interface Hands {
  readonly page: Page;
  readonly press: (name: string | RegExp) => Promise<void>;
  readonly fill: (field: string | RegExp, text: string) => Promise<void>;
  readonly choose: (field: string, option: string | RegExp) => Promise<void>;
  readonly goTo: (place: "Today" | "Accounts" | "Import" | "Outbox" | "Log" | "Settings") => Promise<void>;
  readonly goToSettings: (section: string) => Promise<void>;
  /** Finds the one account by what is typed and opens its editor with the keyboard. */
  readonly edit: (search: string) => Promise<void>;
  readonly send: () => Promise<void>;
  readonly evidence: (reason: string) => Promise<void>;
  readonly outcome: (state: string) => Locator;
}

export function createHands(page: Page): Hands {
  const press: Hands["press"] = (name) => page.getByRole("button", { name }).first().click();
  const fill: Hands["fill"] = (field, text) => page.getByRole("textbox", { name: field }).fill(text);
  const goTo: Hands["goTo"] = (place) =>
    page
      .getByRole("navigation", { name: "Main" })
      .getByRole("link", { name: new RegExp(`^${place}`, "u") })
      .click();
  const outcome: Hands["outcome"] = (state) => page.locator(`.outcome[data-state="${state}"]`);
  return {
    page,
    press,
    fill,
    goTo,
    outcome,
    choose: async (field, option) => {
      await page.getByRole("button", { name: new RegExp(`${field}$`, "u") }).click();
      await page.getByRole("option", { name: option }).first().click();
    },
    goToSettings: async (section) => {
      await goTo("Settings");
      await page
        .getByRole("navigation", { name: "Sections of the settings" })
        .getByRole("link", { name: section })
        .click();
      await page.getByRole("heading", { name: `Settings, ${section}` }).waitFor();
    },
    edit: async (search) => {
      await goTo("Accounts");
      await page.getByRole("searchbox", { name: /Last four/u }).fill(search);
      await page.getByText(/^1 of \d+ accounts?$/u).waitFor();
      await page.getByRole("grid", { name: "Accounts" }).getByRole("row").nth(1).click();
      await page.getByRole("complementary", { name: "Account" }).waitFor();
      await page.keyboard.press("e");
      await page.getByRole("heading", { name: "Change sheet" }).waitFor();
    },
    evidence: async (reason) => {
      await fill(/^Authorisation/u, "CRM-2026-1187");
      await fill(/^Reason/u, reason);
    },
    send: async () => {
      await page.keyboard.press("Control+Enter");
      const dialog = page.getByRole("alertdialog");
      const sent = page.getByRole("region", { name: "Outcome" });
      await dialog.or(sent).first().waitFor();
      if (await dialog.isVisible()) await dialog.getByRole("button", { name: /^Send/u }).click();
      await sent.waitFor();
    },
  };
}
