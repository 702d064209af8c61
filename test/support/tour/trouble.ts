import type { Camera } from "./camera.ts";
import type { Hands } from "./hands.ts";

async function switchOn({ page, goToSettings, choose, press }: Hands, fault: RegExp, delayMs?: string): Promise<void> {
  await goToSettings("Training");
  await choose("Route", "Update an account");
  await choose("Fault", fault);
  if (delayMs !== undefined) await page.getByRole("textbox", { name: "Delay" }).fill(delayMs);
  await press("Switch the fault on");
  await page.getByRole("listitem").filter({ hasText: "met 0 requests" }).waitFor();
}

/** What the simulated Finzly can be told to do, and a refusal with its correction. */
export async function refusal(hands: Hands, { shoot }: Camera): Promise<void> {
  const { fill, edit, evidence, send, outcome } = hands;
  await switchOn(hands, /^200 with Failure/u);
  await shoot("training-panel", { guide: "training-panel" });
  await edit("4444");
  await fill("Callback limit", "12000");
  await evidence("Callback limit agreed with the customer.");
  await send();
  await outcome("refused").waitFor();
  await shoot("refused");
}

/** An answer that never came, an application that came late, and the conflict that follows. */
export async function unclear(hands: Hands, { shoot }: Camera): Promise<void> {
  const { page, press, fill, edit, send, outcome, goToSettings } = hands;
  await press("Correct the draft");
  await page.getByRole("heading", { name: "Change sheet" }).waitFor();
  await switchOn(hands, /^Connection reset, applied later/u, "15000");
  await edit("4444");
  await fill("Callback limit", "12500");
  await send();
  await outcome("outcome-unknown").waitFor();
  await outcome("outcome-unknown").getByText("still holds what it held before").waitFor();
  await shoot("outcome-unknown", { dark: true, guide: "outcome-unknown" });

  await press("Mark as Refused by provider");
  await fill("Reason", "Seen at Finzly: the callback limit is still 10,000.00");
  await page
    .getByRole("alertdialog")
    .getByRole("button", { name: /^Mark as Refused/u })
    .click();
  await outcome("refused").waitFor();
  await press("Correct the draft");
  await fill("Callback limit", "13000");
  await page
    .getByRole("complementary", { name: "Change sheet" })
    .getByText(/^Draft saved/u)
    .waitFor();
  await goToSettings("Training");
  await page
    .getByRole("row")
    .filter({ hasText: "late-apply" })
    .getByRole("cell", { name: "Yes" })
    .waitFor({ timeout: 30_000 });
  await edit("4444");
  await send();
  await outcome("conflict").waitFor();
  await shoot("conflict", { dark: true, guide: "conflict" });
  await page.getByRole("radiogroup", { name: "Callback limit" }).getByText("Keep mine", { exact: true }).click();
  await press(/^Apply and keep/u);
  await page.getByRole("textbox", { name: "Callback limit" }).waitFor();
  await shoot("resolved");
}
