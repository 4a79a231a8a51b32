/** What an Azure resource id says by itself. */
export interface ResourceIdParts {
  resourceGroup: string | null;
  /** Lower case, nested types joined: microsoft.sql/servers/databases. */
  type: string | null;
  /** Last segment. */
  name: string | null;
}

/** Reads a full resource id (any case); parts come in lower case. */
export function parseResourceId(id: string): ResourceIdParts {
  const segments = id.toLowerCase().split("/").filter(Boolean);
  const group = segments.indexOf("resourcegroups");
  const provider = segments.lastIndexOf("providers");
  const resourceGroup = group >= 0 ? (segments[group + 1] ?? null) : null;
  if (provider < 0) return { resourceGroup, type: null, name: resourceGroup };
  const [namespace, ...path] = segments.slice(provider + 1);
  const types = path.filter((_, index) => index % 2 === 0);
  return {
    resourceGroup,
    type: namespace && types.length > 0 ? [namespace, ...types].join("/") : null,
    name: path.length > 0 ? (path.at(-1) ?? null) : null,
  };
}
