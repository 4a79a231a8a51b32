import { diskBlobType } from "../clouds/disk-blob-id.ts";
import { blobProduct, pageBlobProducts } from "./storage-prices.ts";

/** Lines of the price list that are read and kept together, and for which resources they are needed. */
export interface PriceGroup {
  name: string;
  service: string;
  /** Empty: every product of the service. */
  products: readonly string[];
  /** Listed once for all regions, under "Global". */
  global: boolean;
  /** Lower-case resource types whose regions need it. */
  types: readonly string[];
}

/** Virtual machines are read size by size: their list is far longer than what an organization uses. */
export const machineGroup = "virtual_machines";
export const machineService = "Virtual Machines";

/** Everything else that rules price, in one or two pages a region. */
export const priceGroups = [
  {
    name: "managed_disks",
    service: "Storage",
    products: ["Premium SSD Managed Disks", "Standard SSD Managed Disks", "Standard HDD Managed Disks"],
    global: false,
    types: ["microsoft.compute/disks", "microsoft.compute/snapshots"],
  },
  {
    name: "block_blobs",
    service: "Storage",
    products: [blobProduct],
    global: false,
    types: ["microsoft.storage/storageaccounts"],
  },
  {
    name: "page_blobs",
    service: "Storage",
    products: Object.values(pageBlobProducts),
    global: false,
    types: [diskBlobType],
  },
  {
    name: "addresses",
    service: "Virtual Network",
    products: ["IP Addresses"],
    global: false,
    types: ["microsoft.network/publicipaddresses"],
  },
  {
    name: "load_balancers",
    service: "Load Balancer",
    products: ["Load Balancer"],
    global: true,
    types: ["microsoft.network/loadbalancers"],
  },
  {
    name: "sql_databases",
    service: "SQL Database",
    products: [],
    global: false,
    types: ["microsoft.sql/servers/databases", "microsoft.sql/servers/elasticpools"],
  },
  {
    name: "app_service_plans",
    service: "Azure App Service",
    products: [],
    global: false,
    types: ["microsoft.web/serverfarms"],
  },
] as const satisfies readonly PriceGroup[];
export type PriceGroupName = (typeof priceGroups)[number]["name"];

/** The region under which prices are kept that hold everywhere. */
export const everywhere = "global";
