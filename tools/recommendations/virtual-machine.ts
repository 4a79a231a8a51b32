import { readProperty, readText } from "../clouds/read-property.ts";
import type { OperatingSystem } from "../prices/price-book.ts";
import type { JudgedResource } from "./judged-resource.ts";

interface RelatedFacts {
  related(id: string): Pick<JudgedResource, "properties"> | undefined;
}

/** What a machine's own properties say of how it is sold and what it needs of a size. */
export interface VirtualMachine {
  /** As in ARM, "Standard_D4s_v5"; null where it is not told. */
  size: string | null;
  os: OperatingSystem;
  /** Windows without a licence of the organization's own: paid by the hour. */
  paysWindows: boolean;
  isSpot: boolean;
  /** Its system disk is lost when it moves to other hardware. */
  hasEphemeralDisk: boolean;
  usesUltraDisks: boolean;
  dataDisks: number;
  networkCards: number;
  /** Null: a disk or card of it is not in the inventory. */
  usesPremiumStorage: boolean | null;
  usesAcceleratedNetworking: boolean | null;
  zones: readonly string[];
  /** "V1", "V2"; null where it is not told. */
  generation: string | null;
}

/** `related`: its disks and network cards, by lower-case id. */
export function readMachine(
  { properties }: Pick<JudgedResource, "properties">,
  facts: RelatedFacts,
): VirtualMachine {
  const disks = list(readProperty(properties, "storageProfile", "dataDisks"));
  const osDisk = readProperty(properties, "storageProfile", "osDisk");
  const cards = list(readProperty(properties, "networkProfile", "networkInterfaces"));
  const isWindows =
    /^windows$/i.test(readText(osDisk, "osType") ?? "") ||
    readProperty(properties, "osProfile", "windowsConfiguration") !== undefined;
  const os = isWindows ? "Windows" : "Linux";
  return {
    size: readText(properties, "hardwareProfile", "vmSize") ?? null,
    os,
    paysWindows:
      os === "Windows" && !/^windows_(server|client)$/i.test(readText(properties, "licenseType") ?? ""),
    isSpot: /^spot$/i.test(readText(properties, "priority") ?? ""),
    hasEphemeralDisk: readText(osDisk, "diffDiskSettings", "option") !== undefined,
    usesUltraDisks: readProperty(properties, "additionalCapabilities", "ultraSSDEnabled") === true,
    dataDisks: disks.length,
    networkCards: cards.length,
    usesPremiumStorage: some([osDisk, ...disks].map((disk) => isPremium(disk, facts))),
    usesAcceleratedNetworking: some(cards.map((card) => isAccelerated(card, facts))),
    zones: list(readProperty(properties, "zones")).filter((zone) => typeof zone === "string"),
    generation:
      readText(properties, "extended", "instanceView", "hyperVGeneration")?.toUpperCase() ??
      generationOfDisk(osDisk, facts),
  };
}

function isPremium(disk: unknown, facts: RelatedFacts): boolean | null {
  const id = readText(disk, "managedDisk", "id");
  const stored = id ? facts.related(id.toLowerCase()) : undefined;
  const sku =
    readText(stored?.properties, "sku", "name") ?? readText(disk, "managedDisk", "storageAccountType");
  return sku === undefined ? null : /^premium/i.test(sku);
}

function isAccelerated(card: unknown, facts: RelatedFacts): boolean | null {
  const stored = facts.related(readText(card, "id")?.toLowerCase() ?? "");
  return stored ? readProperty(stored.properties, "enableAcceleratedNetworking") === true : null;
}

function generationOfDisk(disk: unknown, facts: RelatedFacts): string | null {
  const stored = facts.related(readText(disk, "managedDisk", "id")?.toLowerCase() ?? "");
  return readText(stored?.properties, "hyperVGeneration")?.toUpperCase() ?? null;
}

/** True when one is, false when none is, null when one could be. */
function some(answers: readonly (boolean | null)[]): boolean | null {
  if (answers.includes(true)) return true;
  return answers.includes(null) ? null : false;
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
