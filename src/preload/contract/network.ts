import { z } from "zod";
import { command, query } from "./define.ts";
import { done, nothing, timestampMs } from "./values.ts";

/** A certificate authority a person added, as it is shown; never the certificate itself. */
export const authority = z.object({
  subject: z.string(),
  issuer: z.string(),
  validFromMs: timestampMs,
  expiresAtMs: timestampMs,
  /** SHA-256 in upper-case hex pairs, to compare with what the bank's own people say. */
  fingerprint: z.string(),
});
export type Authority = z.infer<typeof authority>;

/** The file of extra authorities; absent `file`: none was added. */
export const extraAuthorities = z.object({
  file: z.object({ name: z.string(), addedAtMs: timestampMs, addedBy: z.string() }).optional(),
  authorities: z.array(authority),
});
export type ExtraAuthorities = z.infer<typeof extraAuthorities>;

export const network = {
  authorities: query("person", nothing, extraAuthorities),
  /**
   * Asks for a PEM file and trusts its authorities in every connection, beside the built-in ones and the system's; it
   * takes the place of the file before. Given up: nothing changes. Failure input-invalid says what is wrong with it.
   */
  chooseAuthorities: command(["administrator"], nothing, extraAuthorities),
  removeAuthorities: command(["administrator"], nothing, done),
};
