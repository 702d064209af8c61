import type { AppState, WorkspaceSummary } from "@contract";
import { Building2, FlaskConical, ShieldCheck, UsersRound } from "lucide-react";
import { lazy, Suspense } from "react";
import { failureWords, useCommand } from "../../bridge/index.ts";
import { Button, dateText, FailureBanner, Icon, Loading, Tag } from "../../ui/index.ts";

interface WorkspacesProps {
  readonly workspaces: readonly WorkspaceSummary[];
  readonly isOpening: boolean;
  readonly onOpen: (workspace: WorkspaceSummary) => void;
}

function Workspaces({ workspaces, isOpening, onOpen }: WorkspacesProps) {
  return (
    <ul className="gate-list" aria-label="Workspaces on this computer">
      {workspaces.map((workspace) => (
        <li key={workspace.id}>
          <Icon of={workspace.kind === "training" ? FlaskConical : Building2} />
          <span className="grow">
            <b className="strong">{workspace.name}</b>{" "}
            <span className="muted small">made {dateText(workspace.createdAtMs)}</span>
          </span>
          <Tag tone={workspace.kind === "training" ? "warn" : "plain"}>
            {workspace.kind === "training" ? "Training" : "Live"}
          </Tag>
          <Button isDisabled={isOpening} onPress={() => onOpen(workspace)}>
            Open {workspace.name}
          </Button>
        </li>
      ))}
    </ul>
  );
}

const LiveForm = lazy(async () => ({ default: (await import("./live-form.tsx")).LiveForm }));

/** The first screen: Training and Live side by side, and the workspaces there are. */
export function ChooseScreen({ state }: { readonly state: AppState }) {
  const training = useCommand("workspace.createTraining");
  const open = useCommand("workspace.open");
  const failure = training.failure ?? open.failure;
  const hasTraining = state.workspaces.some((workspace) => workspace.kind === "training");
  const live = state.workspaces.filter((workspace) => workspace.kind === "live");
  return (
    <>
      {failure === undefined ? null : <FailureBanner words={failureWords(failure)} />}
      <div className="gate">
        <div className="gate-head">
          <h1>{live.length === 0 ? "How do you want to begin?" : "Choose a workspace"}</h1>
          <p>A workspace is one encrypted file on this computer. Training and live work never meet in one file.</p>
        </div>
        {live.length === 0 ? null : (
          <Workspaces workspaces={live} isOpening={open.isRunning} onOpen={({ id }) => void open.run({ id })} />
        )}
        <div className="gate-columns">
          <section className="gate-card" aria-labelledby="training-title">
            <h2 id="training-title">Training</h2>
            <p className="soft">Try everything with made-up customers and simulated providers on this computer.</p>
            <ul className="points">
              <li>
                <Icon of={FlaskConical} size="s" />
                <span>Always labelled TRAINING; nothing leaves this computer.</span>
              </li>
              <li>
                <Icon of={UsersRound} size="s" />
                <span>Two people to sign in as, with their passphrases shown.</span>
              </li>
              <li>
                <Icon of={ShieldCheck} size="s" />
                <span>Faults can be switched on to see what Vostro does.</span>
              </li>
            </ul>
            <Button variant="primary" isPending={training.isRunning} onPress={() => void training.run({})}>
              {hasTraining ? "Open the training workspace" : "Start training"}
            </Button>
          </section>
          <section className="gate-card" aria-labelledby="live-title">
            <h2 id="live-title">{live.length === 0 ? "Live" : "Another live workspace"}</h2>
            <p className="soft">For real connections. It begins with one administrator: you.</p>
            <Suspense fallback={<Loading>Opening…</Loading>}>
              <LiveForm keyring={state.keyring} />
            </Suspense>
          </section>
        </div>
        <p className="gate-below">Vostro {state.version}</p>
      </div>
    </>
  );
}
