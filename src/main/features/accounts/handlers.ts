import type { HandlersOf } from "../../core/call-context.ts";
import type { FileDialogs } from "../../core/file-dialogs.ts";
import type { NumberCopies } from "./number-copies.ts";
import type { AccountsService } from "./service.ts";

export function accountsHandlers(
  service: AccountsService,
  dialogs: Pick<FileDialogs, "copyText">,
  copies: NumberCopies,
): HandlersOf<"accounts"> {
  return {
    page: (input) => service.page(input),
    detail: (input) => service.detail(input.id),
    load: (input, context) => service.load(input, context),
    cancelLoad: (input) => {
      service.cancelLoad(input.jobId);
      return {};
    },
    loadJobs: () => service.loadJobs(),
    addByHand: (input, context) => service.addByHand(input, context),
    readAgain: (input, context) => service.readAgain(input.id, context),
    repairCounts: () => service.repairCounts(),
    repairPage: (input) => service.repairPage(input),
    copyNextStep: async (input, context) => {
      await dialogs.copyText(service.nextStepToCopy(input.id, context));
      return {};
    },
    revealNumber: (input, context) => {
      const shown = service.revealNumber(input, context);
      copies.noteShown({ id: input.id, field: input.field }, shown.value, shown.hideAfterMs);
      return shown;
    },
    loginForm: async (input, context) => service.loginForm(input.id, context),
    copyNumber: (input, context) => copies.copy(input, context),
  };
}
