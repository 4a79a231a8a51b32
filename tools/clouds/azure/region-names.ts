// Names that only the bill uses; the rest of its names become ids by dropping spaces ("West Europe").
const billingNames: Record<string, string> = {
  "us east": "eastus",
  "us east 2": "eastus2",
  "us west": "westus",
  "us west 2": "westus2",
  "us west 3": "westus3",
  "us central": "centralus",
  "us north central": "northcentralus",
  "us south central": "southcentralus",
  "us west central": "westcentralus",
  "eu west": "westeurope",
  "eu north": "northeurope",
  "ap east": "eastasia",
  "ap southeast": "southeastasia",
  "ja east": "japaneast",
  "ja west": "japanwest",
  "in central": "centralindia",
  "in south": "southindia",
  "in west": "westindia",
  "au east": "australiaeast",
  "au southeast": "australiasoutheast",
  "au central": "australiacentral",
  "br south": "brazilsouth",
  "ca central": "canadacentral",
  "ca east": "canadaeast",
  "uk south": "uksouth",
  "uk west": "ukwest",
  "fr central": "francecentral",
  "fr south": "francesouth",
  "de west central": "germanywestcentral",
  "de north": "germanynorth",
  "ch north": "switzerlandnorth",
  "ch west": "switzerlandwest",
  "no east": "norwayeast",
  "se central": "swedencentral",
  "kr central": "koreacentral",
  "kr south": "koreasouth",
  "ae north": "uaenorth",
  "za north": "southafricanorth",
};

/** A region of Cost Management ("EU West", "West Europe", "westeurope") as the id that Resource Graph uses; null for none. */
export function regionId(name: string | null | undefined): string | null {
  const lower = name?.trim().toLowerCase();
  if (!lower || lower === "unassigned" || lower === "n/a") return null;
  if (lower === "intercontinental" || lower === "unknown") return null;
  return billingNames[lower] ?? lower.replaceAll(" ", "");
}
