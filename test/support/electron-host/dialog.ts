import { strict } from "./strict.ts";

export interface ShownDialog {
  readonly kind: "open" | "save" | "message" | "error";
  readonly options: unknown;
  readonly answer: unknown;
}

/** What the next dialog is answered with: a chosen path (open, save), or a button (message). */
export interface DialogAnswer {
  readonly filePaths?: readonly string[];
  readonly filePath?: string;
  readonly response?: number;
  readonly checkboxChecked?: boolean;
}

/** Electron's `dialog`, answered from the control channel; what nobody answers is cancelled. */
export function createDialog(isReady: () => boolean, print: (line: string) => void) {
  const shown: ShownDialog[] = [];
  const answers: DialogAnswer[] = [];

  const ready = (call: string): void => {
    if (!isReady()) throw new Error(`dialog.${call} can only be used after app is ready`);
  };
  const optionsOf = (args: readonly unknown[]): Record<string, unknown> =>
    (args.at(-1) ?? {}) as Record<string, unknown>;
  const show = <T extends object>(kind: ShownDialog["kind"], options: object, answer: T): T => {
    shown.push({ kind, options, answer });
    return answer;
  };
  const dialog = strict("dialog", {
    showOpenDialog: async (...args: unknown[]) => {
      ready("showOpenDialog");
      const filePaths = [...(answers.shift()?.filePaths ?? [])];
      return show("open", optionsOf(args), { canceled: filePaths.length === 0, filePaths });
    },
    showSaveDialog: async (...args: unknown[]) => {
      ready("showSaveDialog");
      const filePath = answers.shift()?.filePath ?? "";
      return show("save", optionsOf(args), { canceled: filePath === "", filePath });
    },
    showMessageBox: async (...args: unknown[]) => {
      ready("showMessageBox");
      const options = optionsOf(args);
      const buttons = (options["buttons"] as readonly string[] | undefined) ?? ["OK"];
      const cancel = buttons.findIndex((label) => /^(cancel|no)$/i.test(label));
      const given = answers.shift();
      const response = given?.response ?? (options["cancelId"] as number | undefined) ?? (cancel === -1 ? 0 : cancel);
      print(`[dialog] ${String(options["message"] ?? "")} ${String(options["detail"] ?? "")}`.trim());
      return show("message", options, { response, checkboxChecked: given?.checkboxChecked ?? false });
    },
    showErrorBox: (title: string, content: string) => {
      print(`[dialog] ${title}: ${content}`);
      show("error", { title, content }, {});
    },
  });
  return { dialog, shown, answerNext: (answer: DialogAnswer) => answers.push(answer) };
}
