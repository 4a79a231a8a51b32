import { resourceChangeCategories, resourceChangeKinds } from "@cloudoptima/db/inventory-schema.ts";
import { z } from "zod";

/** created: no scan had seen it before; returned: it was gone. */
export const changeKinds = resourceChangeKinds;
export const changeCategories = resourceChangeCategories;

/** One setting of a resource, before and after. */
export const FieldChange = z.object({
  field: z.string().describe("status, region, tags.Owner, hardwareProfile.vmSize, …"),
  category: z.enum(changeCategories),
  from: z.string().nullable().describe("null: there was none"),
  to: z.string().nullable().describe("null: there is none any more"),
});
/** Who and by what, where the cloud tells it. */
export const changeActor = {
  changedBy: z.string().nullable().describe("Address or application id; null: the cloud does not say"),
  client: z.string().nullable().describe("Azure Portal, ARM Template, …"),
};
export type FieldChange = z.infer<typeof FieldChange>;
