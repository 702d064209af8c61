import type { HandlersOf } from "../../core/call-context.ts";
import type { ConnectionsService } from "./service.ts";

export function connectionsHandlers(service: ConnectionsService): HandlersOf<"connections"> {
  return {
    list: () => [...service.list()],
    save: (input, context) => service.save(input, context),
    test: (input, context) => service.test(input.id, context),
    remove: (input, context) => {
      service.remove(input.id, context);
      return {};
    },
  };
}
