import tls from "node:tls";

/**
 * The certificate authorities to trust, as PEM: those built in, those of the operating system (a bank's own proxy is
 * usually there). Read once, on first use; a system store that cannot be read leaves the built-in ones.
 */
export function createTrustedCertificates(): () => readonly string[] {
  let trusted: readonly string[] | undefined;
  return () => {
    trusted ??= [...new Set([...tls.getCACertificates("default"), ...systemCertificates()])];
    return trusted;
  };
}

function systemCertificates(): readonly string[] {
  try {
    return tls.getCACertificates("system");
  } catch (error) {
    if (error instanceof Error) return [];
    throw error;
  }
}
