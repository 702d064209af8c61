import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HttpFailure } from "../../../src/main/http/http-failure.ts";
import { writeOutcomeOf } from "../../../src/main/providers/finzly/outcomes.ts";
import { writeOutcomeOfFailure } from "../../../src/main/providers/outcomes.ts";
import { plainWords } from "../../../src/main/providers/scrub.ts";

const answer = (status: number, body: string, type = "application/json") => ({
  status,
  headers: { "content-type": type },
  body: Buffer.from(body),
  elapsedMs: 1,
});
const outcome = (status: number, body: string, type?: string) => writeOutcomeOf(answer(status, body, type), 0);
const waits = { headersTimeoutMs: 30_000, bodyTimeoutMs: 60_000 };

describe("the meaning of an answer to a write", () => {
  it("only a 2xx with status Success, spelt so, is accepted", () => {
    expect(outcome(200, '{"status":"Success"}').kind).toBe("accepted");
    expect(outcome(201, '{"status":"Success"}').kind).toBe("accepted");
    for (const body of [
      '{"status":"success"}',
      '{"status":"SUCCESS"}',
      "{}",
      "[]",
      '"Success"',
      '{"state":"Success"}',
      '{"status":["Success"]}',
    ]) {
      expect(outcome(200, body).kind, body).toBe("unknown");
    }
    expect(outcome(204, "").kind).toBe("unknown");
  });

  it.each([300, 301, 302, 304, 307, 308, 408, 418, 425, 451, 500, 501, 502, 504, 599])(
    "%d is unknown whatever it says",
    (status) => {
      expect(outcome(status, '{"status":"Success"}').kind).toBe("unknown");
      expect(outcome(status, '{"status":"Failure","message":"no"}').kind).toBe("unknown");
    },
  );

  it.each([400, 402, 403, 404, 405, 409, 422])(
    "%d is a refusal whatever it says, and never empty of words",
    (status) => {
      for (const body of ["", "<html>no</html>", '{"status":"Success"}', '[{"code":"x","description":"y"}]']) {
        const result = outcome(status, body, body.startsWith("<") ? "text/html" : undefined);
        expect(result).toMatchObject({ kind: "refused", httpStatus: status });
        expect(result.message).toMatch(/\S/u);
      }
      expect(outcome(status, '[{"code":"invalidMethod","description":"No such method"}]')).toMatchObject({
        code: "invalidMethod",
        message: "No such method",
      });
    },
  );

  it("no answer at all can be accepted without a Success in it", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 200, max: 599 }),
        fc.string(),
        fc.constantFrom("application/json", "text/html", ""),
        (status, body, type) => {
          expect(outcome(status, body, type).kind).not.toBe("accepted");
        },
      ),
    );
  });
});

describe("the meaning of a broken write", () => {
  it("before anything left it is definite, after it is not, and the certificate is named", () => {
    expect(writeOutcomeOfFailure("Finzly", new HttpFailure("certificate", "before-send", "Not trusted."), waits)).toEqual({
      kind: "not-sent",
      reason: "certificate",
      message: "Not trusted. Nothing was sent.",
    });
    expect(writeOutcomeOfFailure("Finzly", new HttpFailure("no-answer", "after-send", "x"), waits)).toEqual({
      kind: "unknown",
      message: "Finzly did not answer in 30 s. The change may or may not have been applied.",
    });
    expect(
      writeOutcomeOfFailure("Finzly", new HttpFailure("slow-body", "after-send", "x", { status: 200 }), waits),
    ).toMatchObject({ kind: "unknown", httpStatus: 200 });
  });
});

describe("a provider's words", () => {
  it.each([
    ["account 95659895 is taken", "account ••••9895 is taken"],
    ["number 9565-9895-0001 is taken", "number ••••0001 is taken"],
    ["limit 1000.00 of 2026", "limit 1000.00 of 2026"],
    ["line\nbreak\u0000 and\ttab", "line break and tab"],
  ])("%o becomes %o", (text, expected) => expect(plainWords(text)).toBe(expected));

  it("are one line of at most 300 characters without a long run of digits", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 2000 }), (text) => {
        const words = plainWords(text);
        expect(Array.from(words).length).toBeLessThanOrEqual(300);
        expect(words).not.toMatch(/\d{7,}|[\n\r\u0000]/u);
      }),
    );
  });
});
