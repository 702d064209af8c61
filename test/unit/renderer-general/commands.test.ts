import { describe, expect, it, vi } from "vitest";
import { commandsFor, matchingCommands } from "../../../src/renderer/app/commands.ts";

const means = () => ({
  go: vi.fn<(path: string) => void>(),
  chooseFile: vi.fn<() => void>(),
  pasteRows: vi.fn<() => void>(),
  saveTemplate: vi.fn<() => void>(),
  lock: vi.fn<() => void>(),
  signOut: vi.fn<() => void>(),
  closeWorkspace: vi.fn<() => void>(),
  readCacheAgain: vi.fn<() => void>(),
  changeDensity: vi.fn<() => void>(),
  showShortcuts: vi.fn<() => void>(),
});

describe("the commands", () => {
  it("are found by every word of their name", () => {
    const commands = commandsFor(means());
    expect(matchingCommands(commands, "now lock").map((command) => command.id)).toEqual(["lock"]);
    expect(matchingCommands(commands, "go to").length).toBeGreaterThanOrEqual(5);
    expect(matchingCommands(commands, "zzz")).toEqual([]);
    expect(matchingCommands(commands, " ")).toHaveLength(commands.length);
  });

  it("go where they say and have names of their own", () => {
    const given = means();
    const commands = commandsFor(given);
    commands.find((command) => command.id === "go-outbox")?.run();
    expect(given.go).toHaveBeenCalledExactlyOnceWith("/outbox");
    expect(new Set(commands.map((command) => command.id)).size).toBe(commands.length);
  });
});
