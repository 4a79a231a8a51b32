import { z } from "zod";
import type { LiveResource } from "../../clouds/cloud.ts";
import { readText } from "../../clouds/read-property.ts";
import { type ActionStep, defineAction, type JsonRecord } from "../../kernel/define-action.ts";
import { AppError } from "../../kernel/errors.ts";
import { changeRisk } from "../change-risk.ts";

const Parameters = z.object({ licence: z.enum(["Windows_Server", "Windows_Client"]) });
const operations = ["Microsoft.Compute/virtualMachines/write"];

/**
 * Azure Hybrid Benefit for Windows machines: the organization's own licence in the place of one by the hour. Source:
 * learn.microsoft.com, "Azure Hybrid Benefit for Windows virtual machines".
 */
export default defineAction({
  name: "use_own_licence",
  version: 1,
  title: "Use own Windows licences",
  examples: ["use hybrid benefit on vm-erp-prod-001", "switch the Windows licences to hybrid benefit"],
  resourceType: "microsoft.compute/virtualmachines",
  resolves: ["hybrid_benefit"],
  operations,
  headline: (count) =>
    count === 1 ? "Use an own licence on 1 machine" : `Use own licences on ${count} machines`,
  input: z.object({}),

  async plan(_reader, live) {
    const system = readText(live.properties, "storageProfile", "osDisk", "osType") ?? "unknown";
    if (!/^windows$/i.test(system)) {
      throw new AppError("unsupported", `${live.name} runs ${system}, not Windows.`, {
        hint: "It was left out.",
      });
    }
    if (/^spot$/i.test(readText(live.properties, "priority") ?? "")) {
      throw new AppError("unsupported", `${live.name} is a Spot machine.`, {
        hint: "Those cannot use the benefit.",
      });
    }
    const present = licenceOf(live);
    if (present) {
      throw new AppError("conflict", `${live.name} has the licence type ${present} already.`, {
        hint: "There is nothing to change.",
      });
    }
    const offer = readText(live.properties, "storageProfile", "imageReference", "offer") ?? "";
    return {
      parameters: { licence: /^windows-1[01]/i.test(offer) ? "Windows_Client" : "Windows_Server" },
      effects: [
        "With it the organization tells Microsoft that it owns the licence: with Software Assurance or a subscription, at least 8 cores for each machine. Azure does not check it; an audit does.",
        "Nothing restarts, and nothing else changes.",
      ],
      risk: changeRisk("use_own_licence", live),
      reversible: true,
      createdMonthlyCost: null,
    };
  },

  apply: {
    driftFields,
    checkEvidence: async () => null,
    steps: [setLicence("set_licence", (parameters) => Parameters.parse(parameters).licence)],
  },

  undo: {
    describe: () => "Pay for Windows by the hour again.",
    headline: (count) =>
      count === 1
        ? "Pay for Windows by the hour again on 1 machine"
        : `Pay for Windows by the hour again on ${count} machines`,
    effects: () => ["It costs more again."],
    until: () => null,
    operations,
    driftFields,
    checkEvidence: async () => null,
    steps: [setLicence("reset_licence", () => null)],
  },
});

/** Null: by the hour, which Azure calls None. */
function setLicence(name: string, wanted: (parameters: JsonRecord) => string | null): ActionStep {
  return {
    name,
    submit: ({ cloud, resourceId, live, parameters, signal }) =>
      cloud.update(
        resourceId,
        { properties: { licenseType: wanted(parameters) ?? "None" } },
        live?.etag ?? null,
        signal,
      ),
    async verify({ live, parameters }) {
      if (live === null) return "unknown";
      if (/^updating$/i.test(readText(live.properties, "provisioningState") ?? "")) return "under_way";
      return licenceOf(live) === wanted(parameters) ? "done" : "not_done";
    },
  };
}

function licenceOf(live: LiveResource | null): string | null {
  const licence = readText(live?.properties, "licenseType");
  return licence === undefined || /^none$/i.test(licence) ? null : licence;
}

function driftFields(live: LiveResource | null): JsonRecord {
  return {
    licence: licenceOf(live),
    system: readText(live?.properties, "storageProfile", "osDisk", "osType") ?? null,
    // Another machine made under the same name has another one.
    vmId: readText(live?.properties, "vmId") ?? null,
  };
}
