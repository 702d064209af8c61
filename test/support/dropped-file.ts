import type { Page } from "playwright-core";

const inputId = "held-file";

/** Takes a file of this computer in hand, to be dragged over the page. */
export async function holdFile(page: Page, path: string): Promise<void> {
  await page.evaluate((id) => {
    const input = document.createElement("input");
    input.type = "file";
    input.id = id;
    document.body.append(input);
  }, inputId);
  await page.setInputFiles(`#${inputId}`, path);
}

/** One step of dragging the held file over the window; it is let go with `drop`. */
export async function dragFile(page: Page, step: "dragenter" | "dragleave" | "drop"): Promise<void> {
  await page.evaluate(
    ([id, type]) => {
      const input = document.querySelector<HTMLInputElement>(`#${id}`);
      const held = new DataTransfer();
      const [first] = input?.files ?? [];
      if (first !== undefined) held.items.add(first);
      if (type === "drop") input?.remove();
      window.dispatchEvent(new DragEvent(type, { dataTransfer: held, cancelable: true, bubbles: true }));
    },
    [inputId, step] as const,
  );
}

/** Drops a file on the window. */
export async function dropFile(page: Page, path: string): Promise<void> {
  await holdFile(page, path);
  await dragFile(page, "dragenter");
  await dragFile(page, "drop");
}
