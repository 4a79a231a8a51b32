import { expect, test } from "vitest";
import { flattenProperties } from "./flatten-properties.ts";

test("nested settings become one line each, empty ones none", () => {
  const properties = {
    hardwareProfile: { vmSize: "Standard_D2s_v5" },
    zones: ["1", "2"],
    dataDisks: [{ lun: 0, name: "a" }, { lun: 1 }],
    enabled: false,
    nothing: null,
    none: [],
    empty: {},
  };
  expect(flattenProperties(properties)).toEqual([
    ["hardwareProfile.vmSize", "Standard_D2s_v5"],
    ["zones", "1, 2"],
    ["dataDisks[0].lun", "0"],
    ["dataDisks[0].name", "a"],
    ["dataDisks[1].lun", "1"],
    ["enabled", "false"],
  ]);
});
