import type { Page } from "playwright-core";

/** Which of the texts the page still holds anywhere in its JavaScript memory once the garbage is collected. */
export async function memoryHolds(page: Page, texts: readonly string[]): Promise<readonly boolean[]> {
  const session = await page.context().newCDPSession(page);
  const chunks: string[] = [];
  session.on("HeapProfiler.addHeapSnapshotChunk", ({ chunk }) => chunks.push(chunk));
  await session.send("HeapProfiler.enable");
  await session.send("HeapProfiler.collectGarbage");
  await session.send("HeapProfiler.takeHeapSnapshot", { reportProgress: false });
  await session.detach();
  const snapshot = chunks.join("");
  return texts.map((text) => snapshot.includes(text));
}
