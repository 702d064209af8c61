import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { axeFindingsInBothThemes } from "../support/axe.ts";
import { startFinzlySimulator, type FinzlySimulator } from "../../src/main/training/finzly/index.ts";
import { goTo, liveDesk, openEditor, send, soon, type Desk } from "../support/desk.ts";

let simulator: FinzlySimulator;
let desk: Desk;
beforeAll(async () => {
  simulator = await startFinzlySimulator();
  desk = await liveDesk(simulator);
});
afterAll(async () => {
  await desk.leave();
  await simulator.close();
});

const page = () => desk.page;

it("tells which panel the chosen tab shows", async () => {
  await goTo(page(), "Accounts");
  const tab = page().getByRole("tab", { name: /^All accounts/u, selected: true });
  const panel = page().getByRole("tabpanel", { name: /^All accounts/u });
  expect(await tab.getAttribute("aria-controls")).toBe(await panel.getAttribute("id"));
  await tab.focus();
  await page().keyboard.press("ArrowRight");
  await page().getByRole("tabpanel", { name: "With an open change" }).getByRole("grid").waitFor();
  await page().keyboard.press("ArrowLeft");
  await panel.getByRole("grid").waitFor();
});

describe("axe finds nothing, in both themes, on", () => {
  it("the accounts list with an account beside it", async () => {
    await goTo(page(), "Accounts");
    await page().getByRole("grid", { name: "Accounts" }).getByRole("row").nth(3).click();
    await page().getByRole("complementary", { name: "Account" }).getByRole("button", { name: /^Edit/u }).waitFor();
    expect(await axeFindingsInBothThemes(page())).toEqual([]);
  });

  it("the dialogs of the accounts list", async () => {
    for (const button of ["Read accounts", "Add by hand"]) {
      await page().getByRole("button", { name: button }).first().click();
      await page().getByRole("dialog").waitFor();
      expect(await axeFindingsInBothThemes(page())).toEqual([]);
      await page().keyboard.press("Escape");
      await page().getByRole("dialog").waitFor({ state: "detached" });
    }
  });

  it("the editor with changes, warnings, errors and the request open", async () => {
    await openEditor(page(), "4444");
    await page().getByText("Prefunded", { exact: true }).click();
    await page().getByRole("textbox", { name: "Credit limit" }).fill("900000");
    await page().getByRole("textbox", { name: "Routing number" }).fill("101260101");
    await page().locator(".tile", { hasText: "WEB" }).click();
    await page().getByRole("button", { name: "Account features, attributes" }).click();
    await page().getByRole("button", { name: "Add attribute" }).click();
    await page()
      .getByText(/^Draft saved/u)
      .waitFor();
    await page()
      .getByRole("button", { name: /^Show the request/u })
      .click();
    await page().keyboard.press("Control+Enter");
    await page()
      .getByRole("heading", { name: /to put right/u })
      .waitFor();
    expect(await axeFindingsInBothThemes(page())).toEqual([]);
    await page().getByRole("button", { name: "Discard draft" }).click();
    expect(await axeFindingsInBothThemes(page())).toEqual([]);
    await page().getByRole("alertdialog").getByRole("button", { name: "Discard draft" }).click();
    await page().getByRole("grid", { name: "Accounts" }).waitFor();
  });

  it("an outcome that is unknown, one that is refused, and the Outbox", async () => {
    simulator.faults.set({ route: "accounts.update", kind: "reset-after" });
    await openEditor(page(), "4444");
    await page().getByRole("textbox", { name: "Callback limit" }).fill("12345");
    await send(page());
    await page().locator('.outcome[data-state="outcome-unknown"]').waitFor();
    expect(await axeFindingsInBothThemes(page())).toEqual([]);
    await page().getByRole("button", { name: "Show in the Outbox" }).click();
    await page().getByRole("complementary", { name: "Change" }).locator(".outcome").waitFor();
    await soon(async () =>
      expect(await page().getByRole("grid", { name: "Changes" }).getByRole("row").count()).toBeGreaterThan(1),
    );
    expect(await axeFindingsInBothThemes(page())).toEqual([]);
    await page().getByRole("button", { name: "Mark as Refused by provider" }).click();
    await page().getByRole("alertdialog").waitFor();
    expect(await axeFindingsInBothThemes(page())).toEqual([]);
    await page().getByRole("textbox", { name: "Reason" }).fill("Seen at Finzly");
    await page().getByRole("alertdialog").getByRole("button", { name: "Mark as Refused by provider" }).click();
    await page().locator('.outcome[data-state="refused"]').waitFor();
    expect(await axeFindingsInBothThemes(page())).toEqual([]);
  });
});
