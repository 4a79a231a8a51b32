import type { Connection } from "@cloudoptima/tools/connections/connection-shapes.ts";

export const azureClouds = [
  { value: "AzureCloud", label: "Azure public" },
  { value: "AzureUSGovernment", label: "Azure US Government" },
  { value: "AzureChinaCloud", label: "Azure China" },
] as const;

/** What a connection is, in a few words: "Azure public, service principal". */
export function describeKind({ kind, provider, identity, azureCloud }: Connection): string {
  if (kind === "sandbox") return "Azure sandbox of this machine";
  if (kind === "focus") return `Imported FOCUS files (${provider})`;
  const cloud = azureClouds.find(({ value }) => value === azureCloud)?.label ?? "Azure";
  return identity === "host" ? `${cloud}, this host's own identity` : `${cloud}, service principal`;
}

/** Where its costs are read from, after "Costs from". */
export function costSourceWords(source: Connection["costSource"]): string {
  if (source.kind === "query") return "Cost Management's API";
  if (source.kind === "folder")
    return `the exports in the server's folder ${source.folder}, as its operator chose`;
  const place = [source.storageAccount, source.container, source.prefix].filter(Boolean).join("/");
  return `the exports in the blob container ${place}`;
}

export type Mark = { word: string; tone: "better" | "warn" | "worse" | "muted" };

/** How a connection stands, by word; the colour only repeats it. */
export function describeStatus({
  kind,
  status,
  scanning,
  lastScan,
  lastScanResult,
  hasCredentials,
  identity,
}: Connection): Mark {
  if (status === "disconnected") return { word: "Disconnected", tone: "muted" };
  if (scanning) return { word: "Syncing", tone: "muted" };
  if (kind === "focus") return { word: "Files", tone: "muted" };
  if (identity === "service_principal" && !hasCredentials) return { word: "No credentials", tone: "worse" };
  if (status === "error" || lastScanResult?.status === "failed") {
    return { word: "Last sync failed", tone: "worse" };
  }
  if (lastScanResult?.status === "partial") return { word: "Partly synced", tone: "warn" };
  return lastScan ? { word: "Connected", tone: "better" } : { word: "Not synced yet", tone: "warn" };
}
