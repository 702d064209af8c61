import type { WorkspaceProblem } from "@contract";

export interface ProblemWords {
  /** What was left alone. */
  readonly untouched: string;
  /** What to do. */
  readonly steps: readonly string[];
}

const fileUntouched = "The workspace file was left exactly as it was. Nothing was sent.";

/** What was left alone and what to do, for each fault that keeps a workspace from opening. */
export function problemWords(kind: WorkspaceProblem["kind"]): ProblemWords {
  switch (kind) {
    case "newer-file":
      return {
        untouched: fileUntouched,
        steps: ["Install the newest version of Vostro on this computer.", "Then open the workspace again."],
      };
    case "damaged":
      return {
        untouched: "The damaged file was left alone, so that it can still be examined. Nothing was sent.",
        steps: [
          "Do not delete the file: changes may have been sent that only it records.",
          "Put back the newest backup beside it, or ask your administrator for one.",
        ],
      };
    case "wrong-key":
      return {
        untouched: fileUntouched,
        steps: [
          "Check that this is the computer and the operating-system user the workspace was made with.",
          "If the file was copied from elsewhere, open it there.",
        ],
      };
    case "read-only":
      return {
        untouched: fileUntouched,
        steps: [
          "Ask for the right to write in the folder, or free it from being read-only.",
          "Then open the workspace again.",
        ],
      };
    case "disk-full":
      return {
        untouched: "What could not be written was not half written. Nothing was sent.",
        steps: ["Free space on the disk that holds the workspace.", "Then open the workspace again."],
      };
    case "migration-failed":
      return {
        untouched: "The file is as it was before; a backup lies beside it.",
        steps: [
          "Go on with the version of Vostro you used before.",
          "Give the log to whoever looks after Vostro at your bank.",
        ],
      };
    case "in-use":
      return {
        untouched: fileUntouched,
        steps: ["Close the other program or window that uses this workspace.", "Then open it again."],
      };
    case "other":
      return { untouched: fileUntouched, steps: ["Open it again.", "If it stays, the log has the details."] };
    default:
      return kind satisfies never;
  }
}
