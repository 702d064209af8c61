import { X509Certificate } from "node:crypto";
import type { Authority } from "@contract";
import { VostroFailure } from "../../core/failures.ts";

/** A certificate of the file: as it is trusted, and as it is shown. */
export interface TrustedAuthority {
  readonly pem: string;
  readonly shown: Authority;
}

const mostCertificates = 50;
const block = /-----BEGIN CERTIFICATE-----[\sA-Za-z0-9+/=]+-----END CERTIFICATE-----/gu;

function refuse(message: string): never {
  throw new VostroFailure("input-invalid", `${message} Nothing was changed.`);
}

/** "Bank Root CA, Bank Inc.": common name and organisation of a distinguished name. */
function nameOf(distinguished: string): string {
  const parts = new Map(
    distinguished.split("\n").map((line) => {
      const at = line.indexOf("=");
      return [line.slice(0, at), line.slice(at + 1)] as const;
    }),
  );
  const named = new Set(["CN", "O"].flatMap((key) => parts.get(key) ?? []));
  return named.size === 0 ? distinguished.replaceAll("\n", ", ") : [...named].join(", ");
}

const dateOf = (atMs: number): string => new Date(atMs).toISOString().slice(0, 10);

function authorityOf(pem: string, nowMs: number): TrustedAuthority {
  let certificate: X509Certificate;
  try {
    certificate = new X509Certificate(pem);
  } catch {
    return refuse("One of the file's certificates is damaged and cannot be read.");
  }
  const subject = nameOf(certificate.subject);
  const validFromMs = Date.parse(certificate.validFrom);
  const expiresAtMs = Date.parse(certificate.validTo);
  if (!certificate.ca) {
    return refuse(`“${subject}” is not an authority's certificate but a server's or a person's own.`);
  }
  if (expiresAtMs <= nowMs) return refuse(`“${subject}” ran out on ${dateOf(expiresAtMs)}.`);
  const issuer = certificate.issuer === certificate.subject ? "itself" : nameOf(certificate.issuer);
  return { pem, shown: { subject, issuer, validFromMs, expiresAtMs, fingerprint: certificate.fingerprint256 } };
}

/**
 * The authorities in a PEM file, each once. Failure input-invalid, in words, for a file without certificates, with a
 * private key, with a damaged or expired certificate, or with one that may not issue others.
 */
export function readAuthorities(text: string, nowMs: number): readonly TrustedAuthority[] {
  if (/-----BEGIN [A-Z ]*PRIVATE KEY-----/u.test(text)) {
    refuse("This file holds a private key. Choose a file with nothing but the authority's certificates.");
  }
  const blocks = [...new Set(text.match(block) ?? [])];
  const begun = text.split("-----BEGIN CERTIFICATE-----").length - 1;
  if (begun === 0) refuse("This file holds no certificate in PEM form (-----BEGIN CERTIFICATE-----).");
  if (begun > mostCertificates) refuse(`This file holds ${begun} certificates; at most ${mostCertificates} are taken.`);
  if ((text.match(block) ?? []).length !== begun) refuse("One of the file's certificates is cut off or damaged.");
  return blocks.map((pem) => authorityOf(pem, nowMs));
}
