import type { z } from "zod";

type Issue = z.core.$ZodRawIssue;

const counted = (count: number | bigint, one: string, many: string): string =>
  `${String(count)} ${Number(count) === 1 ? one : many}`;

function ofWrongType({ expected, input }: Extract<Issue, { code: "invalid_type" }>): string {
  if (input === undefined || input === null) return "This is needed.";
  switch (expected) {
    case "int":
      return "This must be a whole number.";
    case "number":
    case "nan":
      return "This must be a number.";
    case "boolean":
      return "Choose Yes or No.";
    case "string":
      return "This must be text.";
    default:
      return "This is not in a form Vostro knows.";
  }
}

function ofTooSmall({ origin, minimum, inclusive }: Extract<Issue, { code: "too_small" }>): string {
  if (origin === "string") {
    if (Number(minimum) <= 1) return "This cannot be empty.";
    return `Type at least ${counted(minimum, "character", "characters")}.`;
  }
  if (origin === "array" || origin === "set") return `Give at least ${counted(minimum, "entry", "entries")}.`;
  return inclusive === false ? `This must be more than ${minimum}.` : `This must be ${minimum} or more.`;
}

function ofTooBig({ origin, maximum, inclusive }: Extract<Issue, { code: "too_big" }>): string {
  if (origin === "string") return `This may have at most ${counted(maximum, "character", "characters")}.`;
  if (origin === "array" || origin === "set") return `This may have at most ${counted(maximum, "entry", "entries")}.`;
  return inclusive === false ? `This must be less than ${maximum}.` : `This must be ${maximum} or less.`;
}

/** What is wrong with a part of a call's input, as one plain sentence; a schema's own words go before it. */
export function issueSentence(issue: Issue): string {
  switch (issue.code) {
    case "invalid_type":
      return ofWrongType(issue as Extract<Issue, { code: "invalid_type" }>);
    case "too_small":
      return ofTooSmall(issue as Extract<Issue, { code: "too_small" }>);
    case "too_big":
      return ofTooBig(issue as Extract<Issue, { code: "too_big" }>);
    case "invalid_value":
      return "Choose one of the values offered.";
    case "unrecognized_keys":
      return "This holds something Vostro does not know.";
    default:
      return "This is not in a form Vostro knows.";
  }
}
