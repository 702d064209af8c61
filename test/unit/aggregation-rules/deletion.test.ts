import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkDeletion, namesAccount } from "@contract/rules/aggregation/deletion.ts";

const account = { last4: "2765", accountName: "Super  Checking" };
const words = { reason: "The customer closed it", authorisationRef: "CR-7", typed: "2765" };
const paths = (more: Partial<typeof words>) => checkDeletion({ ...words, ...more }, account).map(({ path }) => path);

describe("what a deletion takes", () => {
  it.each(["2765", " 2765 ", "Super Checking", "super checking "])("takes %o for the account", (typed) => {
    expect(namesAccount(typed, account)).toBe(true);
  });

  it.each(["", " ", "276", "12765", "Super", "Checking", "yes"])("takes %o for no account", (typed) => {
    expect(namesAccount(typed, account)).toBe(false);
  });

  it("nothing typed names an account without number or name", () => {
    fc.assert(
      fc.property(fc.constantFrom("", " ", "\t"), fc.constantFrom(undefined, "", " "), (typed, last4) => {
        expect(namesAccount(typed, { last4, accountName: " " })).toBe(false);
      }),
    );
  });

  it("needs a reason, an authorisation reference and the account's name, each told at its field", () => {
    expect(paths({})).toEqual([]);
    expect(paths({ reason: " ", authorisationRef: "", typed: "no" })).toEqual(["reason", "authorisationRef", "typed"]);
    expect(paths({ authorisationRef: "CR\n7" })).toEqual(["authorisationRef"]);
    expect(paths({ reason: "bell \u0007" })).toEqual(["reason"]);
    expect(checkDeletion({ ...words, typed: "" }, { accountName: "Savings" })[0]?.message).toBe(
      "Type the account's name to say which one is meant.",
    );
  });
});
