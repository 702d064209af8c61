import { useEffect, useState } from "react";
import { I18nProvider } from "react-aria-components";
import { BridgeProvider, useSession, type Answers } from "../bridge/index.ts";
import { Gate } from "../features/workspace/gate.tsx";
import { Announcer, Loading, Toasts } from "../ui/index.ts";
import { ErrorBoundary } from "./error-boundary.tsx";
import { Frame } from "./frame.tsx";
import { TitleBar } from "./title-bar.tsx";

export interface AppProps {
  readonly answers: Answers;
  /** Called once when an open workspace is locked, signed out of or closed: nothing of it may stay in the page. */
  readonly onLeft: () => void;
}

function Window({ onLeft }: Pick<AppProps, "onLeft">) {
  const { state, failure } = useSession();
  const [wasOpen, setWasOpen] = useState(false);
  const isOpen = state?.phase === "open";
  if (isOpen && !wasOpen) setWasOpen(true);
  const isLeft = wasOpen && !isOpen;
  useEffect(() => {
    if (isLeft) onLeft();
  }, [isLeft, onLeft]);
  if (state?.phase === "open") return <Frame state={state} />;
  return (
    <div className="app gate-app" data-environment={state?.current?.environment}>
      <TitleBar workspace={state?.current} />
      <main className="main">
        {isLeft || (state === undefined && failure === undefined) ? (
          <Loading>Opening…</Loading>
        ) : (
          <Gate state={state} failure={failure} />
        )}
      </main>
    </div>
  );
}

export function App({ answers, onLeft }: AppProps) {
  return (
    <I18nProvider locale="en-GB">
      <BridgeProvider answers={answers}>
        <Announcer>
          <Toasts>
            <ErrorBoundary place="window">
              <Window onLeft={onLeft} />
            </ErrorBoundary>
          </Toasts>
        </Announcer>
      </BridgeProvider>
    </I18nProvider>
  );
}
