import type { HandlersOf } from "../../core/call-context.ts";
import type { ChangesService } from "./service.ts";

export function changesHandlers(service: ChangesService): HandlersOf<"changes"> {
  return {
    page: (input) => service.page(input),
    detail: (input) => service.detail(input.id),
    editable: (input) => ({ change: service.editable(input.accountId) }),
    saveDraft: (input, context) => service.saveDraft(input, context),
    deleteAccount: (input, context) => service.deleteAccount(input, context),
    send: (input, context) => service.send(input, context),
    withdraw: (input, context) => service.withdraw(input, context),
    resolveConflict: (input, context) => service.resolveConflict(input, context),
    readBack: (input, context) => service.readBack(input, context),
    sendAgain: (input, context) => service.sendAgain(input, context),
    restored: () => service.restored(),
    compareHeld: (_input, context) => {
      service.compareHeld(context);
      return {};
    },
    settle: (input, context) => service.settle(input, context),
  };
}
