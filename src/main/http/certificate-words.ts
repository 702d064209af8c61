/** What the other side's certificate says of itself, kept when it is refused. */
export interface SeenCertificate {
  readonly issuer: string;
  readonly subject: string;
  readonly selfSigned: boolean;
}

const causes: ReadonlyMap<string, string> = new Map([
  ["DEPTH_ZERO_SELF_SIGNED_CERT", "it signed itself"],
  ["SELF_SIGNED_CERT_IN_CHAIN", "its chain ends in a certificate this computer does not know"],
  ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "its issuer is not known to this computer"],
  ["UNABLE_TO_GET_ISSUER_CERT", "its issuer is not known to this computer"],
  ["UNABLE_TO_GET_ISSUER_CERT_LOCALLY", "its issuer is not known to this computer"],
  ["CERT_UNTRUSTED", "its issuer is not trusted by this computer"],
  ["CERT_REJECTED", "its issuer is rejected by this computer"],
  ["CERT_HAS_EXPIRED", "it has expired"],
  ["CERT_NOT_YET_VALID", "it is not valid yet; check this computer's date"],
  ["CERT_REVOKED", "it was revoked"],
  ["CERT_CHAIN_TOO_LONG", "its chain is too long"],
  ["CERT_SIGNATURE_FAILURE", "its signature is wrong"],
  ["INVALID_CA", "one of its issuers may not issue certificates"],
  ["INVALID_PURPOSE", "it was not issued for a server"],
  ["ERR_TLS_CERT_ALTNAME_INVALID", "it was issued for another host"],
]);

/** Whether an error's code says that a certificate was refused. */
export function isCertificateCode(code: string): boolean {
  return causes.has(code);
}

/**
 * "The certificate of bank.example is not trusted: it has expired. It was issued by X." Never the certificate itself.
 */
export function certificateSentence(host: string, code: string, seen: SeenCertificate | undefined): string {
  const cause = causes.get(code) ?? "it could not be checked";
  const start = `The certificate of ${host} is not trusted: ${cause}.`;
  if (seen === undefined) return start;
  return `${start} It was issued by ${seen.issuer}${seen.selfSigned ? " (self-signed certificate)" : ""}.`;
}
