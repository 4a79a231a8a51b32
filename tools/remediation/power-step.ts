import type { ActionStep, JsonRecord } from "../kernel/define-action.ts";

const steps = {
  deallocate: { state: "deallocated" },
  start: { state: "running" },
} as const;

interface Powered extends Pick<ActionStep, "when" | "changes" | "restores"> {
  /** The machine, where it is not the resource itself; null: none is in the way, so that there is nothing to do. */
  machine?(parameters: JsonRecord): string | null;
}

/** Turns a virtual machine off (deallocated: it stops costing) or on, as a step of any action. */
export function powerStep(name: keyof typeof steps, { machine, ...rest }: Powered = {}): ActionStep {
  const { state } = steps[name];
  return {
    name,
    ...(machine ? { when: (parameters: JsonRecord) => machine(parameters) !== null } : {}),
    ...rest,
    submit: ({ cloud, resourceId, parameters, signal }) =>
      cloud[name](machine?.(parameters) ?? resourceId, signal),
    async verify({ cloud, live, parameters, signal }) {
      const id = machine?.(parameters);
      const found = id ? await cloud.resource(id, signal) : live;
      if (!found) return "unknown";
      if (found.status === state) return "done";
      return found.status === "starting" || found.status === "deallocating" ? "under_way" : "not_done";
    },
  };
}
