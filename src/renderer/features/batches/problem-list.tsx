import type { BatchId, ProblemGroup } from "@contract";
import { CircleX, TriangleAlert, WandSparkles } from "lucide-react";
import { Button as AriaButton } from "react-aria-components";
import { useCommand } from "../../bridge/index.ts";
import { Button, classNames, counted, countText, Icon } from "../../ui/index.ts";
import { sampleRowsText } from "./check-words.ts";

export interface ProblemListProps {
  readonly batchId: BatchId;
  readonly groups: readonly ProblemGroup[];
  readonly selected: string | undefined;
  readonly onSelect: (group: string | undefined) => void;
  readonly onDone: (sentence: string) => void;
  readonly onFailure: (sentence: string) => void;
  readonly readOnly: boolean;
}

/** The words a heading and a message begin with alike: "Credit limit ($)" and "Credit limit holds …" share two. */
function sharedWords(column: string, message: string): string {
  const [own, said] = [column.split(" "), message.split(" ")];
  const at = own.findIndex((word, place) => word !== said[place]);
  return own.slice(0, at === -1 ? own.length : at).join(" ");
}

/** The column in bold, then what is wrong with it; a message that names its column names it once. */
function GroupWords({ group }: { readonly group: ProblemGroup }) {
  const { column, message } = group;
  const rest = message.slice(sharedWords(column, message).length);
  return (
    <>
      <b className="strong">{column}</b>
      {column === "" || rest.startsWith(" ") ? rest : ` ${rest}`}
    </>
  );
}

interface GroupProps extends Omit<ProblemListProps, "groups"> {
  readonly group: ProblemGroup;
}

function Group({ batchId, group, selected, onSelect, onDone, onFailure, readOnly }: GroupProps) {
  const fix = useCommand("batches.applyFix");
  const include = useCommand("batches.include");
  const apply = async () => {
    const result = await fix.run({ id: batchId, group: group.id });
    if (!result.ok) return onFailure(result.failure.message);
    onSelect(undefined);
    onDone(`Fixed ${counted(group.count, group.column === "" ? "row" : "cell")}.`);
  };
  const leaveOut = async () => {
    const result = await include.run({ id: batchId, filter: { problemGroup: group.id }, included: false });
    if (!result.ok) return onFailure(result.failure.message);
    onDone(`Left out ${counted(group.count, "row")}.`);
  };
  const isOpen = selected === group.id;
  return (
    <li className={classNames("problem-group", group.severity, isOpen && "open")}>
      <AriaButton
        className="problem-head"
        aria-expanded={isOpen}
        onPress={() => onSelect(isOpen ? undefined : group.id)}
      >
        <Icon of={group.severity === "error" ? CircleX : TriangleAlert} size="s" />
        <span className="grow">
          <GroupWords group={group} />
          <small>
            {sampleRowsText(group)}
            {group.samples.length === 0 ? null : (
              <>
                , such as <span className="id">{group.samples[0]}</span>
              </>
            )}
          </small>
        </span>
        <b className="n">{countText(group.count)}</b>
      </AriaButton>
      {isOpen && !readOnly ? (
        <div className="acts">
          {group.fix === undefined ? null : (
            <Button size="sm" icon={WandSparkles} isPending={fix.isRunning} onPress={() => void apply()}>
              {group.fix}, {counted(group.count, "row")}
            </Button>
          )}
          <Button size="sm" variant="quiet" isPending={include.isRunning} onPress={() => void leaveOut()}>
            Leave out the {counted(group.count, "row")}
          </Button>
        </div>
      ) : null}
    </li>
  );
}

/** Equal findings together with how many there are; one can be shown, fixed or left out as a whole. */
export function ProblemList({ groups, ...rest }: ProblemListProps) {
  return (
    <ul className="problem-list" aria-label="Problems">
      {groups.map((group) => (
        <Group key={group.id} group={group} {...rest} />
      ))}
    </ul>
  );
}
