/** The type that an Azure id holds, e.g. microsoft.sql/servers/databases. */
export function azureTypeOfId(id: string): string {
  const [namespace, ...parts] = id.toLowerCase().split("/providers/").at(-1)!.split("/");
  return [namespace, ...parts.filter((_, index) => index % 2 === 0)].join("/");
}
