import { stringify } from "lossless-json";

/** A whole HTTP answer; `body` undefined means an empty body without a content type. */
export interface Answer {
  readonly status: number;
  readonly contentType?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export function emptyAnswer(status: number, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, headers };
}

export function jsonAnswer(status: number, value: unknown): Answer {
  return { status, contentType: "application/json", body: stringify(value) ?? "null" };
}

export function textAnswer(status: number, body: string): Answer {
  return { status, contentType: "text/plain", body };
}

export function htmlAnswer(status: number, title: string): Answer {
  const page = `<!DOCTYPE html>\n<html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>\n`;
  return { status, contentType: "text/html; charset=utf-8", body: page };
}
