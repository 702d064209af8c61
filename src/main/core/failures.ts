import type { Failure, FailureCode } from "@contract";

export interface FailureDetails {
  readonly retryable?: boolean;
  readonly fields?: readonly { readonly path: string; readonly message: string }[];
  readonly retryAfterMs?: number;
  /** The provider's own code, kept inside main. */
  readonly providerCode?: string;
  readonly cause?: unknown;
}

/**
 * The one exception services throw on purpose. `message` is a whole sentence for a person and holds no secret and no
 * full account number. The bridge turns it into a `Failure`; anything else thrown becomes code `internal`.
 */
export class VostroFailure extends Error {
  readonly code: FailureCode;
  readonly details: FailureDetails;

  constructor(code: FailureCode, message: string, details: FailureDetails = {}) {
    super(message, { cause: details.cause });
    this.name = "VostroFailure";
    this.code = code;
    this.details = details;
  }

  /** The form that crosses the bridge. */
  toFailure(correlationId: string): Failure {
    const { fields, retryAfterMs, retryable } = this.details;
    return {
      code: this.code,
      message: this.message,
      retryable: retryable ?? false,
      correlationId,
      ...(fields === undefined ? {} : { fields: [...fields] }),
      ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
    };
  }
}
