import { closeSync, openSync, readFileSync, fstatSync } from "node:fs";
import { basename } from "node:path";
import type { ExtraAuthorities } from "@contract";
import { signedIn, type CallContext, type Publish } from "../../core/call-context.ts";
import type { Clock } from "../../core/clock.ts";
import { VostroFailure } from "../../core/failures.ts";
import type { FileDialogs } from "../../core/file-dialogs.ts";
import type { Store } from "../../database/sql.ts";
import type { AuditTrail } from "../audit/audit-trail.ts";
import { readAuthorities } from "./authority-file.ts";
import { dropAuthorities, keepAuthorities, keptAuthorities, type KeptAuthorities } from "./store.ts";

export interface NetworkDependencies {
  readonly store: Store;
  readonly audit: AuditTrail;
  readonly clock: Clock;
  readonly publish: Publish;
  readonly dialogs: Pick<FileDialogs, "chooseFile">;
  /** Every connection has to be made anew: whom it trusts has changed. */
  readonly trustChanged: () => void;
}

export type NetworkService = ReturnType<typeof createNetworkService>;

const mostBytes = 1_000_000;

function textOf(path: string): string {
  let handle: number | undefined;
  try {
    handle = openSync(path, "r");
    if (fstatSync(handle).size > mostBytes) {
      throw new VostroFailure("input-invalid", "This file is too large to be certificates. Nothing was changed.");
    }
    return readFileSync(handle, "latin1");
  } catch (cause) {
    if (cause instanceof VostroFailure) throw cause;
    throw new VostroFailure("input-invalid", "The file cannot be read. Nothing was changed.", { cause });
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
}

const shownOf = (kept: KeptAuthorities | undefined): ExtraAuthorities =>
  kept === undefined
    ? { authorities: [] }
    : {
        file: { name: kept.fileName, addedAtMs: kept.addedAtMs, addedBy: kept.addedBy },
        authorities: kept.authorities.map(({ shown }) => shown),
      };

/** Whom this workspace's connections trust beside the built-in authorities and the system's. */
export function createNetworkService(deps: NetworkDependencies) {
  const { store, audit, clock, publish, dialogs } = deps;
  let kept = keptAuthorities(store.read);

  const change = (
    next: KeptAuthorities | undefined,
    said: { readonly action: string; readonly summary: string },
    context: CallContext,
  ): void => {
    const before = shownOf(kept);
    store.transaction((writer) => {
      if (next === undefined) dropAuthorities(writer);
      else keepAuthorities(writer, next);
      audit.append(writer, {
        ...said,
        subject: "network",
        person: signedIn(context),
        before: before.authorities,
        after: shownOf(next).authorities,
        correlationId: context.correlationId,
      });
    });
    kept = next;
    deps.trustChanged();
    publish("workspace.dataChanged", { topics: ["network", "audit"] });
  };

  return {
    /** The extra authorities as PEM. */
    trusted: (): readonly string[] => kept?.authorities.map(({ pem }) => pem) ?? [],
    authorities: (): ExtraAuthorities => shownOf(kept),
    chooseAuthorities: async (context: CallContext): Promise<ExtraAuthorities> => {
      const path = await dialogs.chooseFile({
        title: "Choose the file of your company's certificate authority",
        kinds: [
          { name: "Certificates (PEM)", extensions: ["pem", "crt", "cer"] },
          { name: "All files", extensions: ["*"] },
        ],
      });
      if (path === undefined) return shownOf(kept);
      const authorities = readAuthorities(textOf(path), clock.nowMs());
      const fileName = basename(path);
      const names = authorities.map(({ shown }) => shown.subject).join("; ");
      const addedBy = signedIn(context).name;
      const next = { fileName, addedAtMs: clock.nowMs(), addedBy, authorities: [...authorities] };
      const summary = `Trusts the authorities in ${fileName}: ${names}`;
      change(next, { action: "network.authorities-added", summary }, context);
      return shownOf(kept);
    },
    removeAuthorities: (context: CallContext): void => {
      if (kept === undefined) return;
      const summary = `Trusts the authorities in ${kept.fileName} no longer`;
      change(undefined, { action: "network.authorities-removed", summary }, context);
    },
  };
}
