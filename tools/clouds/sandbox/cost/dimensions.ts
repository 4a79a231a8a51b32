import type { Estate } from "../estate.ts";
import { badRequest } from "../server/azure-error.ts";
import type { Charge } from "../tenant/tenant-schema.ts";

type Read = (charge: Charge, estate: Estate) => string;

const resourceGroup: Read = (charge) => /\/resourcegroups\/([^/]+)/i.exec(charge.resourceId ?? "")?.[1] ?? "";
const subscriptionName: Read = (charge, estate) =>
  estate.tenant.subscriptions.find((subscription) => subscription.id === charge.subscriptionId)?.name ?? "";

/** Azure's dimension names, lower case, and how a charge answers them. */
const dimensions: Record<string, Read> = {
  resourceid: (charge) => (charge.resourceId ?? "").toLowerCase(),
  resourcegroup: resourceGroup,
  resourcegroupname: resourceGroup,
  resourcetype: (charge, estate) =>
    (
      charge.resourceType ||
      (charge.resourceId && estate.everKnown(charge.resourceId)?.type) ||
      ""
    ).toLowerCase(),
  resourcelocation: (charge, estate) =>
    charge.resourceLocation || (charge.resourceId && estate.everKnown(charge.resourceId)?.location) || "",
  servicename: (charge) => charge.service,
  metercategory: (charge) => charge.service,
  metersubcategory: (charge) => charge.meterSubCategory,
  meter: (charge) => charge.meter,
  subscriptionid: (charge) => charge.subscriptionId,
  subscriptionname: subscriptionName,
  chargetype: (charge) => charge.chargeType,
  pricingmodel: (charge) => charge.pricingModel,
  publishertype: () => "Azure",
  benefitname: (charge) => charge.benefitName,
  frequency: (charge) => (charge.chargeType === "Purchase" ? "Recurring" : "UsageBased"),
};

/** Reads a dimension of charges; a name Azure does not know is refused as Azure refuses it. */
export function dimension(name: string): Read {
  const read = dimensions[name.toLowerCase()];
  if (!read) {
    throw badRequest(
      `Invalid query definition: Dataset has an invalid dimension '${name}'; valid dimensions: ${Object.keys(dimensions).join(", ")}.`,
    );
  }
  return read;
}

/** The tags a charge carries: those of its resource. */
export function tagOf(charge: Charge, estate: Estate, key: string): string {
  const tags = charge.resourceId ? estate.everKnown(charge.resourceId)?.tags : undefined;
  const found = Object.entries(tags ?? {}).find(([name]) => name.toLowerCase() === key.toLowerCase());
  return found?.[1] ?? "";
}
