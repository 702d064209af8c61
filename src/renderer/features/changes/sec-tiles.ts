import { highRiskSecCodes, originableSecCodes, retiredSecCodes, secCode } from "@contract/rules/sec-codes.ts";

export interface SecTile {
  readonly code: string;
  readonly name: string;
  readonly isHighRisk: boolean;
  readonly isOn: boolean;
  readonly state: "same" | "added" | "removed";
}

/** Short words for a code; an unlisted one says so. */
export function secCodeName(code: string): string {
  const replacement = retiredSecCodes.get(code);
  if (replacement !== undefined) return `Retired, now ${replacement}`;
  return secCode(code)?.name ?? "Unlisted code";
}

/** The codes on offer: those the provider can originate, then whatever else the account has or would have. */
export function secTiles(known: readonly string[], proposed: readonly string[], isKnown: boolean): readonly SecTile[] {
  const codes = [...new Set([...originableSecCodes, ...known, ...proposed])];
  return codes.map((code) => {
    const isOn = proposed.includes(code);
    const was = known.includes(code);
    const isSame = isOn === was || (!isKnown && !isOn);
    return {
      code,
      name: secCodeName(code),
      isHighRisk: highRiskSecCodes.includes(code),
      isOn,
      state: isSame ? "same" : isOn ? "added" : "removed",
    };
  });
}

/** A code as typed into “add another code”: three letters or digits in capitals, or why it is not one. */
export function readCode(text: string): { ok: true; code: string } | { ok: false; message: string } {
  const code = text.trim().toUpperCase();
  if (/^[A-Z]{3}$/u.test(code)) return { ok: true, code };
  return { ok: false, message: "A SEC code is three letters, such as ARC." };
}
