const tenMinutesMs = 600_000;

/**
 * What a Retry-After header asks for, in milliseconds from `nowMs` (wall clock): whole seconds or an HTTP date. At
 * most ten minutes; a date in the past is 0. Undefined when the header is absent or says nothing readable.
 */
export function retryAfterMs(header: string | undefined, nowMs: number): number | undefined {
  const text = header?.trim() ?? "";
  if (/^\d{1,12}$/u.test(text)) return Math.min(Number(text) * 1000, tenMinutesMs);
  if (!/^[A-Z][a-z]{2,8},? \d/u.test(text)) return undefined;
  const atMs = Date.parse(text);
  return Number.isNaN(atMs) ? undefined : Math.min(Math.max(0, atMs - nowMs), tenMinutesMs);
}
