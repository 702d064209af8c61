import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createAuditService } from "../../../src/main/features/audit/service.ts";
import { createNetworkService, type NetworkService } from "../../../src/main/features/network/service.ts";
import { scratchFile } from "../../support/scratch-store.ts";
import { clientFor, pem, secureServer } from "../http/servers.ts";

const tomas = { id: 2 as never, name: "Tomas Okafor", role: "administrator" as const };
const administrator = { correlationId: "c", person: tomas };
const clock = { nowMs: () => Date.now(), monotonicMs: () => performance.now() };
let folder = "";
let file: ReturnType<typeof scratchFile>;
let chosen: string | undefined;
let renewed = 0;
let network: NetworkService;

const start = (): NetworkService =>
  createNetworkService({
    store: file.store,
    audit: createAuditService({ store: file.store, clock }).trail,
    clock,
    publish: () => undefined,
    dialogs: { chooseFile: async () => chosen },
    trustChanged: () => void (renewed += 1),
  });

function choose(text: string, name = "company.pem"): Promise<unknown> {
  chosen = join(folder, name);
  writeFileSync(chosen, text);
  return network.chooseAuthorities(administrator);
}

const actions = () =>
  file.store.read.all<{ action: string; summary: string; person: string }>({
    text: "SELECT action, summary, person FROM work_audit ORDER BY seq",
    values: [],
  });

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "vostro-network-"));
  file = scratchFile();
  chosen = undefined;
  renewed = 0;
  network = start();
});
afterEach(() => {
  file.dispose();
  rmSync(folder, { recursive: true, force: true });
});

describe("the company's own authorities", () => {
  it("are shown with subject, issuer and expiry, kept over a restart, written down, and gone when removed", async () => {
    await choose(pem("authority"));
    const shown = network.authorities();
    expect(shown).toMatchObject({ file: { name: "company.pem", addedBy: "Tomas Okafor" } });
    expect(shown.authorities).toHaveLength(1);
    expect(shown.authorities[0]?.subject).not.toBe("");
    expect(shown.authorities[0]?.expiresAtMs).toBeGreaterThan(Date.now());
    expect(shown.authorities[0]?.fingerprint).toMatch(/^(?:[0-9A-F]{2}:){31}[0-9A-F]{2}$/u);
    expect(JSON.stringify(shown)).not.toContain("BEGIN CERTIFICATE");
    expect(start().trusted()).toEqual([pem("authority").trim()]);
    network.removeAuthorities(administrator);
    expect(start().authorities()).toEqual({ authorities: [] });
    expect(renewed).toBe(2);
    expect(actions().map(({ action, person }) => [action, person])).toEqual([
      ["network.authorities-added", "Tomas Okafor"],
      ["network.authorities-removed", "Tomas Okafor"],
    ]);
    expect(actions()[0]?.summary).toContain("company.pem");
  });

  it("make a server of theirs trusted, and nothing else", async () => {
    const good = await secureServer("good", (_request, answer) => answer.end("{}"));
    const own = await secureServer("self-signed", (_request, answer) => answer.end("{}"));
    const send = async (origin: string) => {
      const client = clientFor([origin], { trusted: network.trusted() });
      const signal = AbortSignal.timeout(5000);
      try {
        return await client.send({ method: "GET", origin, path: "/", headers: {}, signal });
      } finally {
        await client.close();
      }
    };
    await expect(send(good.origin)).rejects.toThrow(/not trusted/u);
    await choose(`A note\n${pem("authority")}`);
    await expect(send(good.origin)).resolves.toMatchObject({ status: 200 });
    await expect(send(own.origin)).rejects.toThrow(/not trusted/u);
    await good.end();
    await own.end();
  });

  it.each([
    ["no certificate", "hello", /no certificate in PEM form/u],
    ["a private key", `${pem("server-key")}${pem("authority")}`, /private key/u],
    ["a server's own certificate", pem("good"), /not an authority's certificate/u],
    ["a certificate cut off", pem("authority").slice(0, 300), /cut off or damaged/u],
    ["a damaged certificate", pem("authority").replace(/\n[A-Za-z0-9+/]{20}/u, "\nAAAAAAAAAAAAAAAAAAAA"), /damaged/u],
    ["far too much", "x".repeat(1_000_001), /too large/u],
  ])("refuse a file with %s in words and keep what was there", async (_what, text, words) => {
    await choose(pem("authority"));
    const before = network.authorities();
    await expect(choose(text, "other.pem")).rejects.toMatchObject({
      code: "input-invalid",
      message: expect.stringMatching(words),
    });
    expect(start().authorities()).toEqual(before);
    expect(renewed).toBe(1);
  });

  it("change nothing when the dialog is given up", async () => {
    expect(await network.chooseAuthorities(administrator)).toEqual({ authorities: [] });
    expect(actions()).toEqual([]);
  });
});
