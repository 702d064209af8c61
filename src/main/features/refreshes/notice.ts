import { refreshStateWords, type RefreshState } from "@contract";
import type { RefreshNotice } from "./refresh-access.ts";
import type { RefreshRecord } from "./refresh-record.ts";
import { refreshNumber } from "./transition.ts";

const longMs = 20_000;

/**
 * The notice of an end; `refresh` is as it was before. Only one that outlived its request, or took long enough for its
 * person to turn away, is worth one, and one that was given up has had it.
 */
export function noticeOf(refresh: RefreshRecord, state: RefreshState, atMs: number): RefreshNotice | undefined {
  const long = refresh.state === "still-running" || atMs - refresh.clickedAtMs > longMs;
  if (!long || refresh.state === "given-up") return undefined;
  const ended = state === "failed" && refresh.sentAtMs === undefined ? "Not sent" : refreshStateWords[state];
  const title = `Refresh ${refreshNumber(refresh.id)}: ${ended}`;
  return { id: refresh.id, title, body: "Open Vostro to see what came of it." };
}
