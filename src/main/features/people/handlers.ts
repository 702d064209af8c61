import { signedIn, type HandlersOf, type Publish } from "../../core/call-context.ts";
import type { PeopleService } from "./service.ts";

export function peopleHandlers(service: PeopleService, publish: Publish): HandlersOf<"people"> {
  const changed = (): void => publish("workspace.dataChanged", { topics: ["people", "audit"] });
  return {
    list: () => [...service.list()],
    add: async (person, context) => {
      const added = await service.add(person, { by: signedIn(context), correlationId: context.correlationId });
      changed();
      return added;
    },
    setDisabled: ({ personId, disabled }, context) => {
      service.setDisabled(personId, disabled, { by: signedIn(context), correlationId: context.correlationId });
      changed();
      return {};
    },
    changePassphrase: async ({ current, next }, context) => {
      const person = signedIn(context);
      await service.changePassphrase(person.id, current, next, { by: person, correlationId: context.correlationId });
      changed();
      return {};
    },
  };
}
