import type { Socket } from "node:net";
import { TLSSocket, type PeerCertificate } from "node:tls";
import { buildConnector, Client } from "undici";
import { certificateSentence, isCertificateCode, type SeenCertificate } from "./certificate-words.ts";
import { HttpFailure, type HttpFailureKind } from "./http-failure.ts";
import { chooseProxy } from "./proxy-choice.ts";

export interface ConnectorOptions {
  readonly connectTimeoutMs: number;
  /** PEM certificates to trust. */
  readonly trusted: readonly string[];
  /** What the system's proxy settings say for an origin; "DIRECT" for none. */
  readonly proxyFor: (origin: string) => Promise<string>;
}

const offlineCodes = new Set(["ENETUNREACH", "ENETDOWN", "ENONET"]);
const dnsCodes = new Set(["ENOTFOUND", "EAI_AGAIN", "EAI_FAIL", "EAI_NODATA", "EAI_NONAME"]);

/** The code of an error or of the first of an aggregate's errors; "" for none. */
export function errorCode(error: unknown): string {
  if (typeof error !== "object" || error === null) return "";
  if ("code" in error && typeof error.code === "string" && error.code !== "") return error.code;
  return error instanceof AggregateError ? errorCode(error.errors[0]) : "";
}

function connectFailure(error: unknown, host: string, seen: SeenCertificate | undefined): HttpFailure {
  if (error instanceof HttpFailure) return error;
  const code = errorCode(error);
  const fail = (kind: HttpFailureKind, message: string) =>
    new HttpFailure(kind, "before-send", message, { cause: error });
  if (isCertificateCode(code)) return fail("certificate", certificateSentence(host, code, seen));
  if (code === "UND_ERR_CONNECT_TIMEOUT" || code === "ETIMEDOUT")
    return fail("connect-timeout", `${host} did not take our connection in time.`);
  if (dnsCodes.has(code)) return fail("dns", `The name ${host} could not be found on the network.`);
  if (offlineCodes.has(code)) return fail("offline", "This computer has no way to the network.");
  if (code.startsWith("ERR_SSL") || code === "EPROTO")
    return fail("tls", `${host} did not agree on an encrypted connection.`);
  if (code === "ECONNREFUSED") return fail("unreachable", `${host} refused our connection.`);
  return fail("unreachable", `${host} could not be reached.`);
}

const nameOf = (part: PeerCertificate["issuer"] | undefined): string => {
  const name = part?.O ?? part?.CN ?? part?.OU;
  const words = Array.isArray(name) ? name.join(", ") : (name ?? "an issuer without a name");
  return words.replace(/\p{C}/gu, " ").slice(0, 120);
};

/** Keeps what the certificate says before the socket is closed for it. */
function watchCertificate(socket: unknown, see: (certificate: SeenCertificate) => void): void {
  if (!(socket instanceof TLSSocket)) return;
  socket.prependOnceListener("secure", () => {
    const certificate = socket.getPeerCertificate();
    if (Object.keys(certificate ?? {}).length === 0) return;
    const [issuer, subject] = [nameOf(certificate.issuer), nameOf(certificate.subject)];
    const sameNames = JSON.stringify(certificate.issuer) === JSON.stringify(certificate.subject);
    see({ issuer, subject, selfSigned: sameNames });
  });
}

async function openTunnel(proxy: string, target: string, options: ConnectorOptions): Promise<Socket> {
  const client = new Client(proxy, {
    allowH2: false,
    connect: { timeout: options.connectTimeoutMs, ca: [...options.trusted], rejectUnauthorized: true },
    headersTimeout: options.connectTimeoutMs,
  });
  try {
    const { statusCode, socket } = await client.connect({ path: target, headers: { host: target } });
    if (statusCode === 200) return socket as Socket;
    socket.destroy();
    const why = statusCode === 407 ? "asks for a sign-in, which is not supported" : `answered ${statusCode}`;
    throw new HttpFailure("proxy", "before-send", `The network's proxy ${why}.`);
  } catch (error) {
    if (error instanceof HttpFailure) throw error;
    throw new HttpFailure("proxy", "before-send", "The network's proxy could not be reached.", { cause: error });
  } finally {
    void client.close().catch(() => client.destroy());
  }
}

/**
 * Makes connections for undici: TLS 1.2 or later, always verified, HTTP/1.1 only, through the system's proxy where
 * there is one and never for this computer's own addresses. Every failure is an `HttpFailure` of phase before-send;
 * for a refused certificate it names the issuer.
 */
export function createConnector(options: ConnectorOptions): buildConnector.connector {
  const base = buildConnector({
    allowH2: false,
    timeout: options.connectTimeoutMs,
    ca: [...options.trusted],
    rejectUnauthorized: true,
    minVersion: "TLSv1.2",
  });
  return (target, callback) => {
    const host = target.hostname;
    let seen: SeenCertificate | undefined;
    const refuse = (error: unknown) => callback(connectFailure(error, host, seen), null);
    const join = (httpSocket: Socket | undefined) => {
      const given = httpSocket === undefined ? target : { ...target, httpSocket };
      const socket: unknown = base(given, (...answer) =>
        answer[0] === null ? callback(...answer) : refuse(answer[0]),
      );
      watchCertificate(socket, (certificate) => {
        seen = certificate;
      });
    };
    if (target.protocol !== "https:") return join(undefined);
    const port = target.port === "" ? "443" : target.port;
    throughProxy(`https://${target.host ?? host}`, `${host}:${port}`, options).then(join, refuse);
  };
}

async function throughProxy(origin: string, target: string, options: ConnectorOptions): Promise<Socket | undefined> {
  const choice = chooseProxy(await options.proxyFor(origin));
  if (choice === undefined) {
    throw new HttpFailure("proxy", "before-send", "The network's proxy is of a kind that is not supported.");
  }
  return choice.kind === "direct" ? undefined : openTunnel(choice.proxy, target, options);
}
