import { z } from "zod";

/**
 * Who may make a call.
 * `anyone`: before a workspace is open. `workspace`: a workspace is open, nobody need be signed in.
 * `person`: somebody is signed in and the workspace is not locked. A list: one of these roles is needed.
 */
export type Access = "anyone" | "workspace" | "person" | readonly Role[];

export const roles = ["viewer", "maker", "checker", "administrator"] as const;
export type Role = (typeof roles)[number];

export interface Call<I extends z.ZodType = z.ZodType, O extends z.ZodType = z.ZodType> {
  readonly kind: "query" | "command";
  readonly access: Access;
  readonly input: I;
  readonly output: O;
  /** The page hands over a file; the preload script turns it into `{ path }`, which the page never sees. */
  readonly takes?: "file";
}

/** A file of the page (a DOM File) as far as the contract needs it. */
export interface PageFile {
  readonly name: string;
  readonly size: number;
}

export interface BridgeEvent<P extends z.ZodType = z.ZodType> {
  readonly kind: "event";
  readonly payload: P;
}

/** A call without side effect. The input schema must be strict; the output schema is an allow-list. */
export function query<I extends z.ZodType, O extends z.ZodType>(access: Access, input: I, output: O): Call<I, O> {
  return { kind: "query", access, input, output };
}

/** A call that writes: it leaves a row in the audit trail, whether it succeeds or fails. */
export function command<I extends z.ZodType, O extends z.ZodType>(access: Access, input: I, output: O): Call<I, O> {
  return { kind: "command", access, input, output };
}

const filePath = z.strictObject({ path: z.string().min(1).max(4096) });

/** A command whose input is a file dropped on the window. Main gets its path, the page never does. */
export function fileCommand<O extends z.ZodType>(
  access: Access,
  output: O,
): Call<typeof filePath, O> & { readonly takes: "file" } {
  return { kind: "command", access, input: filePath, output, takes: "file" };
}

/** Something main tells the renderer; the payload is an allow-list too. */
export function event<P extends z.ZodType>(payload: P): BridgeEvent<P> {
  return { kind: "event", payload };
}
