import type { Camera } from "./camera.ts";
import type { Hands } from "./hands.ts";

/** The Outbox, the Log with its check, the connections, and the smallest window. */
export async function records(hands: Hands, { shoot }: Camera): Promise<void> {
  const { page, press, goTo, goToSettings, edit } = hands;
  await goTo("Outbox");
  await page.getByRole("tab", { name: /^All/u }).click();
  await page.getByRole("row").filter({ hasText: "Accepted by provider" }).first().click();
  await shoot("outbox", { dark: true, guide: "outbox" });
  await goTo("Log");
  await press(/^Verify/u);
  await page.getByText(/intact/u).first().waitFor();
  await page.getByRole("grid", { name: "Log" }).getByRole("row").nth(2).click();
  await shoot("log", { guide: "log" });
  await goToSettings("Connections");
  const card = page.getByRole("region", { name: "Training Finzly" });
  await card.getByRole("button", { name: "Test connection" }).click();
  await card.getByText("Reading is allowed.").waitFor();
  await shoot("connections", { guide: "connections" });

  await page.setViewportSize({ width: 1280, height: 720 });
  await edit("4444");
  await shoot("editor-1280");
  await goTo("Accounts");
  await page.getByRole("searchbox", { name: /Last four/u }).fill("");
  await page.getByText("400 of 400 accounts").waitFor();
  await page.getByRole("grid", { name: "Accounts" }).getByRole("row").nth(3).click();
  await page.getByRole("complementary", { name: "Account" }).waitFor();
  await shoot("accounts-1280");
  await page.setViewportSize({ width: 1440, height: 900 });
}

/** The lock, at the end. */
export async function locked({ page }: Hands, { shoot }: Camera): Promise<void> {
  await page.keyboard.press("Control+Shift+L");
  await page.getByRole("button", { name: /^Unlock/u }).waitFor();
  await shoot("locked");
}
