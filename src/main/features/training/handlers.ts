import { signedIn, type CallContext, type HandlersOf, type Publish } from "../../core/call-context.ts";
import type { Act } from "../people/service.ts";
import type { TrainingService } from "./service.ts";

const actOf = (context: CallContext): Act => ({ by: signedIn(context), correlationId: context.correlationId });

export function trainingHandlers(service: TrainingService, publish: Publish): HandlersOf<"training"> {
  const done = (): Record<string, never> => {
    publish("workspace.dataChanged", { topics: ["training", "audit"] });
    return {};
  };
  return {
    panel: () => service.panel(),
    setFault: (fault, context) => {
      service.setFault(fault, actOf(context));
      return done();
    },
    clearFault: ({ id }, context) => {
      service.clearFault(id, actOf(context));
      return done();
    },
    expireTokens: (_input, context) => {
      service.expireTokens(actOf(context));
      return done();
    },
  };
}
