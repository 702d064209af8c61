await import("../../support/contract-alias.ts");

await import("../../../src/main/compose-prepare-worker.ts");
