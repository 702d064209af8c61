import { fork } from "node:child_process";
import { join } from "node:path";

/** A process of the bench that answers one question at a time. */
export interface Child<Asked, Answer> {
  readonly ask: (question: Asked) => Promise<Answer>;
  readonly end: () => Promise<void>;
}

/** Starts a script of this folder in a process of its own, able to run main's sources. */
export function startChild<Asked extends object, Answer>(
  script: string,
  args: readonly string[] = [],
): Child<Asked, Answer> {
  const child = fork(join(import.meta.dirname, script), args, {
    execArgv: [
      "--expose-gc",
      "--disable-warning=ExperimentalWarning",
      "--import",
      join(import.meta.dirname, "../support/contract-alias.ts"),
    ],
    serialization: "advanced",
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const ask = (question: Asked): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const stopped = (code: number | null): void =>
        reject(new Error(`${script} ended with ${code} while it was asked`));
      child.once("exit", stopped);
      child.once("message", (answer) => {
        child.off("exit", stopped);
        resolve(answer as Answer);
      });
      child.send(question);
    });
  return {
    ask,
    end: async () => {
      if (child.connected) child.disconnect();
      await ended;
    },
  };
}

/** The other side: answers each question of the parent, and ends with it. */
export function answerParent<Asked, Answer>(
  answer: (question: Asked) => Promise<Answer>,
  end: () => Promise<void>,
): void {
  process.on("message", (question) => {
    answer(question as Asked).then(
      (value) => process.send?.(value),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  });
  process.on("disconnect", () => {
    end().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  });
}
