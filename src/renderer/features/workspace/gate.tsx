import type { AppState, Failure } from "@contract";
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
  if (state === undefined) return failure === undefined ? null : <FailureBanner words={failureWords(failure)} />;
  if (state.phase === "unlock") return <UnlockScreen state={state} />;
  if (state.phase === "sign-in") return <SignInScreen key={state.current?.id} state={state} />;
  if (state.phase === "locked") return <LockScreen state={state} />;
  if (state.problem !== undefined) return <ProblemScreen problem={state.problem} state={state} />;
  return <ChooseScreen state={state} />;
}
