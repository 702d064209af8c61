/** Why a change is made: the first word an auditor reads. */
export const reasonCategories: readonly string[] = [
  "Customer request",
  "Annual limit review",
  "Temporary, seasonal",
  "Risk or credit decision",
  "Onboarding",
  "Correction of an error",
  "Bank or routing change",
  "Regulatory or audit",
  "Other",
];
