import { signedIn, type HandlersOf } from "../../core/call-context.ts";
import type { WorkspaceService } from "./workspace-life.ts";

export function workspaceHandlers(service: WorkspaceService): HandlersOf<"workspace"> {
  return {
    state: () => service.state(),
    createTraining: async (_input, { correlationId }) => {
      await service.createTraining(correlationId);
      return {};
    },
    createLive: async (wanted, { correlationId }) => {
      await service.createLive(wanted, correlationId);
      return {};
    },
    open: async ({ id, unlockPassphrase }, { correlationId }) => {
      await service.open(id, unlockPassphrase, correlationId);
      return {};
    },
    close: async (_input, { correlationId }) => {
      await service.close(correlationId);
      return {};
    },
    signIn: async ({ personId, passphrase }, { correlationId }) => {
      await service.signIn(personId, passphrase, correlationId);
      return {};
    },
    unlock: async ({ passphrase }, { correlationId }) => {
      await service.unlock(passphrase, correlationId);
      return {};
    },
    lock: (_input, context) => {
      service.lock(`${signedIn(context).name} locked the workspace.`, context.correlationId);
      return {};
    },
    signOut: (_input, { correlationId }) => {
      service.signOut(correlationId);
      return {};
    },
    status: () => service.status(),
    settings: () => service.settings(),
    saveSettings: (next, context) => service.saveSettings(next, signedIn(context), context.correlationId),
  };
}
