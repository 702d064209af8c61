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
    panel: ({ provider }) => service.panel(provider),
    setFault: (fault, context) => {
      service.setFault(fault, actOf(context));
      return done();
    },
    clearFault: ({ provider, id }, context) => {
      service.clearFault(provider, id, actOf(context));
      return done();
    },
    expireTokens: ({ provider }, context) => {
      service.expireTokens(provider, actOf(context));
      return done();
    },
  };
}
