import type { LiveResource } from "../clouds/cloud.ts";
import { readProperty, readText } from "../clouds/read-property.ts";
import type { ActionReader } from "../kernel/define-action.ts";
import { createSizeBook } from "../prices/create-size-book.ts";
import type { VmSize } from "../prices/size-book.ts";
import { judgeFeatures } from "../recommendations/size-fit.ts";
import { readMachine } from "../recommendations/virtual-machine.ts";

export interface CheckedSize {
  /** Null: the subscription is not offered one of them in the machine's region. */
  current: VmSize | null;
  target: VmSize | null;
  /** Why the machine cannot have it. */
  against: string[];
  /** What nobody knows; Azure itself refuses it then. */
  missing: string[];
}

/** Whether a machine can have a size, by what the cloud offers and by what is attached to it, all read live. */
export async function checkSize(
  { cloud, signal }: Pick<ActionReader, "cloud" | "signal">,
  live: LiveResource,
  to: string,
): Promise<CheckedSize> {
  const region = live.region ?? "";
  const sizes = createSizeBook(
    new Map([[region, await cloud.resourceSkus(live.subscriptionId, region, signal)]]),
  );
  const current = sizes.sizeOf(region, readText(live.properties, "hardwareProfile", "vmSize") ?? "");
  const target = sizes.sizeOf(region, to);
  if (!current || !target) {
    const unknown = target ? [] : [`${to} is not offered to this subscription in ${region}`];
    return { current, target, against: unknown, missing: target ? ["what its present size can do"] : [] };
  }
  const related = new Map<string, LiveResource>();
  for (const id of idsOfParts(live)) {
    const part = await cloud.resource(id, signal);
    if (part) related.set(id, part);
  }
  const checked = { target, against: [], missing: [] };
  judgeFeatures(checked, readMachine(live, { related: (id) => related.get(id) }), current);
  return { current, ...checked };
}

/** Its network cards and its system disk: what they can is not told by the machine itself. */
function idsOfParts({ properties }: LiveResource): string[] {
  const cards = readProperty(properties, "networkProfile", "networkInterfaces");
  const disks = readProperty(properties, "storageProfile", "dataDisks");
  const parts = [
    ...(Array.isArray(cards) ? cards.map((card) => readText(card, "id")) : []),
    readText(properties, "storageProfile", "osDisk", "managedDisk", "id"),
    // Whether a disk is premium the machine says itself, unless it is deallocated.
    ...(Array.isArray(disks)
      ? disks.map((disk) =>
          readText(disk, "managedDisk", "storageAccountType")
            ? undefined
            : readText(disk, "managedDisk", "id"),
        )
      : []),
  ];
  return parts.flatMap((id) => id?.toLowerCase() ?? []);
}
