import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { launchVostro } from "./launch.ts";
import { aggregated, refreshing } from "./tour/aggregated.ts";
import { bulkEdit } from "./tour/bulk-edit.ts";
import { createCamera, type Camera } from "./tour/camera.ts";
import { firstRun, lookAround } from "./tour/first-run.ts";
import { createHands, type Hands } from "./tour/hands.ts";
import { mainJob } from "./tour/main-job.ts";
import { locked, records } from "./tour/records.ts";
import { refusal, unclear } from "./tour/trouble.ts";

const legs: readonly (readonly [string, (hands: Hands, camera: Camera) => Promise<void>])[] = [
  ["first run", firstRun],
  ["looking around", lookAround],
  ["the main job", mainJob],
  ["a refusal", refusal],
  ["an unclear outcome and a conflict", unclear],
  ["a bulk edit from a file, and its undo", bulkEdit],
  ["outbox, log, connections", records],
  ["accounts at other banks", aggregated],
  ["a refresh", refreshing],
  ["the lock", locked],
];

/** `npm run tour`: the main job by mouse and keyboard through the real window; fails when a step fails. */
async function tour(root: string): Promise<number> {
  const userData = mkdtempSync(join(tmpdir(), "vostro-tour-"));
  const out = join(root, "out", "tour");
  const app = await launchVostro({
    userData,
    appRoot: root,
    viewport: { width: 1440, height: 900 },
    colorScheme: "light",
  });
  app.page.setDefaultTimeout(20_000);
  const complaints: string[] = [];
  app.page.on("pageerror", (error) => complaints.push(error.message));
  app.page.on("console", (message) => {
    if (message.type() === "error") complaints.push(message.text());
  });
  const camera = createCamera(app.page, out, join(root, "resources", "guide", "images"));
  const hands = createHands(app.page);
  let leg = "";
  try {
    for (const [name, walk] of legs) {
      leg = name;
      await walk(hands, camera);
    }
  } catch (error) {
    await camera.shoot("failed");
    console.error(
      `The tour stopped at ${leg}: ${error instanceof Error ? error.message : String(error)}\n${app.output()}`,
    );
    return 1;
  } finally {
    await app.close();
    rmSync(userData, { recursive: true, force: true });
  }
  if (complaints.length > 0) console.error(`The page complained:\n${complaints.join("\n")}`);
  console.log(`${camera.taken().length} pictures in out/tour`);
  return complaints.length === 0 ? 0 : 1;
}

process.exitCode = await tour(resolve(import.meta.dirname, "../.."));
