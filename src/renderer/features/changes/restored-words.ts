import type { Restoration } from "@contract";
import { countOf } from "./send-words.ts";

const titles: Readonly<Record<Restoration["why"], (saved: string) => string>> = {
  older: (saved) => `This file is older than the last one used here${saved}.`,
  other: (saved) => `This file went another way than the last one used here${saved}.`,
  moved: () => "This file was not last used on this computer and in this place.",
};

/** What the banner of a restored file says; `timeText` shows a moment. */
export function restoredWords(
  { why, newestAtMs, waiting, comparing, trouble }: Restoration,
  timeText: (atMs: number) => string,
): { readonly title: string; readonly body: string } {
  const saved = newestAtMs === undefined ? "" : ` (saved ${timeText(newestAtMs)})`;
  const [are, they] = waiting === 1 ? ["is", "it is"] : ["are", "they are"];
  const held = `${countOf(waiting, "change")} may have been sent already and ${are} held until ${they} compared with the provider.`;
  const more = comparing ? "Comparing now; nothing is sent." : (trouble ?? "");
  return { title: titles[why](saved), body: more === "" ? held : `${held} ${more}` };
}
