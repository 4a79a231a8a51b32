import { createInterface } from "node:readline";
import { generateTenant } from "@cloudoptima/tools/clouds/sandbox/generate/generate-tenant.ts";
import { startSandbox } from "@cloudoptima/tools/clouds/sandbox/start-sandbox.ts";
import { changeShare } from "./scan-estate.ts";
import type { ScanTask } from "./scan-run.ts";

/** The first line: how to reach it, and how many disks its storage accounts hold. */
export interface ServedEstate {
  access: ScanTask["sandbox"];
  diskBlobCount: number;
}

// Arguments: number of resources, business clock. Prints how to reach the sandbox, then answers each line of stdin:
// "change" changes one in a hundred resources. The end of stdin ends it.
const [resources, now] = process.argv.slice(2);
const clock = Temporal.Instant.from(now!);
// Costs are not what is measured.
const size = { seed: "scan", resources: Number(resources), days: 2 };
const { tenant } = generateTenant({ ...size, now: clock });
const sandbox = await startSandbox({
  ...size,
  tenant,
  now: () => clock,
  quotas: "azure",
});
const { origin, ca, credentials, subscriptionIds, estate } = sandbox;
const diskBlobCount = tenant.blobs.filter(({ type }) => type === "PageBlob").length;
print({ access: { origin, ca, credentials, subscriptionIds }, diskBlobCount } satisfies ServedEstate);
for await (const line of createInterface({ input: process.stdin })) {
  if (line !== "change") throw new Error(`The sandbox does not know what "${line}" is.`);
  print(changeShare(estate, Number(resources) / 100));
}
await sandbox.close();

function print(value: object): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}
