import { actions } from "../actions.gen.ts";
import type { Action } from "../kernel/define-action.ts";
import { AppError } from "../kernel/errors.ts";

/** An action by name. */
export function findAction(name: string): Action {
  const found = actions.find((action) => action.name === name);
  if (found) return found as unknown as Action;
  throw new AppError("unsupported", `This version of the product does not know the change ${name}.`);
}
