import { Skeleton } from "../ui/skeleton.tsx";

/** A proposal's shape until it is here. */
export function ProposalSkeleton() {
  return (
    <div aria-busy="true">
      <span className="sr-only" role="status">
        Loading the proposal
      </span>
      <div className="flex justify-between px-4 pt-3">
        <div>
          <Skeleton className="h-6 w-56" />
          <Skeleton className="mt-1 h-4 w-28" />
        </div>
        <Skeleton className="h-5 w-32" />
      </div>
      <div className="space-y-1 px-4 py-3">
        {["w-56", "w-20", "w-64", "w-44", "w-16", "w-60"].map((width) => (
          <Skeleton key={width} className={`h-5 ${width}`} />
        ))}
      </div>
      <div className="space-y-2 border-t px-4 py-2">
        <Skeleton className="h-10 w-full" />
        <Skeleton className="h-10 w-full" />
      </div>
      <div className="border-t px-4 py-2.5">
        <Skeleton className="h-20 w-full" />
      </div>
      <div className="flex gap-2 border-t px-4 py-3">
        <Skeleton className="h-8 w-24" />
        <Skeleton className="h-8 w-24" />
      </div>
    </div>
  );
}
