"use client";
import { AlertCircle } from "lucide-react";
import { ApiError } from "../../lib/api-error.ts";
import { Button } from "../ui/button.tsx";

/** What happened, what was kept, what to do. */
export function AnswerError({ error, onRetry }: { error: Error; onRetry(): void }) {
  const hint = error instanceof ApiError ? error.hint : undefined;
  return (
    <div role="alert" className="flex items-start gap-3 rounded-lg border bg-worse-soft px-4 py-3">
      <AlertCircle size={16} className="mt-[3px] shrink-0 text-worse" />
      <div className="min-w-0 flex-1">
        <p className="font-medium">{error.message || "The answer broke off."}</p>
        <p className="text-muted text-sm">{hint ?? "Your question and the earlier answers are kept."}</p>
      </div>
      <Button size="small" onClick={onRetry}>
        Try again
      </Button>
    </div>
  );
}
