/**
 * Keys and types of answers that Microsoft publishes as examples, without their values. A text names a type, of
 * which "null" may be one; a list has the shape of its items. Resource Graph, Cost Management, Monitor and Compute:
 * github.com/Azure/azure-rest-api-specs (MIT licence, Copyright Microsoft Corporation), at the paths below
 * `specification/`. The retail prices have no file there: the table of properties and the answers on
 * learn.microsoft.com/rest/api/cost-management/retail-prices/azure-retail-prices (code samples under MIT).
 */
export type Shape = string | readonly [Shape] | { readonly [key: string]: Shape };

export interface PublishedBody {
  source: string;
  shape: Shape;
}

const named = { value: "string", localizedValue: "string" } as const;

export const publishedBodies = {
  "Resource Graph, objects": {
    source:
      "resourcegraph/resource-manager/Microsoft.ResourceGraph/stable/2021-03-01/examples/ResourcesBasicQuery.json",
    shape: {
      totalRecords: "number",
      count: "number",
      resultTruncated: "string",
      facets: ["any"],
      data: [{ id: "string", name: "string", type: "string", location: "string", tags: "object" }],
    },
  },
  "Resource Graph, table": {
    source:
      "resourcegraph/resource-manager/Microsoft.ResourceGraph/ResourceGraph/ResourceGraph/examples/2019-04-01/ResourcesBasicQuery.json",
    shape: {
      totalRecords: "number",
      count: "number",
      resultTruncated: "string",
      data: { columns: [{ name: "string", type: "string" }], rows: [["any"]] },
    },
  },
  "Cost query": {
    source:
      "cost-management/resource-manager/Microsoft.CostManagement/CostManagement/examples/2025-03-01/BillingAccountQuery.json",
    shape: {
      id: "string",
      name: "string",
      type: "string",
      properties: {
        nextLink: "string",
        columns: [{ name: "string", type: "string" }],
        rows: [["any"]],
      },
    },
  },
  "metrics:getBatch": {
    source: "monitor/data-plane/Microsoft.Insights/stable/2024-02-01/examples/MetricBatchExample.json",
    shape: {
      values: [
        {
          starttime: "string",
          endtime: "string",
          interval: "string",
          namespace: "string",
          resourceregion: "string",
          resourceid: "string",
          value: [
            {
              id: "string",
              type: "string",
              name: named,
              displayDescription: "string",
              unit: "string",
              errorCode: "string",
              timeseries: [
                {
                  metadatavalues: [{ name: named, value: "string" }],
                  data: [{ timeStamp: "string", average: "number", maximum: "number" }],
                },
              ],
            },
          ],
        },
      ],
    },
  },
  "VM, GET": {
    source:
      "compute/resource-manager/Microsoft.Compute/ComputeRP/stable/2024-07-01/examples/virtualMachineExamples/VirtualMachine_Get.json",
    shape: {
      id: "string",
      name: "string",
      type: "string",
      location: "string",
      tags: "object",
      etag: "string",
      managedBy: "string",
      resources: ["any"],
      properties: {
        vmId: "string",
        availabilitySet: { id: "string" },
        proximityPlacementGroup: { id: "string" },
        hardwareProfile: { vmSize: "string" },
        storageProfile: {
          imageReference: { publisher: "string", offer: "string", sku: "string", version: "string" },
          osDisk: {
            osType: "string",
            name: "string",
            createOption: "string",
            caching: "string",
            managedDisk: { storageAccountType: "string", id: "string" },
            diskSizeGB: "number",
          },
          dataDisks: [
            {
              lun: "number",
              name: "string",
              createOption: "string",
              caching: "string",
              managedDisk: { storageAccountType: "string", id: "string" },
              diskSizeGB: "number",
            },
          ],
        },
        applicationProfile: "object",
        userData: "string",
        osProfile: {
          computerName: "string",
          adminUsername: "string",
          windowsConfiguration: "object",
          secrets: ["any"],
        },
        networkProfile: { networkInterfaces: [{ id: "string" }] },
        diagnosticsProfile: { bootDiagnostics: { enabled: "boolean", storageUri: "string" } },
        extensionsTimeBudget: "string",
        provisioningState: "string",
        timeCreated: "string",
      },
    },
  },
  "Disk, GET": {
    source:
      "compute/resource-manager/Microsoft.Compute/DiskRP/stable/2024-03-02/examples/diskExamples/Disk_Get.json",
    shape: {
      id: "string",
      name: "string",
      type: "string",
      location: "string",
      tags: "object",
      managedBy: "string",
      sku: { name: "string" },
      properties: {
        osType: "string",
        hyperVGeneration: "string",
        purchasePlan: "object",
        supportedCapabilities: "object",
        supportsHibernation: "boolean",
        securityProfile: "object",
        creationData: { createOption: "string", imageReference: { id: "string" } },
        diskSizeGB: "number",
        encryptionSettingsCollection: "object",
        encryption: { type: "string" },
        LastOwnershipUpdateTime: "string",
        timeCreated: "string",
        provisioningState: "string",
      },
    },
  },
  "Retail prices": {
    source: "learn.microsoft.com/rest/api/cost-management/retail-prices/azure-retail-prices",
    shape: {
      BillingCurrency: "string",
      CustomerEntityId: "string",
      CustomerEntityType: "string",
      Items: [
        {
          currencyCode: "string",
          tierMinimumUnits: "number",
          reservationTerm: "string",
          retailPrice: "number",
          unitPrice: "number",
          armRegionName: "string",
          location: "string",
          effectiveStartDate: "string",
          meterId: "string",
          meterName: "string",
          productId: "string",
          skuId: "string",
          productName: "string",
          skuName: "string",
          serviceName: "string",
          serviceId: "string",
          serviceFamily: "string",
          unitOfMeasure: "string",
          type: "string",
          isPrimaryMeterRegion: "boolean",
          armSkuName: "string",
          savingsPlan: [{ unitPrice: "number", retailPrice: "number", term: "string" }],
        },
      ],
      NextPageLink: "string | null",
      Count: "number",
    },
  },
} as const satisfies Record<string, PublishedBody>;
