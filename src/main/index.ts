import { join } from "node:path";
import { app, type BrowserWindow, nativeTheme, session } from "electron";
import { createStartServices } from "./compose.ts";
import { namedHandlers, type Publish } from "./core/call-context.ts";
import { newCorrelationId, systemClock } from "./core/clock.ts";
import type { Log } from "./core/log.ts";
import { prepareInWorker } from "./database/prepare-worker.ts";
import { createAuditService } from "./features/audit/service.ts";
import { createPeopleService } from "./features/people/service.ts";
import { workspaceHandlers } from "./features/workspace/handlers.ts";
import { watchIdle } from "./features/workspace/idle-lock.ts";
import { createWorkspaceService } from "./features/workspace/service.ts";
import { declareScheme, serveApp } from "./shell/app-protocol.ts";
import { systemClipboard } from "./shell/clipboard.ts";
import { createFileDialogs } from "./shell/file-dialogs.ts";
import { watchConnectivity } from "./shell/connectivity.ts";
import { confineNavigation, denyPermissions } from "./shell/hardening.ts";
import { serveCalls } from "./shell/ipc.ts";
import { leaveInOrder } from "./shell/leaving.ts";
import { idleSeconds, lockWithTheMachine } from "./shell/lock-triggers.ts";
import { createLogFile } from "./shell/log-file.ts";
import { installMenu } from "./shell/menu.ts";
import { systemProxyFor } from "./shell/proxy.ts";
import { createNotices } from "./shell/notices.ts";
import { createPublish } from "./shell/publish.ts";
import { isOnlyInstance } from "./shell/single-instance.ts";
import { dangersAtStart } from "./shell/start-dangers.ts";
import { createKeyVault } from "./shell/vault.ts";
import { openWindow } from "./shell/window.ts";

const built = join(import.meta.dirname, "..");

async function start(log: Log, shown: { window: BrowserWindow | undefined }): Promise<void> {
  await app.whenReady();
  const clock = systemClock;
  const connectivity = watchConnectivity();
  const send = (name: string, payload: unknown): void => {
    if (shown.window?.isDestroyed() === false) shown.window.webContents.send(name, payload);
  };
  const publish: Publish = createPublish(send, () => workspace.session().phase === "open");
  const workspace = createWorkspaceService({
    userData: app.getPath("userData"),
    version: app.getVersion(),
    vault: createKeyVault(process.platform),
    clock,
    log,
    publish,
    connectivity,
    prepareFile: prepareInWorker(new URL("./prepare-worker.js", import.meta.url)),
    createAudit: createAuditService,
    createPeople: createPeopleService,
    startServices: createStartServices({
      clock,
      log,
      publish,
      connectivity,
      proxyFor: systemProxyFor,
      dialogs: createFileDialogs(() => shown.window),
      notify: createNotices(
        () => shown.window,
        () => publish("workspace.menu", { action: "go-refresh" }),
      ),
      clipboard: systemClipboard,
    }),
  });
  const own = namedHandlers("workspace", workspaceHandlers(workspace));
  serveCalls(() => shown.window, {
    handler: (name) => own.get(name) ?? workspace.current()?.handlers.get(name),
    session: workspace.session,
    newCorrelationId,
    beginAudit: () => {
      const since = workspace.current()?.audit.entries() ?? 0;
      return (call) => workspace.current()?.audit.noteCommand(since, call);
    },
    log,
  });
  connectivity.onChange(() => publish("workspace.dataChanged", { topics: ["status"] }));
  lockWithTheMachine(workspace.lock);
  const stopWatching = watchIdle({
    idleSeconds,
    limitMinutes: workspace.idleLimitMinutes,
    lock: () => workspace.lock("Nobody touched the computer for a while; the workspace was locked."),
  });
  denyPermissions(session.defaultSession);
  serveApp(join(built, "renderer"));
  installMenu((action) => publish("workspace.menu", { action }), process.platform);
  const leaving = leaveInOrder({
    underWay: workspace.underWay,
    window: () => shown.window,
    end: async () => {
      stopWatching();
      connectivity.stop();
      await workspace.stop();
    },
    log,
  });
  const opening = app.commandLine.hasSwitch("training") ? workspace.createTraining() : Promise.resolve();
  opening.catch((error: unknown) => log.error("The training workspace could not be opened.", { error }));
  shown.window = await openWindow({
    preload: join(built, "preload", "index.cjs"),
    dark: nativeTheme.shouldUseDarkColors,
    log,
    opened: (window) => {
      shown.window = window;
    },
    mayClose: leaving.mayClose,
    sessionEnds: leaving.sessionEnds,
  });
}

function main(): void {
  const log = createLogFile(join(app.getPath("userData"), "logs"), !app.isPackaged);
  const { commandLine } = app;
  const dangers = app.isPackaged
    ? dangersAtStart(
        (name) => commandLine.hasSwitch(name),
        (name) => commandLine.getSwitchValue(name),
        process.env,
      )
    : [];
  if (dangers.length > 0) {
    log.error(`Vostro does not start with ${dangers.join(", ")}.`);
    app.exit(1);
    return;
  }
  const shown: { window: BrowserWindow | undefined } = { window: undefined };
  if (!isOnlyInstance(() => shown.window)) {
    app.quit();
    return;
  }
  process.on("uncaughtException", (error) => log.error("An error was caught by nobody.", { error }));
  process.on("unhandledRejection", (error) => log.error("A promise failed and nobody noticed.", { error }));
  app.enableSandbox();
  declareScheme();
  confineNavigation(app);
  start(log, shown).catch((error: unknown) => {
    log.error("Vostro could not start.", { error });
    app.exit(1);
  });
}

main();
