import { callNamed, callNames } from "@contract";
import { issueSentence } from "@contract/issue-words.ts";
import { expect, it } from "vitest";
import type { z } from "zod";

const odd: readonly unknown[] = [
  undefined, null, "", "  ", "x".repeat(20_000), "a\u0000b", -1, 0, 1.5, Number.NaN, 1e300, true, [], {}, ["", 7],
  { a: 1 },
  Array.from({ length: 5000 }, () => "x"), Number.MAX_SAFE_INTEGER,
];
const validatorsWords =
  /expected|received|invalid|too (?:small|big)|[<>]=?|unrecognized|regex|pattern|\bint\b|string|boolean|undefined|\bNaN/iu;

interface Shaped {
  readonly shape?: Record<string, z.ZodType>;
  readonly options?: readonly z.ZodType[];
  readonly unwrap?: () => z.ZodType;
}

/** Inputs with one part after the other put wrong, the rest left out. */
function* wrongInputs(schema: z.ZodType, depth = 0): Generator<unknown> {
  yield* odd;
  if (depth > 3) return;
  const { shape, options } = schema as Shaped;
  for (const one of options ?? []) if (typeof one === "object") yield* wrongInputs(one, depth + 1);
  for (const [key, part] of Object.entries(shape ?? {})) {
    for (const value of wrongInputs(part, depth + 1)) yield { [key]: value };
  }
}

it("says every fault of every input of the contract in a plain sentence", () => {
  const said = new Map<string, string>();
  for (const name of callNames) {
    const { input } = callNamed(name);
    for (const wrong of wrongInputs(input)) {
      const parsed = input.safeParse(wrong, { error: issueSentence });
      for (const issue of parsed.error?.issues ?? []) said.set(issue.message, `${name} ${issue.path.join(".")}`);
    }
  }
  const faulty = [...said].filter(([text]) => validatorsWords.test(text) || !/^[A-Z“].*[.?]$/u.test(text));
  expect(faulty).toEqual([]);
  expect(said.has("This cannot be empty.")).toBe(true);
});
