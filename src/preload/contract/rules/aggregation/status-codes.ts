import type { Actor, CodeCategory, StatusMeaning } from "./status-meaning.ts";

type Row = Pick<StatusMeaning, "short" | "meaning" | "because" | "doing" | "tell">;

/** Mastercard's list of the codes that Connect Fix mends (reference §2.9). */
const connectFixCodes: ReadonlySet<number> = new Set([103, 108, 109, 185, 187, 945, 946, 947, 948]);

function range(first: number, last: number): readonly number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

const openFix = "Please open the connection page we send you, sign in,";
const question = "the customer must answer a security question";
const support = "Report it to the provider's support";

const succeeded: Row = {
  short: "Last aggregation succeeded", meaning: "The last aggregation succeeded.", because: "", doing: "Nobody",
};
const signIn: Row = {
  short: "Sign-in no longer accepted",
  meaning: "The bank no longer accepts the stored sign-in.",
  because: "the customer must sign in to the bank again",
  doing: "Customer signs in via Connect Fix",
  tell: `Your bank no longer accepts the sign-in we use to read {account}. ${openFix} and confirm the connection.`,
};
const prompt: Row = {
  short: "Prompt waiting at the bank",
  meaning: "The bank shows a prompt, such as new terms or an offer, that the customer must clear.",
  because: "the customer must clear a prompt at the bank",
  doing: "Customer clears it at the bank, then Connect Fix",
  tell:
    "Your bank shows you a message that must be answered before it shares {account}. Please sign in on your bank's own " +
    "site, answer it, then open the connection page we send you.",
};
const newPassword: Row = {
  short: "Bank demands a new password",
  meaning: "The bank demands a new password.",
  because: "the customer must set a new password at the bank",
  doing: "Customer sets it at the bank, then Connect Fix",
  tell:
    "Your bank asks you to set a new password before it shares {account}. Please set it on your bank's own site, then " +
    "open the connection page we send you.",
};
const duplicate: Row = {
  short: "Duplicate account",
  meaning: "The same account is held twice.",
  because: "the account is held twice",
  doing: "Keep one, remove the other",
};
const unanswered: Row = {
  short: "Security question not answered",
  meaning: "The bank asked a security question and got no answer.",
  because: question,
  doing: "Customer answers via Connect Fix",
  tell: `Your bank asked a security question before it would share {account}. ${openFix} and answer it.`,
};
const wrongAnswer: Row = {
  short: "Security answer wrong",
  meaning: "The bank asked a security question and the answer was wrong.",
  because: "the customer must answer a security question correctly",
  doing: "Customer answers via Connect Fix",
  tell: `Your bank did not accept the answer to its security question for {account}. ${openFix} and answer it again.`,
};
const running: Row = {
  short: "Already refreshing at the bank",
  meaning: "The account is being aggregated right now.",
  because: "it is still running",
  doing: "Nobody: wait, then read again",
};
const questionTimedOut: Row = {
  short: "Security question timed out",
  meaning: "The time to answer the bank's security question ran out.",
  because: question,
  doing: "Customer answers at the next attempt",
  tell: "Your bank asked a security question for {account} and the time to answer it ran out. Please be ready for it.",
};
const repairing: Row = {
  short: "Connection being repaired",
  meaning: "The provider is building or repairing its connection to this bank. An attempt every 3 to 5 days helps it.",
  because: "the provider is repairing its connection to the bank",
  doing: "Provider repairs; try again in 3 to 5 days",
};
const maintenance: Row = {
  short: "Bank in maintenance",
  meaning: "The bank is in maintenance.",
  because: "the bank is in maintenance",
  doing: "Nobody: wait, then read again",
};
const down: Row = {
  short: "Connection down",
  meaning: "The provider's connection to this bank is down and being worked on.",
  because: "the provider's connection to the bank is down",
  doing: "Provider repairs",
};
const closed: Row = {
  short: "Account closed or gone",
  meaning: "The bank no longer offers this account: it may be closed.",
  because: "the account seems to be closed",
  doing: "Confirm with the customer, then remove",
};
const failsForSome: Row = {
  short: "Fails for some customers",
  meaning: "Reading this bank fails for a part of its customers.",
  because: "reading this bank fails for some customers",
  doing: support,
};
const notSupported: Row = {
  short: "Bank not supported",
  meaning: "The provider does not support this bank. Nobody can repair it.",
  because: "the provider does not support this bank",
  doing: "Operations decides whether to keep the account; it will not be fresh again",
};
const oneTimeCode: Row = {
  short: "One-time code each time",
  meaning: "The bank sends a one-time code for every connection, so it cannot be read without the customer.",
  because: "the bank sends the customer a one-time code each time",
  doing: "Customer enters the code at each attempt",
  tell: "Your bank sends you a code each time {account} is read. Please tell us when you can enter it.",
};
const language: Row = {
  short: "Language not supported",
  meaning: "The customer's language on the bank's site is not supported.",
  because: "the customer must change the language on the bank's site",
  doing: "Customer changes the language at the bank",
  tell: "Please set the language of your bank's own site to English; {account} cannot be read in the present one.",
};
const weakAnswers: Row = {
  short: "Security answers not enough",
  meaning: "The answers to the bank's security questions were not enough.",
  because: "the customer must answer the security questions again",
  doing: "Customer answers again",
  tell: "The answers to your bank's security questions were not enough to read {account}. Please answer them again.",
};
const consentNeeded: Row = {
  short: "Bank asks for consent",
  meaning: "The bank moved to its own consent page (OAuth); the customer must consent there.",
  because: "the customer must give consent at the bank",
  doing: "Customer consents via Connect Fix",
  tell: `Your bank now asks you itself whether it may share {account}. ${openFix} and agree.`,
};
const notFound: Row = {
  short: "Account not found",
  meaning: "The bank does not find the account; it may be closed.",
  because: "the bank does not find the account",
  doing: "Customer selects it via Connect Fix; else remove it",
  tell: `Your bank does not find {account}. ${openFix} and select it; if it is closed, please tell us.`,
};
const consentExpired: Row = {
  short: "Consent expired",
  meaning: "The customer's consent at the bank (OAuth token) has expired or is invalid.",
  because: "the customer's consent at the bank has expired",
  doing: "Customer consents via Connect Fix",
  tell: `Your consent for us to read {account} has expired at your bank. ${openFix} and agree again.`,
};
const notSignedIn: Row = {
  short: "Not signed in at the bank",
  meaning: "The bank moved to its own sign-in page (OAuth) and the customer has not signed in there.",
  because: "the customer must sign in on the bank's own page",
  doing: "Customer signs in via Connect Fix",
  tell: `Your bank asks you to sign in on its own page before it shares {account}. ${openFix} and agree.`,
};
const unsupportedConnection: Row = {
  short: "Connection not supported",
  meaning: "The connection to this account is not supported.",
  because: "the connection is not supported",
  doing: "Operations verifies with the provider",
};
const timedOut: Row = {
  short: "Session timed out",
  meaning: "The session at the bank expired or timed out.",
  because: "the customer must sign in again",
  doing: "Customer signs in again",
  tell: "The session at your bank ended before {account} could be read. Please sign in again.",
};
const malformed: Row = {
  short: "Malformed request",
  meaning: "The provider calls the request malformed.",
  because: "the provider calls the request malformed",
  doing: "Report it to whoever set the connection up",
};
const unexpected: Row = {
  short: "Unexpected fault at the provider",
  meaning: "The provider met an unexpected fault.",
  because: "the provider met an unexpected fault",
  doing: support,
};
const listedTogether: Row = {
  short: "Account error or missing consent",
  meaning:
    "The provider lists 10027, 14019, 4034, 20007, 20009 and 38053 together: an account error, missing consent, a token " +
    "managed at the bank, a failed migration, or the bank needs information. Which of them is not said.",
  because: "an account error or missing consent",
  doing: "Operations asks the provider about the code",
};

