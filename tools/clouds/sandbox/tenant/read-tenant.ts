import { readFile } from "node:fs/promises";
import { AppError } from "../../../kernel/errors.ts";
import { Tenant } from "./tenant-schema.ts";

/** Reads a tenant.json that anyone wrote; says which field is wrong when one is. */
export async function readTenant(file: string): Promise<Tenant> {
  const text = await readFile(file, "utf8").catch((cause: unknown) => {
    throw new AppError("not_found", `The tenant file ${file} cannot be read.`, {
      hint: "Give the path of a tenant.json, as `npm run sandbox -- export --out DIR` writes it.",
      cause,
    });
  });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new AppError("invalid_input", `The tenant file ${file} is not JSON.`, {
      hint: `Mend it: ${cause instanceof Error ? cause.message : "unreadable"}.`,
      cause,
    });
  }
  const parsed = Tenant.safeParse(json);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    throw new AppError(
      "invalid_input",
      `The tenant file ${file} is wrong at ${issue.path.join(".") || "its root"}: ${issue.message}.`,
      { hint: "Compare it with tools/clouds/sandbox/tenant.schema.json." },
    );
  }
  refuseDangling(file, parsed.data);
  return parsed.data;
}

function refuseDangling(file: string, tenant: Tenant): void {
  const subscriptions = new Set(tenant.subscriptions.map((subscription) => subscription.id.toLowerCase()));
  const chargeIds = new Set<string>();
  const resourceIds = new Set<string>();
  const refuse = (message: string) => {
    throw new AppError("invalid_input", `The tenant file ${file} contradicts itself: ${message}.`, {
      hint: "Ids are unique, and each resource and charge names a listed subscription.",
    });
  };
  for (const resource of tenant.resources) {
    const id = resource.id.toLowerCase();
    if (resourceIds.has(id)) refuse(`two resources have the id ${resource.id}`);
    if (!subscriptions.has(id.split("/")[2] ?? "")) refuse(`${resource.id} is in no listed subscription`);
    resourceIds.add(id);
  }
  for (const charge of tenant.charges) {
    if (chargeIds.has(charge.id)) refuse(`two charges have the id ${charge.id}`);
    if (!subscriptions.has(charge.subscriptionId.toLowerCase())) {
      refuse(`the charge ${charge.id} is in no listed subscription`);
    }
    chargeIds.add(charge.id);
  }
}
