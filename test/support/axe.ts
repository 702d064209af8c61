import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";

export type Theme = "light" | "dark";

const rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

const colourRules = ["color-contrast", "link-in-text-block"];

/** What axe finds wrong on the page as it stands, one line a finding; empty when it is clean. */
export async function axeFindings(page: Page, only?: "colours"): Promise<readonly string[]> {
  // Legacy mode: axe would otherwise open a page of its own, and the app has one window.
  // Only what is wrong is told in full: describing every element that passes takes longer than finding what does not.
  const axe = new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ["violations"] });
  const { violations } = await (only === undefined ? axe.withTags(rules) : axe.withRules(colourRules)).analyze();
  return violations.flatMap((violation) =>
    violation.nodes.map(
      (node) => `${violation.id}: ${violation.help} (${node.target.join(" ")}) ${node.failureSummary ?? ""}`,
    ),
  );
}

/**
 * The same in both themes; each line says which. Colours are all that differs between them, so only rules about
 * colours are asked twice. The page is left in the theme it had.
 */
export async function axeFindingsInBothThemes(page: Page): Promise<readonly string[]> {
  const before = await page.evaluate(() => document.documentElement.dataset["theme"]);
  const found: string[] = [];
  for (const theme of ["light", "dark"] as const) {
    await showTheme(page, theme);
    const findings = await axeFindings(page, theme === "dark" ? "colours" : undefined);
    found.push(...findings.map((line) => `${theme}: ${line}`));
  }
  await showTheme(page, before);
  return found;
}

async function showTheme(page: Page, theme: string | undefined): Promise<void> {
  await page.evaluate((wanted) => {
    if (wanted === undefined) delete document.documentElement.dataset["theme"];
    else document.documentElement.dataset["theme"] = wanted;
  }, theme);
}
