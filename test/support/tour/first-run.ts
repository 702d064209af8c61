import type { Camera } from "./camera.ts";
import type { Hands } from "./hands.ts";

/** From the first start to a list of accounts. */
export async function firstRun({ page, press, goTo }: Hands, { shoot }: Camera): Promise<void> {
  await page.getByRole("textbox", { name: "Workspace name" }).waitFor();
  await shoot("choose", { dark: true, guide: "choose" });
  await press("Start training");

  await page.getByRole("heading", { name: "Sign in to Training" }).waitFor();
  await press("Maya Lindqvist");
  await press("Fill in");
  await shoot("sign-in");
  await press("Sign in as Maya Lindqvist");
  await page.getByRole("navigation", { name: "Main" }).waitFor();
  await page.getByText("Nothing waiting for you.").waitFor();
  await shoot("today");

  await goTo("Accounts");
  await page.getByText("No accounts yet.").first().waitFor();
  await shoot("no-accounts");
  await press(/^Read from a provider|^Read accounts/u);
  await page.getByRole("dialog").waitFor();
  await shoot("read-from-provider");
  await press("Read all customers");
  await page.getByText(/customer [1-9]\d* of 40/u).waitFor();
  await shoot("reading");
  await page.getByText("400 of 400 accounts").waitFor();
  await page.getByRole("region", { name: "Accounts read" }).waitFor();
  await press("Close");
  await shoot("accounts", { dark: true });
}

/** The list, one account beside it, and the palette. */
export async function lookAround({ page }: Hands, { shoot }: Camera): Promise<void> {
  await page.keyboard.press("/");
  await page.keyboard.type("bluefin");
  await page.getByText(/^\d+ of 400 accounts$/u).filter({ hasNotText: "400 of 400" }).waitFor();
  await page.getByRole("row", { name: /Payroll Clearing/u }).click();
  await page.getByRole("heading", { name: "Payroll Clearing" }).waitFor();
  await shoot("account", { dark: true, guide: "accounts" });
  await page.keyboard.press("Control+k");
  await page.getByRole("option").first().waitFor();
  await shoot("palette");
  await page.keyboard.press("Escape");
}
