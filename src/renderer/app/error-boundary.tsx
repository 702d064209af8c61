import { Component, type ReactNode } from "react";
import { Button, Empty } from "../ui/index.ts";

interface BoundaryProps {
  readonly children: ReactNode;
  /** A new value shows the children again: the path on screen. */
  readonly place: string;
}

interface BoundaryState {
  readonly failed: boolean;
  readonly place: string;
}

/** Keeps the rest of the window usable when one page fails. */
export class ErrorBoundary extends Component<BoundaryProps, BoundaryState> {
  override state: BoundaryState = { failed: false, place: this.props.place };

  static getDerivedStateFromError(): Partial<BoundaryState> {
    return { failed: true };
  }

  static getDerivedStateFromProps(props: BoundaryProps, state: BoundaryState): BoundaryState | null {
    return props.place === state.place ? null : { failed: false, place: props.place };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <Empty
        title="This page could not be shown"
        action={<Button variant="primary" onPress={() => this.setState({ failed: false })}>Show it again</Button>}
      >
        Nothing was sent and no draft was lost: what you saved is in the workspace file. If it happens again, note the
        time; the log has the details.
      </Empty>
    );
  }
}
