/** Tags that say what a resource does. Others (a team "web", an application "shop") say nothing of the machine. */
const keys =
  /^(role|server-?role|workload|workload-?type|purpose|usage|type|component|tier|application-?role)$/i;

/** The tags that say what a resource does. */
export function roleTags(tags: Record<string, string>): [key: string, value: string][] {
  return Object.entries(tags).filter(([key]) => keys.test(key));
}
