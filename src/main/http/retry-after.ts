const tenMinutesMs = 600_000;

/** The oldest form of an HTTP date, "Fri Nov 20 12:00:30 2026": in GMT without saying so (RFC 9110, 5.6.7). */
const asctime = /^[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4}$/u;

/**
 * What a Retry-After header asks for, in milliseconds from `nowMs` (wall clock): whole seconds or an HTTP date in any
 * of its three forms. At most ten minutes; a date in the past is 0. Undefined when the header is absent or says nothing
 * readable.
 */
export function retryAfterMs(header: string | undefined, nowMs: number): number | undefined {
  const text = header?.trim() ?? "";
  if (/^\d{1,12}$/u.test(text)) return Math.min(Number(text) * 1000, tenMinutesMs);
  const isAsctime = asctime.test(text);
  if (!isAsctime && !/^[A-Z][a-z]{2,8},? \d/u.test(text)) return undefined;
  const atMs = Date.parse(isAsctime ? `${text} GMT` : text);
  return Number.isNaN(atMs) ? undefined : Math.min(Math.max(0, atMs - nowMs), tenMinutesMs);
}
