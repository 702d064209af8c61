import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { goTo, openEditor, send, setFault, trainingDesk, soon, type Desk } from "../support/desk.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await trainingDesk();
});
afterAll(async () => {
  await desk.leave();
});
afterEach(async () => {
  await desk.ask("training.clearFault", {});
});

const page = () => desk.page;
const field = (name: string | RegExp) => page().getByRole("textbox", { name });
const sheet = () => page().getByRole("complementary", { name: "Change sheet" });
const line = (key: string) => sheet().locator(`[data-line="${key}"]`);
const outcome = (state: string) => page().locator(`.outcome[data-state="${state}"]`);
const saved = () =>
  sheet()
    .getByText(/^Draft saved \d\d:\d\d\. Nothing reaches TRAINING before you send\.$/u)
    .waitFor();

async function giveEvidence(): Promise<void> {
  await field(/^Authorisation/u).fill("CRM-2026-1187");
  await field(/^Reason/u).fill("Year-end bonus runs. Agreed with the customer.");
}

async function requestBody(): Promise<unknown> {
  await sheet()
    .getByRole("button", { name: /^Show the request/u })
    .click();
  return JSON.parse((await sheet().locator("pre").textContent()) ?? "");
}

async function discard(): Promise<void> {
  await page().getByRole("button", { name: "Discard draft" }).click();
  await page().getByRole("alertdialog").getByRole("button", { name: "Discard draft" }).click();
  await page().getByRole("grid", { name: "Accounts" }).waitFor();
}

describe("changing one account, from the list to what the provider says", () => {
  it("shows every change with its risk, sends exactly that, and shows what Finzly now holds", async () => {
    await openEditor(page(), "4444");
    await page().getByText("Prefunded", { exact: true }).click();
    await page().getByText("Sends ACH prefund true, underwritten false; sets Enable offset to Yes.").waitFor();
    await field("Credit limit").fill("400000");
    await page().locator(".tile", { hasText: "WEB" }).click();
    expect(await field("Credit limit").inputValue()).toBe("400,000.00");
    expect(await line("creditExposureLimit").textContent()).toMatch(/\+150,000\.00.*\+60%.*250,000\.00.*Finzly read.*400,000\.00/su);
    expect(await line("fundingBasis").textContent()).toMatch(/High.*Underwritten.*Prefunded/su);
    expect(await line("enableOffset").textContent()).toContain("forced by Prefunded");
    expect(await line("secCodes").textContent()).toMatch(/unknown.*not in the last read.*WEB.*may replace it/su);
    await giveEvidence();
    await saved();
    expect(await requestBody()).toEqual({
      enableOffset: "Yes",
      isUnderWritten: false,
      isAchPrefund: true,
      creditExposureLimit: 400000,
      reason: "Year-end bonus runs. Agreed with the customer.",
      secCodes: ["WEB"],
    });
    await page().keyboard.press("Control+Enter");
    const dialog = page().getByRole("alertdialog", { name: "Send 4 fields of Payroll Clearing to Finzly TRAINING?" });
    await dialog.waitFor();
    expect(await page().evaluate(() => document.activeElement?.textContent)).toBe("Cancel");
    await dialog.getByRole("button", { name: "Send 4 fields to Finzly TRAINING" }).click();
    await outcome("accepted").waitFor();
    const table = page().getByRole("table", { name: "What was proposed and what Finzly holds" });
    await table.getByText("as sent").first().waitFor();
    expect(await table.getByRole("row", { name: /Credit limit/u }).textContent()).toMatch(
      /250,000\.00.*400,000\.00.*400,000\.00.*as sent/su,
    );
    expect(await table.getByRole("row", { name: /SEC codes/u }).textContent()).toContain("not returned by Finzly");
    const list = await desk.ask("accounts.page", {
      search: "2156",
      limit: 10,
      sort: { column: "customerName", direction: "ascending" },
    });
    const row = list.rows.find((each) => each.accountUid === "2156");
    expect(row).toMatchObject({ creditLimitMinor: 40_000_000, fundingBasis: "prefunded", secCodes: ["WEB"] });
  });

  it("shows a field the provider ignored as ignored, although it said Success", async () => {
    await setFault(desk, { route: "accounts.update", kind: "ignore-field", field: "accountName" });
    await openEditor(page(), "4444");
    await field("Account name").fill("Payroll Clearing Two");
    await send(page());
    await page()
      .getByRole("row", { name: /Account name/u })
      .getByText("ignored by Finzly")
      .waitFor();
  });

  it("keeps the draft when Finzly refuses it, says its words, and sends the corrected one", async () => {
    await openEditor(page(), "4444");
    await field("Cost center").fill("0000001");
    await send(page());
    await outcome("refused").waitFor();
    const said = (await outcome("refused").textContent()) ?? "";
    expect(said).toContain("ACC001");
    expect(said).toContain("Failed to update an account");
    await page().getByRole("button", { name: "Correct the draft" }).click();
    await soon(async () => expect(await field("Cost center").inputValue()).toBe("0000001"));
    await page().locator(".banner", { hasText: "Finzly refused the change." }).waitFor();
    await page().getByRole("button", { name: "Revert Cost center" }).click();
    await field("Callback limit").fill("12000");
    await send(page());
    await outcome("accepted").waitFor();
  });

  it("sends hostile text as text and shows it as text when it comes back", async () => {
    const hostile = `"><img src=x onerror=alert(1)> =1+1 ‮`;
    await openEditor(page(), "4444");
    await field("Account name").fill(hostile);
    await send(page());
    await page()
      .getByRole("row", { name: /Account name/u })
      .getByText("as sent")
      .waitFor();
    expect(await page().locator("main img").count()).toBe(0);
    const list = await desk.ask("accounts.page", {
      search: "2156",
      limit: 10,
      sort: { column: "customerName", direction: "ascending" },
    });
    expect(list.rows.find((each) => each.accountUid === "2156")?.accountName).toBe(hostile.trim());
  });
});

