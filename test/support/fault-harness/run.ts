import { rmSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import type { ChangeState } from "@contract";
import { databaseFileOf } from "../../../src/main/features/workspace/workspace-folder.ts";
import type { FinzlySimulator } from "../../../src/main/training/finzly/index.ts";
import type { LaunchedApp } from "../launch.ts";
import { freeAccounts, workOnBatch, writeBatchFile } from "./batch-work.ts";
import { enterWorkspace, isGone, passphrases, startApp, type AppSession } from "./app-session.ts";
import type { Evidence, LostFile, NamedText, SeenRequest, Violation } from "./evidence.ts";
import { checkLaws } from "./laws.ts";
import { watchProvider, type ProviderWatch } from "./meanwhile.ts";
import { environmentFor, momentAtProvider } from "./moment.ts";
import { compareWhatIsHeld, decideWhatWaits } from "./person.ts";
import type { Kill, RunPlan } from "./plan.ts";
import { approveOffline, keepOlder, putOlderBack } from "./put-back.ts";
import { draftsIn, readFileFacts, workLeft } from "./read-file.ts";
import { scanFolder, type FoundSecret } from "./secret-scan.ts";
import {
  connectionFields,
  copyTemplate,
  credentials,
  logsIn,
  startProvider,
  workspaceFolder,
  type Template,
} from "./template.ts";

export interface RunSetup {
  readonly appRoot: string;
  readonly template: Template;
  readonly plan: RunPlan;
  /** How many of the template's drafts are sent; all when left out. */
  readonly changes?: number;
  /** What stands between app and provider, and what else listened. */
  readonly around?: (simulator: FinzlySimulator) => Promise<Surroundings>;
  /** Whether unclear outcomes at rest are decided by a person; true when left out. */
  readonly decide?: boolean;
  /** What else stands in the environment of the app. */
  readonly env?: Readonly<Record<string, string>>;
  /** How long the app may take to come to rest before it is judged as it is; a minute when left out. */
  readonly quietWithinMs?: number;
}

export interface Surroundings {
  readonly apiBaseUrl: string;
  /** Requests seen by servers other than the simulated provider. */
  seen(): readonly SeenRequest[];
  close(): Promise<void>;
}

export interface RunResult {
  readonly plan: RunPlan;
  readonly violations: readonly Violation[];
  /** How many of the plan's kills struck. */
  readonly killed: number;
  readonly states: Readonly<Partial<Record<ChangeState, number>>>;
  readonly evidence: Evidence;
  /** Secrets that stand readable in a file of the app's folder. */
  readonly inClear: readonly FoundSecret[];
  readonly tookMs: number;
}

interface Scene extends RunSetup {
  readonly simulator: FinzlySimulator;
  readonly surroundings: Surroundings | undefined;
  readonly watch: ProviderWatch;
  readonly userData: string;
  readonly file: string;
  readonly output: NamedText[];
  /** What a run that is a batch imports. */
  readonly batchFile: string | undefined;
}

/** `restored`: an older copy of the file was put in its place before. */
type Life = "first" | "later" | "restored";

const patienceMs = 60_000;
/** The named secrets and some of the account numbers: enough to see a file that is not encrypted. */
const secretsSoughtInBytes = 24;

/** How often a condition is looked at while it is waited for. */
const lookEveryMs = 150;

/** Waits until nothing is left that the app does by itself; in the end it is judged as it is. */
async function untilQuiet({ file, template, quietWithinMs = patienceMs }: Scene, over: AbortSignal): Promise<void> {
  const endMs = performance.now() + quietWithinMs;
  while (workLeft(file, template.key) > 0 && performance.now() < endMs) {
    if (over.aborted) throw new Error("The app has ended.");
    await sleep(lookEveryMs);
  }
}

async function configure(scene: Scene, session: AppSession): Promise<void> {
  const { simulator, surroundings, plan, template } = scene;
  const { apiBaseUrl } = surroundings ?? simulator;
  await session.call("connections.save", {
    id: template.connectionId,
    ...connectionFields({ apiBaseUrl, tokenUrl: simulator.tokenUrl }, plan.connection),
    ...credentials,
  });
}

const draftsOf = ({ file, template, changes }: Scene) => draftsIn(file, template.key).slice(0, changes);

/** Makes what the older copy holds: everything approved, nothing sent. */
async function approveAndCopy(scene: Scene): Promise<void> {
  const session = await startApp({ appRoot: scene.appRoot, userData: scene.userData });
  try {
    await enterWorkspace(session);
    await configure(scene, session);
    await approveOffline(session, draftsOf(scene));
    await session.app.close();
  } catch (error) {
    await session.app.kill();
    throw error;
  } finally {
    scene.output.push({ name: "output while offline", text: session.app.output() });
  }
  keepOlder(scene.file);
}

async function work(scene: Scene, session: AppSession, life: Life, over: AbortSignal): Promise<void> {
  await enterWorkspace(session);
  if (life === "first") await configure(scene, session);
  if (scene.plan.putsBack === true) {
    await untilQuiet(scene, over);
    if (life === "restored") await compareWhatIsHeld(session);
  } else if (scene.batchFile === undefined) {
    if (life === "first" || scene.changes === undefined) await session.callMany("changes.send", draftsOf(scene), []);
  } else {
    const { asBatch: kind = "calm" } = scene.plan;
    const { batchFile: path, quietWithinMs = patienceMs } = scene;
    await workOnBatch(session, { path, kind, patienceMs: quietWithinMs }, over);
  }
  await untilQuiet(scene, over);
  if (scene.decide === false) return;
  await decideWhatWaits(session, scene.simulator);
  await untilQuiet(scene, over);
}

/** Quits as a person would, who also closes an app that still reads back; one with work left is ended. */
async function leave({ file, template }: Scene, app: LaunchedApp): Promise<void> {
  if (workLeft(file, template.key) > 0) return app.kill();
  await app.host?.answerNextDialog({ response: 1 });
  await app.close();
}

/** One life of the app: until it is killed, or until nothing is left to do. */
async function live(scene: Scene, kill: Kill | undefined, life: Life): Promise<"killed" | "quiet"> {
  const env = { ...environmentFor(kill), ...scene.env };
  const session = await startApp({ appRoot: scene.appRoot, userData: scene.userData, env });
  const { app } = session;
  const over = new AbortController();
  let ended = false;
  void app.exited.then(() => {
    ended = true;
    over.abort();
  });
  const killing =
    kill === undefined
      ? Promise.resolve(false)
      : momentAtProvider(scene.simulator, kill, over.signal).then(async (came) => {
          if (came) await app.kill();
          return came;
        });
  try {
    await work(scene, session, life, over.signal);
    over.abort();
    if (await killing) return "killed";
    await leave(scene, app);
    return "quiet";
  } catch (error) {
    over.abort();
    await killing;
    const byItself = kill !== undefined && (await Promise.race([app.exited.then(() => true), sleep(3000, ended)]));
    if (!byItself) {
      await app.kill();
      throw error;
    }
    if (!isGone(error)) throw error;
    await app.kill();
    return "killed";
  } finally {
    scene.output.push({ name: `output of life ${scene.output.length + 1}`, text: app.output() });
  }
}

function secretsOf({ accountNumbers }: Template): NamedText[] {
  const { clientId, clientSecret } = credentials;
  return [
    { name: "the client secret", text: clientSecret },
    {
      name: "the sign-in header",
      text: Buffer.from(`${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`).toString("base64"),
    },
    { name: "the administrator's passphrase", text: passphrases.administrator },
    { name: "the unlock passphrase", text: passphrases.unlock },
    ...accountNumbers.map((text) => ({ name: `account number …${text.slice(-4)}`, text })),
  ];
}

function evidenceOf(scene: Scene, lost: LostFile | undefined): Evidence {
  const { plan, simulator, surroundings, template, file, userData, output } = scene;
  const own = simulator.ledger.entries().map((entry) => ({ ...entry, origin: simulator.origin }));
  return {
    replay: { seed: plan.seed, run: plan.run, point: plan.name },
    requests:
      surroundings === undefined ? own : [...own.filter(({ method }) => method !== "PUT"), ...surroundings.seen()],
    file: readFileFacts(file, template.key),
    ...(lost === undefined ? {} : { lost }),
    moved: scene.watch.moved(),
    logs: [...logsIn(userData), ...output],
    secrets: secretsOf(template),
  };
}

/** Late applications have happened, so that the ledger is the whole truth. */
async function providerIsDone(simulator: FinzlySimulator): Promise<void> {
  const endMs = performance.now() + 5000;
  const late = (): boolean =>
    simulator.ledger.entries().some(({ fault, applied }) => fault === "late-apply" && !applied);
  while (late() && performance.now() < endMs) await sleep(lookEveryMs);
}

function countStates({ file }: Evidence): RunResult["states"] {
  return Object.fromEntries(
    [...Map.groupBy(file.changes, ({ state }) => state)].map(([state, changes]) => [state, changes.length]),
  );
}

/** Runs one plan from the template to rest, and judges what is left. */
export async function runPlan(setup: RunSetup): Promise<RunResult> {
  const { plan, template } = setup;
  const startedMs = performance.now();
  const simulator = await startProvider(template.drafts.length);
  const userData = copyTemplate(template);
  const surroundings = await setup.around?.(simulator);
  const file = databaseFileOf(workspaceFolder(userData));
  const accounts = plan.asBatch === undefined ? [] : freeAccounts(file, template.key).slice(0, setup.changes);
  const batchFile = plan.asBatch === undefined ? undefined : writeBatchFile(userData, accounts);
  const ids = accounts.map(({ customerUid, accountUid }) => ({ customerUID: customerUid, accountUID: accountUid }));
  const watch = watchProvider(simulator, plan.meanwhile ?? [], ids);
  const scene: Scene = { ...setup, simulator, surroundings, watch, userData, file, output: [], batchFile };
  try {
    for (const fault of plan.weather) simulator.faults.set(fault);
    let killed = 0;
    let lives = 0;
    let lost: LostFile | undefined;
    if (plan.putsBack === true) await approveAndCopy(scene);
    for (const kill of [...plan.kills, undefined]) {
      if (plan.putsBack === true && kill === undefined) lost = putOlderBack(file, template.key);
      const firstOfAll = lives === 0 && plan.putsBack !== true;
      const end = await live(scene, kill, lost !== undefined ? "restored" : firstOfAll ? "first" : "later");
      lives += 1;
      if (end === "quiet") break;
      killed += 1;
    }
    await providerIsDone(simulator);
    const evidence = evidenceOf(scene, lost);
    const inClear = scanFolder(userData, evidence.secrets.slice(0, secretsSoughtInBytes));
    return {
      plan,
      killed,
      evidence,
      violations: checkLaws(evidence),
      inClear,
      states: countStates(evidence),
      tookMs: performance.now() - startedMs,
    };
  } catch (error) {
    const { seed, run, name } = plan;
    const told = [...scene.output, ...logsIn(userData)].map((log) => `${log.name}\n${log.text.slice(-3000)}`);
    const what = `Run ${run} of seed ${seed} (${name}) could not be carried out: ${String(error)}`;
    throw new Error([what, ...told].join("\n"), { cause: error });
  } finally {
    watch.stop();
    await surroundings?.close();
    await simulator.close();
    rmSync(userData, { recursive: true, force: true });
  }
}
