import { join } from "node:path";
import log from "electron-log/node";
import type { Log } from "../core/log.ts";
import { redact, redactText } from "../core/mask.ts";

function plain(value: unknown, depth = 0): unknown {
  if (!(value instanceof Error)) return value;
  const { name, message, stack } = value;
  const code = "code" in value ? { code: value.code } : {};
  const cause = value.cause === undefined || depth > 4 ? {} : { cause: plain(value.cause, depth + 1) };
  const where = stack
    ?.split("\n")
    .slice(1, 8)
    .map((line) => line.trim());
  return { name, message, ...code, ...cause, ...(where === undefined ? {} : { where }) };
}

/** One line of the log, everything in it redacted by key and by value. */
export function logLine(message: string, facts?: Readonly<Record<string, unknown>>): string {
  const text = redactText(message);
  if (facts === undefined) return text;
  const open = Object.fromEntries(Object.entries(facts).map(([key, value]) => [key, plain(value)]));
  return `${text} ${JSON.stringify(redact(open))}`;
}

/** The log in `<folder>/vostro.log`, 5 MB a file, one older file kept. Warnings also go to the console when `echo`. */
export function createLogFile(folder: string, echo: boolean): Log {
  const logger = log.create({ logId: "vostro" });
  logger.transports.file.resolvePathFn = () => join(folder, "vostro.log");
  logger.transports.file.maxSize = 5 * 1024 * 1024;
  logger.transports.file.level = "info";
  logger.transports.console.level = echo ? "warn" : false;
  return {
    info: (message, facts) => logger.info(logLine(message, facts)),
    warn: (message, facts) => logger.warn(logLine(message, facts)),
    error: (message, facts) => logger.error(logLine(message, facts)),
  };
}
