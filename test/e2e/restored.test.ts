import { copyFileSync, mkdirSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import type { ChangeId } from "@contract";
import { axeFindingsInBothThemes } from "../support/axe.ts";
import { goTo, soon, trainingDesk, type Desk } from "../support/desk.ts";
import { findElectron } from "../support/launch.ts";
import { removeAfterScan } from "../support/left-behind.ts";

let desk: Desk | undefined;
let userData = "";
afterEach(async () => {
  await desk?.app.close();
  removeAfterScan(userData, desk?.app.output());
});

async function approveOffline({ app, ask }: Desk, names: readonly string[]): Promise<ChangeId[]> {
  await app.host?.setOnline(false);
  await soon(async () => expect((await ask("workspace.status", {})).online).toBe(false));
  const made: ChangeId[] = [];
  for (const search of names) {
    const sort = { column: "accountName", direction: "ascending" } as const;
    const accountId = (await ask("accounts.page", { search, sort, limit: 1 })).rows[0]?.id;
    if (accountId === undefined) throw new Error(`There is no account ${search}.`);
    const proposed = { accountName: `${search} II`, reason: "Annual review" };
    const evidence = { keepMasked: [], reasonCategory: "", authorisationRef: "" };
    const { id, revision } = await ask("changes.saveDraft", { accountId, proposed, ...evidence });
    await ask("changes.send", { id, revision });
    made.push(id);
  }
  return made;
}

const pictures = process.env["VOSTRO_PICTURES"];
async function picture({ page }: Desk, name: string): Promise<void> {
  if (pictures === undefined) return;
  mkdirSync(pictures, { recursive: true });
  await page.screenshot({ path: join(pictures, `${name}.png`) });
}

it.runIf(findElectron() === undefined)(
  "yesterday's file put back: a person sees why changes are held, compares them, and sends what is not there",
  async () => {
    userData = mkdtempSync(join(tmpdir(), "vostro-restored-"));
    desk = await trainingDesk({ userData });
    const ids = await approveOffline(desk, ["Payroll Clearing", "Tax Escrow"]);
    await desk.app.close();
    const file = join(userData, "workspaces", "training", "vostro.db");
    const yesterday = join(userData, "yesterday.db");
    copyFileSync(file, yesterday);

    desk = await trainingDesk({ userData, load: false });
    const state = async (id: ChangeId) => (await desk?.ask("changes.detail", { id }))?.state;
    for (const id of ids) {
      await soon(async () => expect((await desk?.ask("changes.detail", { id }))?.verifiedAtMs).toBeDefined());
      expect(await state(id)).toBe("accepted");
    }
    await desk.app.close();
    copyFileSync(yesterday, file);

    desk = await trainingDesk({ userData, load: false });
    const { page } = desk;
    await goTo(page, "Today");
    const banner = page.locator(".banner", { hasText: "This file is older than the last one used here" });
    await banner.waitFor();
    expect(await banner.textContent()).toMatch(/\(saved .+\)\.\s2 changes may have been sent already and are held/u);
    await picture(desk, "today-light");
    expect(await axeFindingsInBothThemes(page)).toEqual([]);
    await goTo(page, "Outbox");
    await banner.waitFor();
    await page.getByRole("row", { name: /Payroll Clearing/u }).click();
    await page.getByRole("complementary", { name: "Change" }).getByRole("button", { name: "Compare with the provider" }).waitFor();
    await picture(desk, "outbox-light");
    expect(await page.getByRole("button", { name: "Try now" }).count()).toBe(0);
    expect(await axeFindingsInBothThemes(page)).toEqual([]);
    const { requests } = await desk.ask("training.panel", {});
    expect(requests.filter(({ line }) => line.startsWith("PUT"))).toEqual([]);

    await banner.getByRole("button", { name: "Compare with the provider" }).click();
    await banner.waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Try now" }).click();
    await page.locator('.outcome[data-state="accepted"]').waitFor();
    expect(await state(ids[1] ?? (0 as ChangeId))).toBe("approved");
  },
);
