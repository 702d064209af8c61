import { I18nProvider } from "react-aria-components";
import { BridgeProvider, useSession } from "../bridge/index.ts";
import { Gate } from "../features/workspace/gate.tsx";
import { Announcer, Loading, Toasts } from "../ui/index.ts";
import { ErrorBoundary } from "./error-boundary.tsx";
import { Frame } from "./frame.tsx";
import { TitleBar } from "./title-bar.tsx";

function Window() {
  const { state, failure } = useSession();
  if (state?.phase === "open") return <Frame state={state} />;
  return (
    <div className="app gate-app" data-environment={state?.current?.environment}>
      <TitleBar workspace={state?.current} />
      <main className="main">
        {state === undefined && failure === undefined ? (
          <Loading>Opening…</Loading>
        ) : (
          <Gate state={state} failure={failure} />
        )}
      </main>
    </div>
  );
}

export function App() {
  return (
    <I18nProvider locale="en-GB">
      <BridgeProvider>
        <Announcer>
          <Toasts>
            <ErrorBoundary place="window">
              <Window />
            </ErrorBoundary>
          </Toasts>
        </Announcer>
      </BridgeProvider>
    </I18nProvider>
  );
}
