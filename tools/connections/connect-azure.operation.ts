import { z } from "zod";
import { defineOperation } from "../kernel/define-tool.ts";
import { connectAzure } from "./connect-azure.ts";

export default defineOperation({
  name: "connect_azure",
  title: "Connect Azure",
  description:
    "Connects the Azure tenant of the identity in the environment (AZURE_TENANT_ID, AZURE_CLIENT_ID, AZURE_CLIENT_SECRET, or the host's own). Needs the roles Reader, Cost Management Reader and Monitoring Reader, and Storage Blob Data Reader to see unmanaged disks; nothing is ever changed.",
  permission: "settings:manage",
  effect: "write",
  personOnly: true,
  rest: "POST /connections/azure",
  input: z.object({ name: z.string().trim().min(1).max(80).default("Azure") }),
  output: z.object({
    connectionName: z.string(),
    subscriptions: z.array(z.object({ id: z.string(), name: z.string() })),
  }),
  run: (ctx, { name }) => connectAzure(ctx, name),
});
