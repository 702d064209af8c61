await import("../contract-alias.ts");
const { faultsCommand } = await import("./command.ts");
process.exitCode = await faultsCommand(process.argv.slice(2));
export {};