const again = "Re-authenticate or provide additional information";
const verify = "Verify account or data state";
const report = "Report or escalate for investigation";

/** Codes with who acts, category and words (reference §2.9: S-FIN, FIN-OLD, MC-DOC, ARGYLE, FIN-SDK). */
const table: readonly (readonly [codes: readonly number[], act: Actor, category: CodeCategory, row: Row])[] = [
  [[0], "nobody", "Succeeded", succeeded],
  [[103], "customer", again, signIn],
  [[108], "customer", again, prompt],
  [[109], "customer", again, newPassword],
  [[169], "operations", verify, duplicate],
  [[185], "customer", again, unanswered],
  [[187], "customer", again, wrongAnswer],
  [[325, 5006], "wait", "Retry later", running],
  [[331], "customer", again, questionTimedOut],
  [range(900, 904), "provider", "Retry later", repairing],
  [range(905, 907), "wait", "Retry later", maintenance],
  [[910], "provider", "Retry later", down],
  [[913, 914], "operations", verify, closed],
  [[915, 916], "provider", report, failsForSome],
  [range(920, 929), "operations", verify, notSupported],
  [[931], "customer", again, oneTimeCode],
  [[936], "customer", again, language],
  [[938, 940, 971], "customer", again, weakAnswers],
  [[945], "customer", again, consentNeeded],
  [[946], "customer", again, notFound],
  [[947], "customer", again, consentExpired],
  [[948], "customer", again, notSignedIn],
  [[972, 976], "operations", report, unsupportedConnection],
  [[974], "customer", again, timedOut],
  [[978], "operations", "Invalid input", malformed],
  [range(990, 998), "provider", report, unexpected],
  [[4034, 10027, 14019, 20007, 20009, 38053], "operations", verify, listedTogether],
];

const meanings: ReadonlyMap<number, StatusMeaning> = new Map(
  table.flatMap(([codes, act, category, row]) =>
    codes.map((code) => [code, { ...row, code, act, category, isKnown: true, isConnectFix: connectFixCodes.has(code) }]),
  ),
);

/** Every code that a document explains, in ascending order. */
export const explainedCodes: readonly number[] = [...meanings.keys()].toSorted((a, b) => a - b);

/** What an aggregation status code means. A code that no document explains keeps its number and falls to operations. */
export function meaningOfCode(code: number): StatusMeaning {
  const known = meanings.get(code);
  if (known !== undefined) return known;
  const number = String(code);
  return {
    code,
    isKnown: false,
    category: "Unknown code",
    act: "operations",
    short: `Code ${number}, not explained`,
    meaning: `The provider gave code ${number}, which no document at hand explains.`,
    because: `code ${number}, which no document explains`,
    doing: `Ask the provider what ${number} means`,
    isConnectFix: false,
  };
}
