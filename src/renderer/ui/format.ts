const minus = "\u2212";
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** What turns the reading direction of the text after it. */
const turning = /[\u202A-\u202E\u2066-\u2069]/gu;

/** The text of one record inside a sentence: it cannot turn the words after it around. */
export function plainLine(text: string): string {
  return text.replaceAll(turning, "\uFFFD");
}

const two = (value: number) => String(value).padStart(2, "0");

/** "−86,204.11": integer minor units with `digits` decimals, thousands separators and a true minus sign. */
export function amountText(amountMinor: number, digits = 2): string {
  const text = String(Math.abs(amountMinor)).padStart(digits + 1, "0");
  const whole = text.slice(0, text.length - digits).replace(/\B(?=(\d{3})+$)/gu, ",");
  const decimals = digits === 0 ? "" : `.${text.slice(text.length - digits)}`;
  return `${amountMinor < 0 ? minus : ""}${whole}${decimals}`;
}

/** "4,812". */
export function countText(count: number): string {
  return amountText(count, 0);
}

/** "1 change", "3 changes"; `plural` where an s is not enough. */
export function counted(count: number, singular: string, plural = `${singular}s`): string {
  return `${countText(count)} ${count === 1 ? singular : plural}`;
}

/** "+60%", "−12.5%", "<0.1%" for a change that rounds to nothing; tenths of a percent in, U+2212 for a fall. */
export function percentText(tenths: number): string {
  if (tenths === 0) return "<0.1%";
  const rest = Math.abs(tenths) % 10;
  const whole = countText(Math.floor(Math.abs(tenths) / 10));
  return `${tenths < 0 ? minus : "+"}${whole}${rest === 0 ? "" : `.${String(rest)}`}%`;
}

/** "4 min", "1 h 20 min", "under 1 min": how long something still takes. */
export function durationText(forMs: number): string {
  if (forMs < minuteMs) return "under 1 min";
  const minutes = Math.round(forMs / minuteMs);
  if (minutes < 60) return `${String(minutes)} min`;
  const rest = minutes % 60;
  return `${countText(Math.floor(minutes / 60))} h${rest === 0 ? "" : ` ${String(rest)} min`}`;
}

/** "214 kB", "1.4 MB": decimal units. */
export function bytesText(bytes: number): string {
  if (bytes < 1000) return `${String(bytes)} B`;
  if (bytes < 1_000_000) return `${countText(Math.round(bytes / 1000))} kB`;
  const tenths = Math.round(bytes / 100_000);
  return `${countText(Math.floor(tenths / 10))}.${String(tenths % 10)} MB`;
}

/** "14:05", local time. */
export function timeText(atMs: number): string {
  const at = new Date(atMs);
  return `${two(at.getHours())}:${two(at.getMinutes())}`;
}

/** "14:05:58", local time. */
export function timeWithSecondsText(atMs: number): string {
  return `${timeText(atMs)}:${two(new Date(atMs).getSeconds())}`;
}

/** "20 Nov 2026", local. */
export function dateText(atMs: number): string {
  const at = new Date(atMs);
  return `${at.getDate()} ${months[at.getMonth()] ?? ""} ${at.getFullYear()}`;
}

/** "20 Nov 2026, 14:05", local. */
export function dateTimeText(atMs: number): string {
  return `${dateText(atMs)}, ${timeText(atMs)}`;
}

/** The same moment with seconds and the name of the local time zone, for a person who asks exactly. */
export function exactDateTimeText(atMs: number): string {
  const zone = new Intl.DateTimeFormat("en-GB", { timeZoneName: "short" }).formatToParts(new Date(atMs));
  const name = zone.find((part) => part.type === "timeZoneName")?.value ?? "";
  return `${dateText(atMs)}, ${timeWithSecondsText(atMs)} ${name}`.trim();
}

function span(forMs: number): string {
  if (forMs < minuteMs) return "";
  if (forMs < hourMs) return `${Math.floor(forMs / minuteMs)} min`;
  if (forMs < dayMs) return `${Math.floor(forMs / hourMs)} h`;
  return `${countText(Math.floor(forMs / dayMs))} d`;
}

/** "just now", "42 min ago", "3 h ago", "100 d ago". */
export function ageText(atMs: number, nowMs: number): string {
  const words = span(Math.max(0, nowMs - atMs));
  return words === "" ? "just now" : `${words} ago`;
}

export interface StalenessWords {
  readonly kind: "fresh" | "ageing" | "stale";
  readonly text: string;
}

/** Under 24 h plain; 1 to 7 days ageing; over 7 days, or when the last attempt failed, stale. */
export function stalenessOf(atMs: number, nowMs: number, lastAttemptFailed = false): StalenessWords {
  const forMs = Math.max(0, nowMs - atMs);
  const words = span(forMs) || "0 min";
  if (lastAttemptFailed || forMs > 7 * dayMs) return { kind: "stale", text: `${words} stale` };
  if (forMs >= dayMs) return { kind: "ageing", text: `${words} ageing` };
  return { kind: "fresh", text: ageText(atMs, nowMs) };
}

/** How a masked number is spoken: "masked, ends in 4 4 4 4". */
export function spokenMask(last4: string): string {
  return `masked, ends in ${Array.from(last4).join(" ")}`;
}
