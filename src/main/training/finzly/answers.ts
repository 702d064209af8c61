import { stringify } from "lossless-json";

/** A whole HTTP answer; `body` undefined means an empty body without a content type. */
export interface Answer {
  readonly status: number;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Pagination {
  readonly totalRecords: number;
  readonly returnedRecords: number;
  readonly pageReturned: number;
  readonly pageSize: number;
}

export function emptyAnswer(status: number, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, headers };
}

export function jsonAnswer(status: number, value: unknown): Answer {
  return { status, contentType: "application/json", body: stringify(value) ?? "null" };
}

export function htmlAnswer(status: number, title: string): Answer {
  const page = `<!DOCTYPE html>\n<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>\n`;
  return { status, contentType: "text/html; charset=utf-8", body: page };
}

/** The documented envelope of a success; code and message are null then. */
export function successAnswer(data: unknown, pagination?: Pagination): Answer {
  const paged = pagination === undefined ? {} : { pagination };
  return jsonAnswer(200, { status: "Success", code: null, message: null, ...paged, data });
}

/** The documented envelope of a refusal, under the given HTTP status. */
export function failureAnswer(status: number, code: string, message: string): Answer {
  return jsonAnswer(status, { status: "Failure", code, message, data: null });
}

/** The documented body of a 500: an array, not an envelope. */
export function serverErrorAnswer(): Answer {
  const description = "The request could not be processed";
  return jsonAnswer(500, [{ code: "invalidMethod", description }]);
}
