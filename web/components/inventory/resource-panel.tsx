"use client";
import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "../../lib/trpc.ts";
import { OpenedBody, OpenedPanel } from "../ui/opened-panel.tsx";
import { ResourceBody } from "./resource-body.tsx";

export function ResourcePanel({ id, onOpen }: { id: string | null; onOpen(id: string | null): void }) {
  return (
    <OpenedPanel noun="resource" id={id} onOpen={onOpen}>
      {(opened) => <Opened key={opened} id={opened} onOpen={onOpen} />}
    </OpenedPanel>
  );
}

function Opened({ id, onOpen }: { id: string; onOpen(id: string): void }) {
  const trpc = useTRPC();
  const found = useQuery(trpc.get_resource.queryOptions({ id }, { retry: false }));
  return (
    <OpenedBody noun="resource" found={found}>
      {(resource) => <ResourceBody resource={resource} onOpen={onOpen} />}
    </OpenedBody>
  );
}
