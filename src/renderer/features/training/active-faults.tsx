import type { TrainingPanel } from "@contract";
import { failureSentence, useCommand } from "../../bridge/index.ts";
import { Block, Button, counted, ErrorMessage } from "../../ui/index.ts";

export interface ActiveFaultsProps {
  readonly provider: TrainingPanel["provider"];
  readonly name: string;
  readonly active: TrainingPanel["active"];
  readonly routes: TrainingPanel["routes"];
  readonly kinds: TrainingPanel["kinds"];
  readonly onChanged: () => void;
}

/** The faults that are on, each with a way to clear it. */
export function ActiveFaults({ provider, name, active, routes, kinds, onChanged }: ActiveFaultsProps) {
  const clear = useCommand("training.clearFault");
  const run = async (id: string | undefined) => {
    const result = await clear.run(id === undefined ? { provider } : { provider, id });
    if (result.ok) onChanged();
  };
  const routeLabel = (name: string) => routes.find((route) => route.name === name)?.label ?? name;
  const kindLabel = (name: string) => kinds.find((kind) => kind.name === name)?.label ?? name;
  return (
    <Block level={2} title="Active faults" source={active.length === 0 ? undefined : counted(active.length, "fault")}>
      {clear.failure === undefined ? null : <ErrorMessage>{failureSentence(clear.failure)}</ErrorMessage>}
      {active.length === 0 ? (
        <p className="soft small">None. The simulated {name} answers as it should.</p>
      ) : (
        <ul className="faults">
          {active.map((fault) => (
            <li key={fault.id}>
              <span className="grow">
                <b className="strong">{kindLabel(fault.kind)}</b> on {routeLabel(fault.route)}
                <span className="muted">
                  {" "}
                  {fault.times === 0 ? "until cleared" : `for ${counted(fault.times, "request")}`}, met{" "}
                  {counted(fault.hits, "request")}
                </span>
              </span>
              <Button size="sm" onPress={() => void run(fault.id)}>
                Clear
                <span className="sr">
                  {" "}
                  {kindLabel(fault.kind)} on {routeLabel(fault.route)}
                </span>
              </Button>
            </li>
          ))}
        </ul>
      )}
      {active.length > 1 ? (
        <Button size="sm" onPress={() => void run(undefined)}>
          Clear all {active.length} faults
        </Button>
      ) : null}
    </Block>
  );
}
