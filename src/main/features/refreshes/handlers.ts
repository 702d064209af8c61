import type { HandlersOf } from "../../core/call-context.ts";
import type { RefreshesService } from "./service.ts";

export function refreshesHandlers(service: RefreshesService): HandlersOf<"refreshes"> {
  return {
    page: (input) => service.page(input),
    detail: ({ id }) => service.detail(id),
    offer: (input) => service.offer(input),
    start: (input, context) => service.ask(input, context),
    look: ({ id }, context) => service.look(id, context),
    callOff: ({ id }, context) => service.callOff(id, context),
    markDone: ({ id }, context) => service.markDone(id, context),
    attention: () => ({ count: service.attention() }),
  };
}
