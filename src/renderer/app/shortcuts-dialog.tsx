import { Dialog, Kbd } from "../ui/index.ts";

interface Shortcut {
  readonly keys: string;
  readonly does: string;
}

const groups: readonly { readonly title: string; readonly shortcuts: readonly Shortcut[] }[] = [
  {
    title: "Everywhere",
    shortcuts: [
      { keys: "Ctrl K", does: "Command palette" },
      { keys: "G then T", does: "Today" },
      { keys: "G then A", does: "Accounts" },
      { keys: "G then I", does: "Import" },
      { keys: "G then O", does: "Outbox" },
      { keys: "G then Q", does: "Repair queue" },
      { keys: "G then R", does: "Refresh" },
      { keys: "G then L", does: "Log" },
      { keys: "G then S", does: "Settings" },
      { keys: "F6", does: "Next pane; with Shift the one before" },
      { keys: "F5", does: "Read the cache again; never the provider" },
      { keys: "Ctrl Shift L", does: "Lock now" },
      { keys: "F1", does: "Help" },
      { keys: "?", does: "These shortcuts" },
    ],
  },
  {
    title: "In a list",
    shortcuts: [
      { keys: "/", does: "Filter this list; also Ctrl F" },
      { keys: "↑", does: "Arrows, Home, End, Page Up and Page Down move; with Ctrl to the edge" },
      { keys: "Enter", does: "Open; on a heading sort" },
      { keys: "Esc", does: "Close, focus back to the row" },
      { keys: "Space", does: "Select the row; with Shift a range" },
      { keys: "Ctrl A", does: "Select all in this filter" },
      { keys: "F2", does: "Edit the cell; also Enter" },
    ],
  },
  {
    title: "On an account or a change",
    shortcuts: [
      { keys: "E", does: "Edit" },
      { keys: "Ctrl Enter", does: "Send, or submit for approval" },
      { keys: "Ctrl S", does: "Save the draft" },
      { keys: "Ctrl Z", does: "Undo the last edit of the draft; never a sent change" },
      { keys: "[", does: "Previous change" },
      { keys: "]", does: "Next change" },
    ],
  },
  {
    title: "On an import",
    shortcuts: [
      { keys: "[", does: "Step back" },
      { keys: "]", does: "Step on; never sends" },
      { keys: "Ctrl Enter", does: "Confirm and send, on the last step" },
    ],
  },
];

export interface ShortcutsDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

export function ShortcutsDialog({ isOpen, onClose }: ShortcutsDialogProps) {
  return (
    <Dialog title="Keyboard shortcuts" isOpen={isOpen} onClose={onClose} wide>
      <div className="shortcut-groups">
        {groups.map((group) => (
          <section key={group.title}>
            <h3 className="strong">{group.title}</h3>
            <dl className="shortcuts">
              {group.shortcuts.map((shortcut) => (
                <div key={shortcut.keys}>
                  <dt>
                    <Kbd keys={shortcut.keys} />
                  </dt>
                  <dd>{shortcut.does}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <p className="muted small">
        Single letters are off while you type. Settings, General switches them off for good.
      </p>
    </Dialog>
  );
}
