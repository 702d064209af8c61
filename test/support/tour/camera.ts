import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { smallerPng } from "./smaller-png.ts";

/** Takes numbered pictures of the page, in the order of the tour. */
export interface Camera {
  readonly shoot: (name: string, extra?: { readonly dark?: boolean; readonly guide?: string }) => Promise<void>;
  readonly taken: () => readonly string[];
}

async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await document.fonts.ready;
    const finite = document
      .getAnimations()
      .filter((each) => each.effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY);
    await Promise.allSettled(finite.map((animation) => animation.finished));
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  });
}

/** Pictures go to `folder`, emptied first; those with a guide name go to `guideFolder` too, made small. */
export function createCamera(page: Page, folder: string, guideFolder: string): Camera {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  mkdirSync(guideFolder, { recursive: true });
  const taken: string[] = [];

  const take = async (file: string): Promise<string> => {
    await settled(page);
    const path = join(folder, file);
    await page.screenshot({ path, caret: "hide" });
    taken.push(file);
    return path;
  };

  const keepForGuide = (path: string, name: string): void =>
    writeFileSync(join(guideFolder, `${name}.png`), smallerPng(readFileSync(path)));

  return {
    shoot: async (name, { dark = false, guide } = {}) => {
      const number = String(taken.length + 1).padStart(2, "0");
      const path = await take(`${number}-${name}.png`);
      if (guide !== undefined) keepForGuide(path, guide);
      console.log(`${number} ${name}`);
      if (!dark) return;
      await page.emulateMedia({ colorScheme: "dark" });
      await take(`${number}-${name}-dark.png`);
      taken.pop();
      await page.emulateMedia({ colorScheme: "light" });
    },
    taken: () => taken,
  };
}
