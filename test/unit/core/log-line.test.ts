import { expect, it } from "vitest";
import { logLine } from "../../../src/main/shell/log-file.ts";

it("writes errors with their causes, and nothing secret of either", () => {
  const cause = Object.assign(new Error("POST failed, Authorization: Bearer abcdefghijk"), { code: "ECONNRESET" });
  const line = logLine("Sending failed for 4111222233334444", {
    error: new Error("outer 987654321", { cause }),
    clientSecret: "hunter2",
  });
  expect(line).toContain("ECONNRESET");
  expect(line).toContain("••••4444");
  expect(line).not.toMatch(/abcdefghijk|4111222233334444|987654321|hunter2/u);
});
