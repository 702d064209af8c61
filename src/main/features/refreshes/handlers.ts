import type { HandlersOf } from "../../core/call-context.ts";
import type { FileDialogs } from "../../core/file-dialogs.ts";
import type { RefreshesService } from "./service.ts";

export function refreshesHandlers(
  service: RefreshesService,
  dialogs: Pick<FileDialogs, "copyText">,
): HandlersOf<"refreshes"> {
  return {
    page: (input) => service.page(input),
    detail: ({ id }) => service.detail(id),
    offer: (input) => service.offer(input),
    customersOf: (input) => service.customersOf(input),
    start: (input, context) => service.ask(input, context),
    look: ({ id }, context) => service.look(id, context),
    callOff: ({ id }, context) => service.callOff(id, context),
    callOffWaiting: (_input, context) => service.callOffWaiting(context),
    copyMessage: async (input, context) => {
      await dialogs.copyText(service.messageToCopy(input, context));
      return {};
    },
    markDone: ({ id }, context) => service.markDone(id, context),
    attention: () => ({ count: service.attention() }),
  };
}
