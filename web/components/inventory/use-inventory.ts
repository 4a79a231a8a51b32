"use client";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { inferRouterInputs, inferRouterOutputs } from "@trpc/server";
import { useTRPC } from "../../lib/trpc.ts";
import { useAddress } from "../../lib/use-address.ts";
import type { AppRouter } from "../../server/trpc.ts";
import { type InventoryAddress, readAddress, writeAddress } from "./inventory-address.ts";

type Outputs = inferRouterOutputs<AppRouter>;
type Search = inferRouterInputs<AppRouter>["count_inventory"];
export type InventoryPage = Outputs["list_inventory"];
export type InventoryRow = InventoryPage["rows"][number];
export type InventoryCounts = Outputs["count_inventory"];
export type OpenedResource = Outputs["get_resource"];
export type ResourceFindings = Outputs["get_resource_findings"];

export const pageSize = 50;
/** A scan tells of what it finds several times a second, which is more than a list should move. */
const renewMs = 60_000;

const form = { read: readAddress, write: writeAddress };

export const useInventoryAddress = () => useAddress(form);

function searchOf({ existence, tag, tagValue, untagged, ...address }: InventoryAddress): Search {
  return {
    existence,
    text: address.text.trim() || undefined,
    type: address.type || undefined,
    subscriptionId: address.subscription || undefined,
    region: address.region || undefined,
    status: address.status || undefined,
    ...(untagged ? { missingTag: tag } : { tagKey: tag || undefined, tagValue: tagValue || undefined }),
  };
}

/** One page; what stood there stays in sight while the next one is asked for. */
export function useInventoryPage(address: InventoryAddress) {
  const trpc = useTRPC();
  const { sort, page } = address;
  return useQuery(
    trpc.list_inventory.queryOptions(
      { ...searchOf(address), sort, limit: pageSize, offset: (page - 1) * pageSize },
      { placeholderData: keepPreviousData, refetchInterval: renewMs },
    ),
  );
}

/** How many match of each kind, and what all of them cost. */
export function useInventoryCounts(address: InventoryAddress) {
  const trpc = useTRPC();
  return useQuery(
    trpc.count_inventory.queryOptions(searchOf(address), {
      placeholderData: keepPreviousData,
      refetchInterval: renewMs,
    }),
  );
}

/** A tool's result with what draws it, as the chat would show it. */
export function useToolViews(toolName: string, toolInput: Record<string, unknown>, enabled = true) {
  const trpc = useTRPC();
  return useQuery(
    trpc.web.run_pin.queryOptions({ toolName, toolInput }, { enabled, retry: false, staleTime: 60_000 }),
  );
}
