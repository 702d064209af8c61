import { describe, expect, it } from "vitest";
import { liveFormErrors } from "../../../src/renderer/features/workspace/live-form-checks.ts";

const good = {
  name: "Halden Bank",
  administrator: "Priya Raman",
  passphrase: "copper kettle winds north",
  again: "copper kettle winds north",
  unlockPassphrase: "seven herons over slate",
  unlockAgain: "seven herons over slate",
};
const fields = (change: Partial<typeof good>, needsUnlock = true) =>
  liveFormErrors({ ...good, ...change }, needsUnlock).map((error) => error.field);

describe("a new live workspace", () => {
  it("needs nothing more than what was typed", () => {
    expect(fields({})).toEqual([]);
  });

  it.each([
    [{ name: " " }, ["name"]],
    [{ administrator: "" }, ["administrator"]],
    [{ passphrase: "short", again: "short" }, ["passphrase"]],
    [{ passphrase: "aaaaaaaaaaaaaaaa", again: "aaaaaaaaaaaaaaaa" }, ["passphrase"]],
    [{ again: "copper kettle winds south" }, ["again"]],
    [{ unlockPassphrase: "", unlockAgain: "" }, ["unlockPassphrase"]],
    [{ unlockAgain: "other" }, ["unlockAgain"]],
    [{ unlockPassphrase: good.passphrase, unlockAgain: good.passphrase }, ["unlockPassphrase"]],
  ])("%j is refused at %j", (change, at) => {
    expect(fields(change)).toEqual(at);
  });

  it("asks for no unlock passphrase where a keyring guards the key", () => {
    expect(fields({ unlockPassphrase: "", unlockAgain: "" }, false)).toEqual([]);
  });
});
