import type { AppState, Failure, WorkspaceProblem } from "@contract";
import { useState } from "react";
import { failureWords } from "../../bridge/index.ts";
import { FailureBanner } from "../../ui/index.ts";
import { ChooseScreen } from "./choose-screen.tsx";
import "./gate.css";
import { LockScreen } from "./lock-screen.tsx";
import { ProblemScreen } from "./problem-screen.tsx";
import { SignInScreen } from "./sign-in-screen.tsx";
import { UnlockScreen } from "./unlock-screen.tsx";

export interface GateProps {
  readonly state: AppState | undefined;
  readonly failure: Failure | undefined;
}

/** The screens before a workspace is open: choose, unlock, sign in; and the lock. */
export function Gate({ state, failure }: GateProps) {
  const [left, setLeft] = useState<WorkspaceProblem>();
  if (state === undefined) return failure === undefined ? null : <FailureBanner words={failureWords(failure)} />;
  if (state.phase === "unlock") return <UnlockScreen state={state} />;
  if (state.phase === "sign-in") return <SignInScreen key={state.current?.id} state={state} />;
  if (state.phase === "locked") return <LockScreen state={state} />;
  const { problem } = state;
  if (problem !== undefined && problem !== left) {
    return <ProblemScreen problem={problem} state={state} onLeave={() => setLeft(problem)} />;
  }
  return <ChooseScreen state={state} />;
}
