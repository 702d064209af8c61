import type { Camera } from "./camera.ts";
import type { Hands } from "./hands.ts";

/** Finicity's accounts: read, one in detail, who must act, and a refresh of a customer from the selection. */
export async function aggregated({ page, press, goTo }: Hands, { shoot }: Camera): Promise<void> {
  await goTo("Accounts");
  await press("Read accounts");
  await page.getByRole("dialog").getByRole("button", { name: /Connection$/u }).click();
  await page.getByRole("option", { name: "Training Finicity" }).click();
  await press("Read all customers");
  await page.getByRole("region", { name: "Accounts read" }).waitFor({ timeout: 60_000 });
  await press("Close");
  await page.getByRole("searchbox", { name: /Last four/u }).fill("brokerage");
  await page.getByRole("row", { name: /Brokerage/iu }).first().click();
  const account = page.getByRole("complementary", { name: "Account" });
  await account.getByText("Aggregation status").waitFor();
  await shoot("finicity-account", { dark: true, guide: "finicity-account" });

  await goTo("Today");
  await page
    .getByRole("navigation", { name: "Repair queue" })
    .getByRole("link", { name: "Customer must act" })
    .click();
  await page.getByRole("grid", { name: "Repair queue" }).getByRole("row").nth(1).click();
  await page.getByRole("complementary", { name: "Next step" }).waitFor();
  await shoot("repair-queue", { dark: true, guide: "repair-queue" });
  await press("Status codes");
  await page.getByRole("row", { name: /^185/u }).click();
  await shoot("status-codes");
}

/** Customers of a selection, asked for together, and what came of the first. */
export async function refreshing({ page, press, goTo }: Hands, { shoot }: Camera): Promise<void> {
  await goTo("Accounts");
  await page.getByRole("searchbox", { name: /Last four/u }).fill("41442");
  await page.getByRole("row", { name: /Checking/u }).first().waitFor();
  await page.locator(".grid-head .check").first().click();
  await press("Refresh customers…");
  await page.getByRole("table", { name: "Customers to refresh" }).waitFor();
  await page.getByRole("textbox", { name: /Reason/u }).fill("Customer on the phone, wire cut-off 15:00");
  await page.getByRole("dialog").getByRole("button", { name: /What is refreshed$/u }).click();
  await page.getByRole("option", { name: /Only institution 101732/u }).click();
  await shoot("ask-for-refresh");
  await page.getByRole("dialog").getByRole("button", { name: /^Refresh customer/u }).click();
  await page.getByRole("heading", { name: /^Refresh R-/u }).waitFor();
  await page.getByText("Newer attempt date seen").first().waitFor({ timeout: 60_000 });
  const results = page.getByRole("table", { name: "Accounts in this refresh" });
  await results.getByRole("row", { name: /Checking/u }).first().click();
  await shoot("refresh", { dark: true, guide: "refresh" });
}
