import type { HandlersOf } from "../../core/call-context.ts";
import type { NetworkService } from "./service.ts";

export function networkHandlers(service: NetworkService): HandlersOf<"network"> {
  return {
    authorities: () => service.authorities(),
    chooseAuthorities: (_input, context) => service.chooseAuthorities(context),
    removeAuthorities: (_input, context) => {
      service.removeAuthorities(context);
      return {};
    },
  };
}
