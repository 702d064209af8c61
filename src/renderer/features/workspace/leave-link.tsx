import { failureSentence, useCommand } from "../../bridge/index.ts";
import { ErrorMessage, LinkButton } from "../../ui/index.ts";

/** Back to the choice of a workspace; says why when the workspace must stay open. */
export function LeaveLink() {
  const close = useCommand("workspace.close");
  return (
    <>
      <LinkButton onPress={() => void close.run({})}>Choose another workspace</LinkButton>
      {close.failure === undefined ? null : <ErrorMessage>{failureSentence(close.failure)}</ErrorMessage>}
    </>
  );
}
