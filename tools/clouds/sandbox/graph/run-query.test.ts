import { describe, expect, it } from "vitest";
import { runGraphQuery } from "./run-query.ts";

const rows = [
  {
    id: "/b",
    name: "vm-2",
    type: "vm",
    location: "westeurope",
    tags: { Env: "prod" },
    properties: { size: { gb: 64 } },
  },
  { id: "/a", name: "vm-1", type: "vm", location: "eastus", tags: null, properties: { size: { gb: 128 } } },
  {
    id: "/c",
    name: "disk-1",
    type: "disk",
    location: "westeurope",
    tags: { Env: "Dev", Team: "web" },
    properties: {},
  },
];
const run = (query: string) => runGraphQuery(query, { resources: () => rows });
const names = (query: string) => run(query).rows.map((row) => row.name);

describe("runGraphQuery", () => {
  it("filters with and, or, not, parentheses and membership", () => {
    expect(names("Resources | where type == 'vm' and location =~ 'WestEurope'")).toEqual(["vm-2"]);
    expect(names("resources | where type in~ ('DISK') or (location == 'eastus' and isempty(tags))")).toEqual([
      "vm-1",
      "disk-1",
    ]);
    expect(names("Resources | where not(type == 'vm')")).toEqual(["disk-1"]);
    expect(names("Resources | where type !in ('vm', 'x')")).toEqual(["disk-1"]);
    expect(names("Resources | where name startswith 'VM' and name !contains '2'")).toEqual(["vm-1"]);
  });

  it("reads nested properties and tags", () => {
    expect(names("Resources | where properties.size.gb > 100")).toEqual(["vm-1"]);
    expect(names("Resources | where tags['Env'] =~ 'dev' // a comment")).toEqual(["disk-1"]);
    expect(
      run(
        "Resources | where type == 'vm' | project id, properties.size.gb, team = tostring(tags.Team) | order by id asc",
      ).rows,
    ).toEqual([
      { id: "/a", properties_size_gb: 128, team: "" },
      { id: "/b", properties_size_gb: 64, team: "" },
    ]);
  });

  it("sorts by several keys, descending by default, and limits", () => {
    expect(names("Resources | order by type asc, name")).toEqual(["disk-1", "vm-2", "vm-1"]);
    expect(names("Resources | top 2 by name asc")).toEqual(["disk-1", "vm-1"]);
    expect(run("Resources | take 1")).toMatchObject({ pageable: false });
    expect(run("Resources | project id")).toMatchObject({ pageable: true });
    expect(run("Resources | project name")).toMatchObject({ pageable: false });
  });

  it("counts and groups", () => {
    expect(run("Resources | count").rows).toEqual([{ Count: 3 }]);
    expect(
      run("Resources | summarize vms = count() by type, location | order by vms desc, type asc").rows,
    ).toEqual([
      { type: "disk", location: "westeurope", vms: 1 },
      { type: "vm", location: "westeurope", vms: 1 },
      { type: "vm", location: "eastus", vms: 1 },
    ]);
    expect(run("Resources | distinct location").rows).toEqual([
      { location: "westeurope" },
      { location: "eastus" },
    ]);
  });

  it("keeps quotes and backslashes inside strings as data", () => {
    expect(names(String.raw`Resources | where name == 'it\'s' or name == "vm-1"`)).toEqual(["vm-1"]);
  });

  it.each([
    "Tables | count",
    "Resources | where",
    "Resources | where nothing == 'x'",
    "Resources | where type == 'vm' extra",
    "Resources | mv-expand tags",
    "Resources | where evil(type)",
    "Resources | where constructor('x') == 'y'",
    "Resources | where type == 'unterminated",
    "Resources | summarize sum(x) by type",
    "",
  ])("refuses %j", (query) => {
    expect(() => run(query)).toThrow(expect.objectContaining({ status: 400, code: "BadRequest" }));
  });
});
