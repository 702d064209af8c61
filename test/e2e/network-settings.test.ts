import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { axeFindingsInBothThemes } from "../support/axe.ts";
import { goTo, goToSettings, startTraining, type StartedApp } from "../support/signed-in.ts";

const authority = join(import.meta.dirname, "../fixtures/tls/authority.pem");
const folder = mkdtempSync(join(tmpdir(), "vostro-authorities-"));
let started: StartedApp;
beforeAll(async () => {
  started = await startTraining({ person: "Tomas Okafor" });
});
afterAll(async () => {
  await started.end();
  rmSync(folder, { recursive: true, force: true });
});

const pick = async (path: string, button: string) => {
  await started.app.host?.answerNextDialog({ filePaths: [path] });
  await started.page.getByRole("button", { name: button }).click();
};

it("an administrator adds the company's authority, sees what it is, and removes it again", async () => {
  const { page } = started;
  await goToSettings(page, "Network");
  await page.getByText("No file was added.").waitFor();
  const broken = join(folder, "broken.pem");
  writeFileSync(broken, "not a certificate");
  await pick(broken, "Add a file of authorities");
  await page.getByText(/holds no certificate in PEM form/u).waitFor();
  await pick(authority, "Add a file of authorities");
  const row = page.getByRole("row", { name: /Vostro Test Authority/u });
  await row.waitFor();
  await expect.poll(() => page.getByText(/holds no certificate in PEM form/u).count()).toBe(0);
  expect(await row.textContent()).toMatch(/SHA-256 [0-9A-F:]{95}itself.*2126/u);
  expect(await axeFindingsInBothThemes(page)).toEqual([]);
  await page.getByRole("button", { name: "Remove authority.pem" }).click();
  await page.getByRole("alertdialog").getByRole("button", { name: "Stop trusting them" }).click();
  await page.getByText("No file was added.").waitFor();
  await goTo(page, "Log");
  await page.getByText("Trusts the authorities in authority.pem no longer").first().waitFor();
  await page.getByText(/Trusts the authorities in authority\.pem: Vostro Test Authority/u).first().waitFor();
  expect(started.complaints).toEqual([]);
});
