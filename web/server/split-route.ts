/** "GET /costs/{id}" as its method and path. */
export function splitRoute(route: string): [method: string, path: string] {
  const space = route.indexOf(" ");
  return [route.slice(0, space), route.slice(space + 1)];
}
