import { useCall } from "../../bridge/index.ts";
import { Banner, dateTimeText } from "../../ui/index.ts";

/** While there is no network: how old what is on screen is, and what can still be done. */
export function OfflineBanner() {
  const { data: status } = useCall("workspace.status", {});
  if (status === undefined || status.online) return null;
  const saved = status.lastLoadAtMs === undefined ? "" : ` saved ${dateTimeText(status.lastLoadAtMs)}`;
  return (
    <Banner tone="info" title="This computer is offline.">
      Showing data{saved}. You can review and draft; sending waits for a connection.
    </Banner>
  );
}