describe("the rules while typing", () => {
  it("says in the field, in the sheet and at the button what is wrong, and lets a revert end it", async () => {
    await openEditor(page(), "4444");
    await field("Routing number").fill("101260101");
    const sentence = "Routing number fails its checksum. Two digits may be swapped.";
    await soon(async () => expect(await page().getByText(sentence).count()).toBe(2));
    await sheet().getByText("1 error to fix before you can send.").waitFor();
    await field("Cost center").focus();
    await sheet().getByRole("button", { name: "Go to Routing number" }).click();
    expect(await field("Routing number").evaluate((input) => input === document.activeElement)).toBe(true);
    await page().keyboard.press("Control+Enter");
    await page()
      .getByRole("heading", { name: /to put right\. Nothing was sent\./u })
      .waitFor();
    expect(await page().evaluate(() => document.activeElement?.className)).toBe("errors");
    await page().getByRole("button", { name: "Revert Routing number" }).click();
    await soon(async () => expect(await page().locator(".form").getByText(sentence).count()).toBe(0));
    expect(await field("Routing number").inputValue()).toBe("101206101");
    await page().getByRole("button", { name: "Close the editor" }).click();
  });

  it("refuses the pair of the provider's printed sample, Loan with Savings", async () => {
    const list = await desk.ask("accounts.page", {
      search: "Savings",
      limit: 200,
      sort: { column: "type", direction: "descending" },
    });
    const savings =
      list.rows.find((row) => row.type === "Savings") ??
      (await desk.ask("accounts.page", { limit: 200, sort: { column: "type", direction: "descending" } })).rows.find(
        (row) => row.type === "Savings",
      );
    if (savings === undefined) throw new Error("No savings account was read.");
    await openEditor(page(), savings.accountUid);
    await page()
      .getByRole("button", { name: /Account type$/u })
      .click();
    await page().getByRole("option", { name: "Loan" }).click();
    await sheet()
      .getByText(/error.* to fix before you can send/u)
      .waitFor();
    expect(await page().locator('[data-field="accountSubType"]').textContent()).toMatch(/Savings/u);
    expect(await page().locator('[data-field="accountSubType"] .msg.bad').count()).toBe(1);
    await discard();
  });

  it("asks for reason and authorisation of a high-risk change when it is to be sent, not before", async () => {
    await openEditor(page(), "4444");
    await field("Debit limit").fill("99000");
    await saved();
    expect(await page().getByText("A high-risk change needs a reason.").count()).toBe(0);
    await page()
      .getByRole("button", { name: /^Send 1 field to/u })
      .click();
    await page().getByText("A high-risk change needs a reason.").first().waitFor();
    await page().getByText("A high-risk change needs an authorisation reference.").first().waitFor();
    expect(await page().getByRole("alertdialog").count()).toBe(0);
    await discard();
  });
});

describe("the draft", () => {
  it("undoes the last edit with Ctrl Z, one control at a time", async () => {
    await openEditor(page(), "4444");
    await field("Master GL").fill("GL-1");
    await page().locator(".tile", { hasText: "CIE" }).click();
    await soon(async () => expect(await line("secCodes").count()).toBe(1));
    await page().keyboard.press("Control+z");
    await soon(async () => expect(await line("secCodes").count()).toBe(0));
    expect(await field("Master GL").inputValue()).toBe("GL-1");
    await page().keyboard.press("Control+z");
    await soon(async () => expect(await field("Master GL").inputValue()).toBe(""));
    await discard();
  });

  it("never shows a replaced account number again once it is saved", async () => {
    await openEditor(page(), "4444");
    const box = page().locator('[data-field="accountNumber"]');
    await box.getByRole("button", { name: "Replace" }).click();
    await field(/^Account number/u).fill("5500119911");
    await field("Master GL").focus();
    await box.getByText("•••• 9911").waitFor();
    expect(await requestBody()).toEqual({ accountNumber: "••••9911" });
    expect(await page().evaluate(() => document.documentElement.outerHTML)).not.toContain("5500119911");
    await box.getByRole("button", { name: "Revert Account number" }).click();
    await box.getByText("•••• 4444").waitFor();
    await discard();
  });

  it("is there again after the app was closed and started anew", async () => {
    await openEditor(page(), "4444");
    await field("Master GL").fill("GL-77");
    await saved();
    await desk.app.close();
    desk = await trainingDesk({ userData: desk.userData, load: false });
    await goTo(page(), "Outbox");
    await page()
      .getByRole("row", { name: /Master GL/u })
      .click();
    await page().getByRole("button", { name: "Open the draft" }).click();
    await soon(async () => expect(await field("Master GL").inputValue()).toBe("GL-77"));
    await discard();
  });
});

describe("hostile text", () => {
  it("is text in every field that takes text and in the change sheet", async () => {
    const hostile = `"><img src=x onerror=alert(1)>`;
    await openEditor(page(), "7541");
    let filled = 0;
    for (const box of await page().locator("main").getByRole("textbox").all()) {
      if (!(await box.isEditable())) continue;
      await box.fill(hostile);
      await box.blur();
      filled += 1;
    }
    expect(filled).toBeGreaterThanOrEqual(10);
    for (const key of ["accountName", "masterGl", "costCenter", "achCompanyId"])
      expect(await line(key).innerText(), key).toContain(hostile);
    expect(await page().locator("img").count()).toBe(0);
  });
});
