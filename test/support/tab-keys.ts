import type { Page } from "playwright-core";
import { expect } from "vitest";

const furthest = 90;

/** What has the focus: its words, its role, and whether it shows a ring. */
export interface Focused {
  readonly name: string;
  readonly role: string;
  readonly isRinged: boolean;
}

/** What has the focus now. */
export async function focused(page: Page): Promise<Focused> {
  return await page.evaluate(() => {
    const element = document.activeElement;
    if (!(element instanceof HTMLElement)) return { name: "", role: "", isRinged: false };
    const labels =
      element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement ? [...(element.labels ?? [])] : [];
    const byId = (element.getAttribute("aria-labelledby") ?? "")
      .split(" ")
      .map((id) => document.getElementById(id)?.textContent ?? "");
    const name = [
      element.getAttribute("aria-label") ?? "",
      ...byId,
      ...labels.map((label) => label.textContent),
      element.textContent,
    ].join(" ");
    const ring = (node: Element | null): boolean => {
      for (let at = node, depth = 0; at !== null && depth < 3; at = at.parentElement, depth += 1) {
        const style = getComputedStyle(at);
        if (style.outlineStyle !== "none" && Number.parseFloat(style.outlineWidth) >= 2) return true;
      }
      return false;
    };
    const cell = document.getElementById(element.getAttribute("aria-activedescendant") ?? "");
    return {
      name,
      role: element.getAttribute("role") ?? element.tagName.toLowerCase(),
      isRinged: ring(cell ?? element),
    };
  });
}

/** Presses Tab until the control of that name has focus; fails when it cannot be reached or shows no ring. */
export async function tabTo(page: Page, name: RegExp, key = "Tab"): Promise<Focused> {
  for (let step = 0; step < furthest; step += 1) {
    await page.keyboard.press(key);
    const at = await focused(page);
    if (!name.test(at.name)) continue;
    expect(at.isRinged, `${at.name} has focus but shows no ring`).toBe(true);
    return at;
  }
  throw new Error(`Tab never reached ${String(name)}.`);
}
