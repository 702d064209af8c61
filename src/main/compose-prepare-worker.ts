import { servePreparing } from "./database/prepare-worker.ts";

servePreparing();
