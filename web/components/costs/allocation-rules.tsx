"use client";
import { visibleLine } from "@cloudoptima/tools/kernel/unsafe-characters.ts";
import { ArrowDown, ArrowUp, Plus } from "lucide-react";
import { useState } from "react";
import { problemText } from "../../lib/api.ts";
import { formatMoney } from "../../lib/format.ts";
import { may } from "../../lib/may.ts";
import { useSession } from "../../lib/queries.ts";
import { trpcClient } from "../../lib/trpc.ts";
import { useAction } from "../../lib/use-action.ts";
import { ConfirmButton } from "../access/confirm-button.tsx";
import { Button } from "../ui/button.tsx";
import { Problem } from "../ui/problem.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { CostSection } from "./cost-section.tsx";
import { RuleForm } from "./rule-form.tsx";
import { goesTo, takes } from "./rule-words.ts";
import { TeamTag } from "./team-tag.tsx";
import {
  type Allocation,
  type AllocationRule,
  useAllocationRules,
  useRefreshAllocation,
} from "./use-allocation.ts";

/** The rules in the order in which they are tried, what each took in the month, and for admins how to change them. */
export function AllocationRules({ allocation }: { allocation: Allocation | undefined }) {
  const { data: session } = useSession();
  const settings = useAllocationRules();
  const [editing, setEditing] = useState<string | null>(null);
  const manages = may(session, "settings:manage");
  const rules = settings.data?.rules ?? [];
  const close = () => setEditing(null);
  return (
    <CostSection
      title="Allocation rules"
      text="Tried from top to bottom: the first that takes a cost has it. They count for past months too."
      choices={manages && settings.data && <TeamTag teamTag={settings.data.teamTag} />}
    >
      <Problem text={settings.isError ? problemText(settings.error) : null} />
      {settings.isPending && <Skeleton className="h-24 rounded-lg border bg-surface" />}
      {settings.data && rules.length === 0 && (
        <p className="rounded-lg border border-dashed px-6 py-8 text-center text-muted text-sm">
          There is no rule yet, so untagged cost stays unallocated.{" "}
          {manages ? "Add one for what several teams share." : "An admin can add one."}
        </p>
      )}
      {rules.length > 0 && (
        <ol aria-label="Allocation rules" className="divide-y rounded-lg border bg-surface">
          {rules.map((rule, index) => (
            <li key={rule.id} className="px-3 py-2.5">
              {editing === rule.id ? (
                <RuleForm rule={rule} onClose={close} />
              ) : (
                <Rule
                  rule={rule}
                  place={index}
                  ids={rules.map(({ id }) => id)}
                  took={allocation?.rules.filter(({ id }) => id === rule.id) ?? []}
                  manages={manages}
                  onEdit={() => setEditing(rule.id)}
                />
              )}
            </li>
          ))}
        </ol>
      )}
      {manages &&
        settings.data &&
        (editing === "new" ? (
          <div className="mt-3 rounded-lg border bg-surface px-3 py-3">
            <RuleForm onClose={close} />
          </div>
        ) : (
          <Button size="small" className="mt-3" onClick={() => setEditing("new")}>
            <Plus size={13} /> Add a rule
          </Button>
        ))}
    </CostSection>
  );
}

function Rule({
  rule,
  place,
  ids,
  took,
  manages,
  onEdit,
}: {
  rule: AllocationRule;
  place: number;
  ids: readonly string[];
  took: Allocation["rules"];
  manages: boolean;
  onEdit(): void;
}) {
  const refresh = useRefreshAllocation();
  const name = visibleLine(rule.name);
  const move = useAction(async (to: number) => {
    const order = ids.filter((id) => id !== rule.id);
    await trpcClient.reorder_allocation_rules.mutate({ ids: order.toSpliced(to, 0, rule.id) });
    await refresh();
  });
  const remove = useAction(async () => {
    await trpcClient.delete_allocation_rule.mutate({ id: rule.id });
    await refresh();
  });
  return (
    <div className="grid gap-x-3 gap-y-2 sm:grid-cols-[auto_1fr_auto]">
      <span className="hidden w-5 text-right text-faint text-sm tabular-nums sm:block">{place + 1}</span>
      <div className="min-w-0 text-sm">
        <p className="[overflow-wrap:anywhere] font-medium">{name}</p>
        <p className="[overflow-wrap:anywhere] text-muted">
          {takes(rule)} → {goesTo(rule)}
        </p>
        <p className="text-faint text-xs tabular-nums">
          {took.length === 0 && "took nothing in this month"}
          {took.map(({ amount, isSplit }) => (
            <span key={amount.currency} className="block">
              took {formatMoney(amount.value, amount.currency)}
              {!isSplit && ", but there is no team to give it to: it stays unallocated"}
            </span>
          ))}
        </p>
      </div>
      {manages && (
        <div className="flex flex-wrap items-start gap-1 sm:justify-end">
          <Button
            size="icon-small"
            variant="ghost"
            aria-label={`Try ${name} earlier`}
            disabled={place === 0 || move.isBusy}
            onClick={() => move.run(place - 1)}
          >
            <ArrowUp size={14} />
          </Button>
          <Button
            size="icon-small"
            variant="ghost"
            aria-label={`Try ${name} later`}
            disabled={place === ids.length - 1 || move.isBusy}
            onClick={() => move.run(place + 1)}
          >
            <ArrowDown size={14} />
          </Button>
          <Button size="small" variant="ghost" onClick={onEdit}>
            Edit<span className="sr-only"> {name}</span>
          </Button>
          <ConfirmButton
            label="Delete"
            question="Delete the rule"
            describe={name}
            busy={remove.isBusy}
            onConfirm={() => remove.run()}
          />
        </div>
      )}
      <Problem text={move.problem ?? remove.problem} className="sm:col-span-3" />
    </div>
  );
}
