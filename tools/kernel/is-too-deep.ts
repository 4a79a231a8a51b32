/** Lists and objects in each other: no input needs nearly as many. */
const deepest = 64;

/** Whether a parsed JSON value is nested so deep that walking it could exhaust the stack. */
export function isTooDeep(value: unknown, left = deepest): boolean {
  if (typeof value !== "object" || value === null) return false;
  return left === 0 || Object.values(value).some((part) => isTooDeep(part, left - 1));
}
