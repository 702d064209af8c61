import type { Connection, Person, TestStep } from "@contract";
import { CircleCheck, CircleDashed, CircleX, LockKeyhole, type LucideIcon } from "lucide-react";
import { useState } from "react";
import { failureWords, useCommand } from "../../bridge/index.ts";
import { providerNames } from "../../bridge/provider-name.ts";
import {
  Banner,
  Button,
  ConfirmDialog,
  dateText,
  EnvironmentBadge,
  Facts,
  FailureBanner,
  Status,
  Tag,
  timeText,
  useAnnounce,
  type Tone,
} from "../../ui/index.ts";
import { secondsText } from "./connection-form-values.ts";

const verdicts: Record<TestStep["verdict"], { readonly icon: LucideIcon; readonly tone: Tone; readonly word: string }> =
  {
    yes: { icon: CircleCheck, tone: "good", word: "Yes" },
    no: { icon: CircleX, tone: "bad", word: "No" },
    "not-tried": { icon: CircleDashed, tone: "plain", word: "Not tried" },
  };
const questions: Record<TestStep["step"], string> = {
  reachable: "Reachable?",
  certificate: "Certificate trusted?",
  "sign-in": "Sign-in accepted?",
  reading: "Reading allowed?",
};

const serviceWords = {
  classic: "Classic",
  current: "Current, without rename and login form",
  tiers: "Data Access Tiers, without rename and login form",
} as const;

function TestResult({ steps }: { readonly steps: readonly TestStep[] }) {
  return (
    <dl className="test-steps">
      {steps.map(({ step, verdict, sentence }) => {
        const look = verdicts[verdict];
        return [
          <dt key={`${step}-q`}>{questions[step]}</dt>,
          <dd key={`${step}-v`}>
            <Status icon={look.icon} tone={look.tone}>
              {look.word}
            </Status>
          </dd>,
          <dd key={`${step}-s`} className="soft">
            {sentence}
          </dd>,
        ];
      })}
    </dl>
  );
}

export interface ConnectionCardProps {
  readonly connection: Connection;
  readonly person: Person | undefined;
  readonly onEdit: () => void;
}

/** One connection: what it is, its test in words, and what may be done with it. */
export function ConnectionCard({ connection, person, onEdit }: ConnectionCardProps) {
  const test = useCommand("connections.test");
  const remove = useCommand("connections.remove");
  const announce = useAnnounce();
  const [steps, setSteps] = useState<readonly TestStep[]>();
  const [asks, setAsks] = useState(false);
  const isAdministrator = person?.role === "administrator";
  const mayTest = isAdministrator || person?.role === "maker";
  const runTest = async () => {
    setSteps(undefined);
    const result = await test.run({ id: connection.id });
    if (!result.ok) return;
    setSteps(result.value);
    announce(result.value.map((step) => step.sentence).join(" "));
  };
  const confirmRemove = async () => {
    const result = await remove.run({ id: connection.id });
    setAsks(false);
    if (result.ok) announce(`Connection ${connection.name} removed.`);
  };
  const failure = test.failure ?? remove.failure;
  return (
    <section className="card" aria-label={connection.name}>
      <header className="acts">
        <h2>{connection.name}</h2>
        <Tag>{providerNames[connection.provider]}</Tag>
        <EnvironmentBadge environment={connection.environment} />
        {connection.builtIn ? <Tag icon={LockKeyhole}>Built in</Tag> : null}
        <span className="grow" />
        {mayTest ? (
          <Button size="sm" isPending={test.isRunning} onPress={() => void runTest()}>
            Test connection
          </Button>
        ) : null}
        {isAdministrator && !connection.builtIn ? (
          <>
            <Button size="sm" onPress={onEdit}>
              Edit
            </Button>
            <Button size="sm" variant="danger" onPress={() => setAsks(true)}>
              Remove
            </Button>
          </>
        ) : null}
      </header>
      {connection.state === "sign-in-refused" ? (
        <Banner tone="bad" title={`${providerNames[connection.provider]} did not accept our sign-in.`}>
          {connection.provider === "finicity"
            ? "Nothing is tried until the credentials are replaced: five refusals lock the partner at Finicity."
            : "Nothing is sent until the credentials are replaced or a test succeeds."}
        </Banner>
      ) : null}
      {connection.state === "paused" ? (
        <Banner tone="warn" title="The provider asked to wait.">
          {connection.pausedUntilMs === undefined ? null : `Sending goes on at ${timeText(connection.pausedUntilMs)}.`}
        </Banner>
      ) : null}
      {failure === undefined ? null : <FailureBanner words={failureWords(failure)} />}
      <Facts
        wrap
        facts={[
          { label: "API base URL", value: <span className="id">{connection.apiBaseUrl}</span> },
          ...(connection.provider === "finzly"
            ? [
                { label: "Token URL", value: <span className="id">{connection.tokenUrl}</span> },
                { label: "Sign-in", value: connection.clientAuth === "basic" ? "HTTP Basic" : "In the body" },
              ]
            : []),
          {
            label: "Credentials",
            value: connection.secretSavedAtMs === undefined ? "none" : `saved ${dateText(connection.secretSavedAtMs)}`,
          },
          {
            label: "Reading",
            value: connection.canRead ? "Read endpoints available" : "No read endpoints; accounts are added by hand",
          },
          ...(connection.provider === "finicity"
            ? [
                { label: "Wire form", value: connection.wire.toUpperCase() },
                { label: "Services", value: serviceWords[connection.forms] },
              ]
            : []),
          ...(connection.provider === "signzy"
            ? [
                { label: "Sign-in", value: connection.signIn === "login" ? "User name and password" : "Token" },
                { label: "Paths", value: <span className="id">{`${connection.refreshPath}, ${connection.accountsPath}`}</span> },
              ]
            : []),
          { label: "Pace", value: `${connection.concurrency} at once, ${connection.requestsPerSecond} per second` },
          { label: "Settle window", value: `${secondsText(connection.settleWindowMs)} s` },
        ]}
      />
      {connection.builtIn ? (
        <p className="muted small">The training workspace's own; its address is given at every start.</p>
      ) : null}
      {steps === undefined ? null : <TestResult steps={steps} />}
      <ConfirmDialog
        title={`Remove the connection ${connection.name}?`}
        isOpen={asks}
        confirmLabel={`Remove ${connection.name}`}
        danger
        highRisk
        isPending={remove.isRunning}
        onConfirm={() => void confirmRemove()}
        onCancel={() => setAsks(false)}
      >
        <p>
          Its credentials and the accounts read through it ({connection.environment.toUpperCase()}) go from this
          computer. Nothing changes at {providerNames[connection.provider]}. Changes and the log stay.
        </p>
      </ConfirmDialog>
    </section>
  );
}
