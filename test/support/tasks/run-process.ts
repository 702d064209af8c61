import { spawn } from "node:child_process";

export type ProcessEnd = { readonly code: number; readonly output: string };

export type RunOptions = {
  readonly cwd: string;
  readonly env?: NodeJS.ProcessEnv;
  /** `show` passes output on as it comes; `keep` returns it in the result; `both` does both. */
  readonly output?: "show" | "keep" | "both";
  /** The process is killed after this many milliseconds and ends with code 124. */
  readonly timeoutMs?: number;
};

/** The environment for a program whose output is kept: without colours where nobody looks at a terminal. */
export function plainEnvironment(): NodeJS.ProcessEnv {
  const { FORCE_COLOR: _forced, ...env } = process.env;
  return process.stdout.isTTY ? process.env : { ...env, NO_COLOR: "1" };
}

const forwarded: readonly NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP"];

/**
 * Runs a program to its end without a shell and without standard input. A signal that reaches this process is passed
 * on, and ends this process too once the program has ended. Resolves with the exit code: 128 when a signal ended it,
 * 127 when it could not be started.
 */
export function runProcess(command: string, args: readonly string[], options: RunOptions): Promise<ProcessEnd> {
  const mode = options.output ?? "show";
  return new Promise((done) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: ["ignore", mode === "show" ? "inherit" : "pipe", mode === "show" ? "inherit" : "pipe"],
    });
    let output = "";
    let timedOut = false;
    const collect = (to: NodeJS.WriteStream) => (chunk: Buffer) => {
      output += chunk.toString("utf8");
      if (mode === "both") to.write(chunk);
    };
    child.stdout?.on("data", collect(process.stdout));
    child.stderr?.on("data", collect(process.stderr));
    let interruptedBy: NodeJS.Signals | undefined;
    const pass = (signal: NodeJS.Signals) => {
      interruptedBy = signal;
      // A terminal already sends Ctrl-C to the whole group; twice would read as "at once".
      if (signal !== "SIGINT" || !process.stdin.isTTY) child.kill(signal);
    };
    for (const signal of forwarded) process.on(signal, pass);
    const timer =
      options.timeoutMs === undefined
        ? undefined
        : setTimeout(() => {
            timedOut = true;
            child.kill("SIGKILL");
          }, options.timeoutMs);
    const end = (code: number) => {
      clearTimeout(timer);
      for (const signal of forwarded) process.off(signal, pass);
      if (interruptedBy !== undefined) process.kill(process.pid, interruptedBy);
      done({ code: timedOut ? 124 : code, output });
    };
    child.once("error", (error) => {
      output += `${command}: ${error.message}\n`;
      end(127);
    });
    child.once("close", (code, signal) => end(code ?? (signal === null ? 1 : 128)));
  });
}
