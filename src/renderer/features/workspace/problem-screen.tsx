import type { AppState, WorkspaceProblem } from "@contract";
import { useCommand } from "../../bridge/index.ts";
import { Button, Callout, LinkButton } from "../../ui/index.ts";
import { GateCard } from "./gate-card.tsx";
import { problemWords } from "./problem-words.ts";

export interface ProblemScreenProps {
  readonly problem: WorkspaceProblem;
  readonly state: AppState;
  readonly onLeave: () => void;
}

/** A workspace that did not open: what happened, what was left alone, what to do. */
export function ProblemScreen({ problem, state, onLeave }: ProblemScreenProps) {
  const open = useCommand("workspace.open");
  const words = problemWords(problem.kind);
  const { workspaceId } = problem;
  const name = state.workspaces.find((workspace) => workspace.id === workspaceId)?.name;
  return (
    <GateCard title={problem.title} below={<LinkButton onPress={onLeave}>Choose another workspace</LinkButton>}>
      <p>{problem.message}</p>
      <Callout tone="good">{words.untouched}</Callout>
      <section className="stack tight" aria-label="What to do">
        <h2>What to do</h2>
        <ol>
          {words.steps.map((step, at) => (
            <li key={step}>
              {at + 1}. {step}
            </li>
          ))}
        </ol>
      </section>
      {workspaceId === undefined ? null : (
        <Button variant="primary" isPending={open.isRunning} onPress={() => void open.run({ id: workspaceId })}>
          Open {name ?? "it"} again
        </Button>
      )}
    </GateCard>
  );
}
