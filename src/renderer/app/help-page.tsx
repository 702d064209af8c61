/* oxlint-disable jsx-a11y/no-noninteractive-tabindex -- the guide has to scroll by keyboard */
import { PageHeader } from "../ui/index.ts";

/** The short guide built into the app. */
export function HelpPage() {
  return (
    <div className="page">
      <PageHeader title="Help" />
      <section className="fill scroll" data-pane tabIndex={0} aria-label="Guide">
        <article className="help-page">
          <p>
            Vostro keeps customer accounts right at your providers. What you see is the last thing a provider told
            Vostro, with its age beside it. Nothing reaches a provider until you send it.
          </p>
          <h2>Read accounts</h2>
          <p>
            Accounts, then Read accounts: choose a connection and read all customers or one customer. A connection that
            cannot read takes accounts added by hand.
          </p>
          <h2>Change an account</h2>
          <ol>
            <li>Find it: press Ctrl K and type the last four digits, a name, a company ID or a customer ID.</li>
            <li>Press E to edit. The change sheet beside the form shows each field: last known, then proposed.</li>
            <li>Only changed fields are sent. A field you leave alone is left alone at the provider.</li>
            <li>Give a reason, and an authorisation reference where the risk is high.</li>
            <li>Press Ctrl Enter to send. A second person is asked first where the policy says so.</li>
          </ol>
          <h2>What the outcomes mean</h2>
          <ul>
            <li>
              Accepted by provider: it was applied. Vostro reads the account again and shows what the provider says now.
            </li>
            <li>Refused by provider: nothing was applied. Read what it said, correct the draft, send it again.</li>
            <li>
              Outcome unknown: no clear answer came. Vostro waits, reads the account and compares. It never sends twice
              by itself; Send again is your decision.
            </li>
            <li>Conflict: the account moved since it was read. Choose for each field what shall stand.</li>
          </ul>
          <h2>Drafts</h2>
          <p>
            Drafts save themselves and survive a restart. You find them in the Outbox until you send or withdraw them.
          </p>
          <h2>Lock</h2>
          <p>
            Ctrl Shift L locks at once; idleness locks after the time in Settings. What is being sent goes on while the
            workspace is locked.
          </p>
          <h2>The log</h2>
          <p>
            Everything people and the app did is in the Log. Rows cannot be changed or removed without Verify naming the
            first broken row.
          </p>
          <h2>Keyboard</h2>
          <p>Press ? for all keys. Everything works without a mouse; F6 moves between the parts of the window.</p>
        </article>
      </section>
    </div>
  );
}
