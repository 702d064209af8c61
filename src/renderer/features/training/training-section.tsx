import type { TrainingPanel } from "@contract";
import { useState } from "react";
import { failureWords, useCall, useCommand } from "../../bridge/index.ts";
import { Block, Button, Disclosure, FailureBanner, Loading, ToggleGroup, useAnnounce } from "../../ui/index.ts";
import { ActiveFaults } from "./active-faults.tsx";
import { FaultForm } from "./fault-form.tsx";
import { RecentRequests } from "./recent-requests.tsx";
import "./training.css";

const readEveryMs = 2_000;

/** Settings, Training: what a simulated provider shall do wrong, and what it was asked. */
export function TrainingSection() {
  const [provider, setProvider] = useState<TrainingPanel["provider"]>("finzly");
  const panel = useCall("training.panel", { provider }, { everyMs: readEveryMs });
  const expire = useCommand("training.expireTokens");
  const announce = useAnnounce();
  if (panel.failure !== undefined)
    return <FailureBanner words={failureWords(panel.failure)} onRetry={panel.readAgain} />;
  if (panel.data === undefined) return <Loading />;
  const { address, providers, routes, kinds, active, requests } = panel.data;
  const name = providers.find((one) => one.kind === provider)?.name ?? "";
  const expireTokens = async () => {
    const result = await expire.run({ provider });
    if (result.ok) announce(`Every token of the simulated ${name} has ended.`);
  };
  return (
    <div className="training-panel">
      <ToggleGroup
        label="Provider"
        value={provider}
        onChange={setProvider}
        choices={providers.map((one) => ({ id: one.kind, label: one.name }))}
      />
      <p className="soft training-lead">
        The simulated {name} runs on this computer at <span className="id">{address}</span>. Switch on a fault, then use
        Vostro as usual and see what it does.
      </p>
      {expire.failure === undefined ? null : <FailureBanner words={failureWords(expire.failure)} />}
      <FaultForm key={provider} provider={provider} routes={routes} kinds={kinds} onChanged={panel.readAgain} />
      <ActiveFaults provider={provider} name={name} active={active} routes={routes} kinds={kinds} onChanged={panel.readAgain} />
      <Block level={2} title="Sign-in">
        <div className="acts">
          <Button size="sm" isPending={expire.isRunning} onPress={() => void expireTokens()}>
            End all tokens now
          </Button>
          <span className="soft small">The next request has to sign in again.</span>
        </div>
      </Block>
      <Block level={2} title="Recent requests" source="newest first">
        <RecentRequests requests={requests} />
      </Block>
      <Disclosure title="What each fault does">
        <dl className="fault-list">
          {kinds.map((kind) => [
            <dt key={`${kind.name}-name`}>{kind.label}</dt>,
            <dd key={`${kind.name}-sentence`} className="soft">
              {kind.sentence}
            </dd>,
          ])}
        </dl>
      </Disclosure>
    </div>
  );
}
