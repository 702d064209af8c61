import { knownFields } from "./features/accounts/known-values.ts";
import { serveStaging } from "./features/batches/worker/serve.ts";
import { openStates } from "./features/changes/lifecycle.ts";

serveStaging({ knownFields, openChangeStates: openStates });
