import { describe, expect, test } from "vitest";
import { deriveRelationships } from "../../../discovery/derive-relationships.ts";
import type { Resource } from "../tenant/tenant-schema.ts";
import { generateTenant } from "./generate-tenant.ts";

const now = Temporal.Instant.from("2026-10-14T09:00:00Z");
const vmType = "microsoft.compute/virtualmachines";
const seeds = ["contoso", "estate 1", "7", "x", "azure"];

function chainsOf(seed: string, resources: number) {
  const { tenant, plants } = generateTenant({ seed, resources, days: 40, now });
  const byId = new Map(tenant.resources.map((resource) => [resource.id.toLowerCase(), resource]));
  const links = tenant.resources.flatMap(({ id, type, properties, managedBy }) =>
    deriveRelationships({
      id: id.toLowerCase(),
      type: type.toLowerCase(),
      properties: { ...properties, ...(managedBy ? { managedBy } : {}) },
    }),
  );
  const uses = Map.groupBy(links, ({ fromId }) => fromId);
  /** What an id uses of a kind; both ends may say so. */
  const of = (id: string, kind: string) => [
    ...new Set((uses.get(id) ?? []).flatMap((link) => (link.kind === kind ? link.toId : []))),
  ];
  const ofType = (type: string) => [...byId].filter(([, resource]) => resource.type.toLowerCase() === type);
  const planted = (kind: string, type: string) =>
    plants.flatMap((plant) =>
      plant.kind === kind && "type" in plant && plant.type === type ? plant.resourceId.toLowerCase() : [],
    );
  const accounts = new Map(tenant.resources.map(({ id, name }) => [id, name]));
  const blobs = new Set(
    tenant.blobs.map(
      (blob) =>
        `https://${accounts.get(blob.accountId)}.blob.core.windows.net/${blob.container}/${blob.name}`,
    ),
  );
  const isThere = (id: string) => byId.has(id) || blobs.has(id);
  return { byId, isThere, links, of, ofType, planted, plants };
}

describe.each(seeds)("an estate of seed %s", (seed) => {
  test.each([420, 900])("of %i resources has each machine in a network, with a security group", (size) => {
    const { byId, of, ofType, plants } = chainsOf(seed, size);
    const machines = ofType(vmType);
    expect(machines.length).toBeGreaterThan(30);
    const place = (id: string) => [byId.get(id)!.location, id.split("/")[2]];
    const open: string[] = [];
    for (const [machine] of machines) {
      const cards = of(machine, "network_interface");
      expect([...of(machine, "disk"), ...of(machine, "unmanaged_disk")].length).toBeGreaterThan(0);
      expect(cards.length).toBeGreaterThan(0);
      for (const card of cards) {
        const [network, ...others] = of(card, "virtual_network");
        expect(others).toEqual([]);
        // Azure refuses a card in the network of another region or subscription.
        expect(place(network!)).toEqual(place(card));
        expect(place(card)).toEqual(place(machine));
        expect(of(network!, "network_security_group")).toHaveLength(1);
        open.push(...of(card, "public_ip").map(() => machine));
      }
    }
    expect(open.length).toBeGreaterThan(0);
    expect(open.length / machines.length).toBeLessThan(0.25);
    const found = plants.flatMap((plant) =>
      plant.kind === "assessment" && plant.check === "SEC-VM-05" ? plant.resourceId.toLowerCase() : [],
    );
    expect(found.sort()).toEqual(open.sort());
    const guarded = ofType("microsoft.network/networkinterfaces").filter(
      ([id]) => of(id, "network_security_group").length > 0,
    );
    expect(guarded.length).toBeGreaterThan(0);
  });

  test.each([60, 130, 350, 420, 900])(
    "of %i resources names nothing that is not there, but what was planted so",
    (size) => {
      const { isThere, links, ofType, planted } = chainsOf(seed, size);
      const dangling = links.filter(
        ({ kind, fromId, toId }) => kind !== "node_pool" && !(isThere(fromId) && isThere(toId)),
      );
      // Only the disk that a forgotten snapshot was taken of is gone.
      const forgotten = new Set(planted("waste", "snapshot_cleanup"));
      expect(dangling.filter(({ kind, fromId }) => kind !== "source_disk" || !forgotten.has(fromId))).toEqual(
        [],
      );

      const isOwned = ({ properties }: Resource) =>
        "virtualMachine" in properties || "privateEndpoint" in properties;
      const alone = ofType("microsoft.network/networkinterfaces").flatMap(([id, card]) =>
        isOwned(card) ? [] : id,
      );
      expect(alone.sort()).toEqual(planted("waste", "orphaned_nic").sort());

      const unused = ofType("microsoft.network/publicipaddresses").flatMap(([id, { properties }]) => {
        const { ipConfiguration, natGateway, publicIPPrefix } = properties as Record<
          string,
          { id: string } | undefined
        >;
        if (natGateway || publicIPPrefix) return [];
        const user = ipConfiguration?.id.toLowerCase().replace(/\/(ip|frontendip)configurations\/.*/, "");
        return user && !alone.includes(user) ? [] : id;
      });
      expect(unused.sort()).toEqual(planted("waste", "unused_public_ip").sort());
    },
  );
});
