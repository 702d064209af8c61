import type { HandlersOf } from "../../core/call-context.ts";
import { signedIn } from "../../core/call-context.ts";
import type { Store } from "../../database/sql.ts";
import type { AuditService } from "./service.ts";

export function auditHandlers(service: AuditService, store: Store): HandlersOf<"audit"> {
  return {
    page: (query) => service.page(query),
    detail: ({ seq }) => service.detail(seq),
    verify: async (_input, context) => {
      const result = await service.verify();
      const summary = result.intact
        ? `Checked the audit trail: ${result.entries} rows, unbroken.`
        : `Checked the audit trail: broken. ${result.firstBroken?.what ?? ""}`;
      store.transaction((writer) =>
        service.trail.append(writer, {
          action: "audit.verified",
          subject: "audit trail",
          summary,
          person: signedIn(context),
          after: { entries: result.entries, headHash: result.headHash, intact: result.intact },
          correlationId: context.correlationId,
        }),
      );
      return result;
    },
  };
}
