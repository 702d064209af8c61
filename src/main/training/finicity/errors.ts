import { jsonAnswer, textAnswer, type Answer } from "../shared/answers.ts";
import type { WireFormat } from "./wire-format.ts";
import { writeXml, type XmlElement } from "./xml.ts";

/** The forms an error body is known to take. */
export const errorShapes = ["code", "code-text", "errors", "errors-lower", "error-code", "text", "xml"] as const;
export type ErrorShape = (typeof errorShapes)[number];

export interface ProviderError {
  readonly status: number;
  readonly code: number;
  readonly message: string;
  /** The accounts and institution that a ticket of the provider names; XML only. */
  readonly ticket?: { readonly accountIds: readonly string[]; readonly institutionId: string };
}

function errorXml({ code, message, ticket }: ProviderError): string {
  const field = (name: string, content: XmlElement["content"]): XmlElement => ({ name, content });
  const tickets =
    ticket === undefined
      ? []
      : [
          field("ticket", [
            field("id", String(1_000_000 + code)),
            field("accountIds", ticket.accountIds.join(",")),
            field("institutionId", ticket.institutionId),
            field("status", "open"),
          ]),
        ];
  const fields = [field("code", String(code)), field("message", message), ...tickets];
  const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
  return `${declaration}\n${writeXml({ name: "error", content: fields })}`;
}

/** An error in one of the provider's forms. */
export function shapedError(shape: ErrorShape, error: ProviderError): Answer {
  const { status, code, message } = error;
  switch (shape) {
    case "code":
      return jsonAnswer(status, { code, message });
    case "code-text":
      return jsonAnswer(status, { code: String(code), message, status: String(status), title: "Error" });
    case "errors": {
      const one = { Source: "Aggregation", ReasonCode: String(code), Description: message };
      return jsonAnswer(status, { Errors: { Error: [{ ...one, Recoverable: false, Details: null }] } });
    }
    case "errors-lower": {
      const one = { source: "Aggregation", reasonCode: code, description: message };
      return jsonAnswer(status, { errors: { error: [{ ...one, recoverable: "false,", details: null }] } });
    }
    case "error-code":
      return jsonAnswer(status, { errorCode: code, message });
    case "text":
      return textAnswer(status, message);
    case "xml":
      return { status, contentType: "application/xml", body: errorXml(error) };
  }
}

/** An error in the form that belongs to the format asked for: `{code, message}` or the XML error element. */
export function errorAnswer(format: WireFormat, error: ProviderError): Answer {
  return shapedError(format === "xml" ? "xml" : "code", error);
}

export const refusals = {
  badCredentials: { status: 401, code: 10_001, message: "Invalid partner credentials" },
  locked: { status: 401, code: 10_021, message: "Not authorized: the partner account is locked" },
  tokenInvalid: { status: 401, code: 10_022, message: "Invalid Finicity-App-Token" },
  tokenExpired: { status: 401, code: 10_023, message: "Expired Finicity-App-Token" },
  tokenMissing: { status: 401, code: 10_024, message: "Missing Finicity-App-Token header" },
  keyMissing: { status: 401, code: 10_026, message: "Missing Finicity-App-Key header" },
  keyInvalid: { status: 401, code: 10_027, message: "Invalid (Finicity-App-Key)" },
  customerUnknown: { status: 404, code: 14_001, message: "The customer was not found" },
  institutionUnknown: { status: 404, code: 14_006, message: "The institution was not found" },
  accountUnknown: { status: 404, code: 38_003, message: "The customer does not have this account" },
  noneAtInstitution: { status: 404, code: 38_006, message: "The customer has no accounts at this institution" },
  noneAtLogin: { status: 404, code: 38_007, message: "There are no accounts for this institution login" },
  statusFilter: { status: 400, code: 18_017, message: "The status filter must be active or pending" },
  customerBusy: { status: 500, code: 325, message: "The accounts are being aggregated" },
  loginBusy: { status: 500, code: 5006, message: "Aggregation is already in progress" },
} as const satisfies Readonly<Record<string, ProviderError>>;

export const badRequest = (message: string): ProviderError => ({ status: 400, code: 14_020, message });
export const badField = (message: string): ProviderError => ({ status: 400, code: 10_010, message });
export const missing = (name: string): ProviderError => ({ status: 400, code: 10_005, message: `${name} is required` });
