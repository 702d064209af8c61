import type { Camera } from "./camera.ts";
import type { Hands } from "./hands.ts";

/** The main job: prefund, limits and SEC codes of one account, from the editor to what Finzly then says. */
export async function mainJob({ page, press, fill, edit, evidence, outcome }: Hands, { shoot }: Camera): Promise<void> {
  await edit("4444");
  await shoot("editor");
  await page.getByText("Prefunded", { exact: true }).click();
  await fill("Credit limit", "400000");
  await fill("Debit limit", "0");
  await page.locator(".tile", { hasText: "WEB" }).click();
  await evidence("Year-end bonus runs. Agreed with the customer.");
  const sheet = page.getByRole("complementary", { name: "Change sheet" });
  await sheet.getByText(/^Draft saved \d\d:\d\d\./u).waitFor();
  await shoot("changes", { dark: true, guide: "editor" });
  await press(/^Show the request/u);
  await sheet.locator("pre").scrollIntoViewIfNeeded();
  await shoot("request", { guide: "request" });

  await page.keyboard.press("Control+Enter");
  const dialog = page.getByRole("alertdialog");
  await dialog.waitFor();
  await shoot("confirm", { guide: "confirm" });
  await dialog.getByRole("button", { name: /^Send/u }).click();
  await outcome("accepted").waitFor();
  await page.getByRole("table", { name: /^What was proposed/u }).getByText("as sent").first().waitFor();
  await shoot("accepted", { dark: true, guide: "accepted" });
}
