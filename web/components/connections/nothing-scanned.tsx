"use client";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { type ReactNode, useEffect, useRef } from "react";
import { useTRPC } from "../../lib/trpc.ts";
import { Button } from "../ui/button.tsx";

const lookMs = 3_000;

/** What the first scan of a cloud will bring: whether it runs already, and where to see to it. */
export function NothingScanned({
  icon,
  title,
  coming,
}: {
  icon?: ReactNode;
  title: string;
  /** What will be here, to be followed by "will be here". */
  coming: string;
}) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const scans = useQuery(trpc.list_scans.queryOptions({ limit: 1 }, { refetchInterval: lookMs }));
  const isRunning = scans.data?.scans[0]?.status === "running";
  const wasRunning = useRef(false);
  useEffect(() => {
    if (wasRunning.current && !isRunning) void queryClient.invalidateQueries();
    wasRunning.current = isRunning;
  }, [isRunning, queryClient]);
  return (
    <div className="rounded-lg border border-dashed px-6 py-14 text-center">
      {icon}
      <p className="font-medium">{title}</p>
      <p className="mx-auto mt-1 max-w-sm text-muted">
        {isRunning
          ? `The first scan is running. ${coming} will be here when it is done.`
          : `${coming} will be here after the first scan of a cloud.`}
      </p>
      <Button asChild className="mt-4">
        <Link href="/connections">{isRunning ? "See how far it is" : "Connections"}</Link>
      </Button>
    </div>
  );
}
