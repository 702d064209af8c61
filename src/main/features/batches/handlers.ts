import type { HandlersOf } from "../../core/call-context.ts";
import type { BatchesService } from "./service.ts";

export function batchesHandlers(service: BatchesService): HandlersOf<"batches"> {
  return {
    page: (input) => service.page(input),
    detail: ({ id }) => service.detail(id),
    rows: (input) => service.rows(input),
    problems: ({ id }) => service.problems(id),
    getReady: () => service.getReady(),
    chooseFile: (_input, context) => service.chooseFile(context),
    importDropped: ({ path }, context) => service.importDropped(path, context),
    paste: (_input, context) => service.paste(context),
    fromAccounts: (input, context) => service.fromAccounts(input, context),
    handwork: ({ id }) => service.handwork(id),
    setReading: (input, context) => service.setReading(input, context),
    setColumns: (input, context) => service.setColumns(input, context),
    check: (input, context) => service.check(input, context),
    cancel: ({ id }, context) => service.cancel(id, context),
    fixCell: (input, context) => service.fixCell(input, context),
    applyFix: (input, context) => service.applyFix(input, context),
    include: (input, context) => service.include(input, context),
    exportProblems: (input, context) => service.exportProblems(input, context),
    exportResults: (input, context) => service.exportResults(input, context),
    exportTemplate: (_input, context) => service.exportTemplate(context),
    confirm: (input, context) => service.confirm(input, context),
    keepPlace: (input) => service.keepPlace(input),
    pause: ({ id }, context) => service.pause(id, context),
    resume: ({ id }, context) => service.resume(id, context),
    stop: ({ id }, context) => service.stop(id, context),
    retry: ({ id }, context) => service.retry(id, context),
    undo: ({ id }, context) => service.undo(id, context),
    withdraw: (input, context) => service.withdraw(input, context),
    rename: (input, context) => service.rename(input, context),
    savedMaps: () => service.savedMaps(),
    deleteMap: ({ id }, context) => service.deleteMap(id, context),
  };
}
