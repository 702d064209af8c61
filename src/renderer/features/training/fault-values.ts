import type { FaultSettings, TrainingPanel } from "@contract";

/** A fault as typed. */
export interface FaultForm {
  readonly route: string | undefined;
  readonly kind: string | undefined;
  readonly lasts: "once" | "three" | "always";
  readonly delayMs: string;
  readonly retryAfter: string;
  readonly field: string;
  readonly value: string;
  readonly code: string;
}

export const noFault: FaultForm = {
  route: undefined, kind: undefined, lasts: "once", delayMs: "", retryAfter: "", field: "", value: "", code: "",
};

export type MadeFault =
  | { readonly ok: true; readonly fault: FaultSettings }
  | { readonly ok: false; readonly sentence: string };

const times: Readonly<Record<FaultForm["lasts"], number>> = { once: 1, three: 3, always: 0 };
const longestDelayMs = 600_000;

/** The fault to switch on, or what is missing. Only parameters the kind knows are taken. */
export function faultFrom(form: FaultForm, kind: TrainingPanel["kinds"][number] | undefined): MadeFault {
  if (form.route === undefined) return { ok: false, sentence: "Choose the route that shall fail." };
  if (kind === undefined) return { ok: false, sentence: "Choose the fault." };
  const takes = (name: string) => kind.parameters.includes(name);
  const delay = form.delayMs.trim();
  if (takes("delayMs") && delay !== "" && (!/^\d+$/u.test(delay) || Number(delay) > longestDelayMs)) {
    return { ok: false, sentence: "The delay is a whole number of milliseconds up to 600,000." };
  }
  if (takes("field") && form.field.trim() === "") return { ok: false, sentence: "Name the field." };
  const code = form.code.trim();
  if (takes("code") && code !== "" && !/^\w{1,20}$/u.test(code))
    return { ok: false, sentence: "The code holds letters and digits only." };
  return {
    ok: true,
    fault: {
      route: form.route,
      kind: kind.name,
      times: times[form.lasts],
      ...(takes("delayMs") && delay !== "" ? { delayMs: Number(delay) } : {}),
      ...(takes("retryAfter") && form.retryAfter.trim() !== "" ? { retryAfter: form.retryAfter.trim() } : {}),
      ...(takes("field") ? { field: form.field.trim() } : {}),
      ...(takes("value") ? { value: form.value } : {}),
      ...(takes("code") && code !== "" ? { code } : {}),
    },
  };
}
