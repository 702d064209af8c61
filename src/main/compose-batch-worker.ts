import { knownOf, storedValues } from "./features/accounts/stored-values.ts";
import { serveStaging } from "./features/batches/worker/serve.ts";
import { openStates } from "./features/changes/lifecycle.ts";

serveStaging({ storedValues, knownOf, openChangeStates: openStates });
