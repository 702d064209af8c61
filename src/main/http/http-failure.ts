/**
 * Whether a byte of the request may have reached the other side. `before-send`: certainly none, because the request was
 * never given to a connected socket. `after-send`: it may have; only a complete answer would tell.
 */
export type SendPhase = "before-send" | "after-send";

/**
 * `refused`: the request itself is not allowed (origin, header). `offline`: this computer has no network. `dns`,
 * `unreachable`, `connect-timeout`, `certificate`, `tls`, `proxy`: no connection was made. `no-answer`: no headers in
 * time. `slow-body`: the answer did not end in time. `reset`: the connection ended or broke mid-way. `too-large`: the
 * answer passed the size cap. `cancelled`: the caller gave up.
 */
export type HttpFailureKind =
  | "refused"
  | "offline"
  | "dns"
  | "unreachable"
  | "connect-timeout"
  | "certificate"
  | "tls"
  | "proxy"
  | "no-answer"
  | "slow-body"
  | "reset"
  | "too-large"
  | "cancelled";

/** An exchange that gave no complete answer. `message` is a sentence without secrets. */
export class HttpFailure extends Error {
  readonly kind: HttpFailureKind;
  readonly phase: SendPhase;
  /** The status line, when it had arrived before the exchange broke. */
  readonly status: number | undefined;

  constructor(
    kind: HttpFailureKind,
    phase: SendPhase,
    message: string,
    details: { status?: number; cause?: unknown } = {},
  ) {
    super(message, { cause: details.cause });
    this.name = "HttpFailure";
    this.kind = kind;
    this.phase = phase;
    this.status = details.status;
  }
}
