import { createInterface } from "node:readline";
import { startSandbox } from "@cloudoptima/tools/clouds/sandbox/start-sandbox.ts";
import { changeShare } from "./scan-estate.ts";

// Arguments: number of resources, business clock. Prints how to reach the sandbox, then answers each line of stdin:
// "change" changes one in a hundred resources. The end of stdin ends it.
const [resources, now] = process.argv.slice(2);
const clock = Temporal.Instant.from(now!);
const sandbox = await startSandbox({
  seed: "scan",
  resources: Number(resources),
  // Costs are not what is measured.
  days: 2,
  now: () => clock,
  quotas: "azure",
});
const { origin, ca, credentials, subscriptionIds, estate } = sandbox;
print({ origin, ca, credentials, subscriptionIds });
for await (const line of createInterface({ input: process.stdin })) {
  if (line !== "change") throw new Error(`The sandbox does not know what "${line}" is.`);
  print(changeShare(estate, Number(resources) / 100));
}
await sandbox.close();

function print(value: object): void {
  process.stdout.write(`${JSON.stringify(value)}\n`);
}
