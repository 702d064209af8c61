import { jsonAnswer, type Answer } from "../shared/answers.ts";

export interface Pagination {
  readonly totalRecords: number;
  readonly returnedRecords: number;
  readonly pageReturned: number;
  readonly pageSize: number;
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
