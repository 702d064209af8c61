/** How the app's scheme stands for the origin that Chromium sees: app://vostro/ for http://vostro.localhost/ */
export interface Origins {
  /** The address Chromium is given for one of the app's own; undefined for any other address. */
  toBrowser(url: string): string | undefined;
  /** What main is told: the app's own scheme for the app's origin, anything else as it is. */
  toMain(url: string): string;
  isOwn(browserUrl: string): boolean;
}

export function createOrigins(scheme: () => string | undefined): Origins {
  const own = (browserUrl: string): URL | undefined => {
    if (!URL.canParse(browserUrl) || scheme() === undefined) return undefined;
    const url = new URL(browserUrl);
    const isLocal = url.protocol === "http:" && url.port === "" && url.hostname.endsWith(".localhost");
    return isLocal && url.username === "" && url.password === "" ? url : undefined;
  };
  return {
    toBrowser: (address) => {
      const match = /^([a-z][a-z0-9+.-]*):\/\/([a-z0-9-]+)(\/.*)?$/i.exec(address);
      const [, protocol, host, rest] = match ?? [];
      if (protocol === undefined || protocol.toLowerCase() !== scheme() || host === undefined) return undefined;
      return `http://${host.toLowerCase()}.localhost${rest ?? "/"}`;
    },
    toMain: (browserUrl) => {
      const url = own(browserUrl);
      if (url === undefined) return browserUrl;
      const prefix = `${scheme() ?? ""}://${url.hostname.slice(0, -".localhost".length)}`;
      return prefix + browserUrl.slice(`http://${url.hostname}`.length);
    },
    isOwn: (browserUrl) => own(browserUrl) !== undefined,
  };
}
