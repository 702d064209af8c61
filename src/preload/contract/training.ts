import { z } from "zod";
import { command, query } from "./define.ts";
import { done, opaqueId, text } from "./values.ts";

/** Which simulated provider; Finzly when absent. */
const provider = z.enum(["finzly", "finicity", "signzy"]);
const ofProvider = z.strictObject({ provider: provider.optional() });

/** A fault of a simulated provider, switched on for one route. */
export const faultSettings = z.strictObject({
  provider: provider.optional(),
  route: text(40),
  kind: text(40),
  /** How many requests it meets; 0 = until cleared. */
  times: z.number().int().min(0).max(100_000),
  delayMs: z.number().int().min(0).max(600_000).optional(),
  retryAfter: text(60).optional(),
  field: text(40).optional(),
  value: text(200).optional(),
  /** The provider's own code in the error body. */
  code: text(20).optional(),
});
export type FaultSettings = z.infer<typeof faultSettings>;

export const activeFault = z.object({ id: opaqueId, ...faultSettings.shape, hits: z.number().int() });

export const trainingPanel = z.object({
  provider,
  providers: z.array(z.object({ kind: provider, name: z.string() })),
  address: z.string(),
  routes: z.array(z.object({ name: z.string(), label: z.string() })),
  kinds: z.array(
    z.object({ name: z.string(), label: z.string(), sentence: z.string(), parameters: z.array(z.string()) }),
  ),
  active: z.array(activeFault),
  requests: z.array(
    z.object({
      seq: z.number().int(),
      atMs: z.number().int(),
      line: z.string(),
      applied: z.boolean(),
      status: z.number().int().optional(),
      fault: z.string().optional(),
    }),
  ),
});
export type TrainingPanel = z.infer<typeof trainingPanel>;

/** Only in a training workspace; elsewhere every call fails with not-allowed. */
export const training = {
  panel: query("person", ofProvider, trainingPanel),
  setFault: command("person", faultSettings, done),
  clearFault: command("person", ofProvider.extend({ id: opaqueId.optional() }), done),
  /** Signs the app out at the simulated provider: every token it gave ends now. */
  expireTokens: command("person", ofProvider, done),
};
