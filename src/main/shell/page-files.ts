import { readdirSync, readFileSync } from "node:fs";
import { extname, join, relative, sep } from "node:path";
import { appHost, appScheme } from "./app-address.ts";
import { contentSecurityPolicy } from "./content-security-policy.ts";

const mediaTypes: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".woff2": "font/woff2",
  ".svg": "image/svg+xml",
  ".png": "image/png",
};

const headers: Readonly<Record<string, string>> = {
  "content-security-policy": contentSecurityPolicy,
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), microphone=(), geolocation=(), usb=(), serial=(), hid=(), bluetooth=(), payment=()",
  "cache-control": "no-store",
};

/** The files of the page by URL path. Only these are ever answered: no path of a request reaches the disk. */
export function fileMap(folder: string): ReadonlyMap<string, { readonly file: string; readonly mediaType: string }> {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .flatMap((entry) => {
      const file = join(entry.parentPath, entry.name);
      const mediaType = mediaTypes[extname(entry.name)];
      const path = `/${relative(folder, file).split(sep).join("/")}`;
      return mediaType === undefined ? [] : [[path, { file, mediaType }] as const];
    });
  const files = new Map(entries);
  const start = files.get("/index.html");
  if (start !== undefined) files.set("/", start);
  return files;
}

/** What a request comes to: a file of the page with its headers, or 404. Other hosts and methods get nothing. */
export function answerRequest(files: ReturnType<typeof fileMap>, method: string, url: string): Response {
  const { protocol: scheme, host, pathname } = new URL(url);
  const found = scheme === `${appScheme}:` && host === appHost && method === "GET" ? files.get(pathname) : undefined;
  if (found === undefined)
    return new Response("Not found", { status: 404, headers: { ...headers, "content-type": "text/plain" } });
  return new Response(new Uint8Array(readFileSync(found.file)), {
    headers: { ...headers, "content-type": found.mediaType },
  });
}
