import type { Environment } from "@contract";
import { expect, it } from "vitest";
import { mostDangerous } from "../../../src/main/features/connections/most-dangerous.ts";

const of = (...environments: Environment[]) => mostDangerous(environments.map((environment) => ({ environment })));

it("labels a live workspace PRODUCTION as soon as one connection is, else SANDBOX, and never TRAINING", () => {
  expect(of("sandbox", "production", "training")).toBe("production");
  expect(of("training", "sandbox")).toBe("sandbox");
  expect(of("training")).toBe("sandbox");
  expect(of()).toBe("sandbox");
});
