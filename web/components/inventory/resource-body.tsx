"use client";
import { regionName } from "@cloudoptima/tools/costs/region-names.ts";
import { visibleLine } from "@cloudoptima/tools/kernel/unsafe-characters.ts";
import { MessageSquare } from "lucide-react";
import { useRouter } from "next/navigation";
import { moment } from "../access/moment.ts";
import { askNewQuestion } from "../chat/ask-event.ts";
import { Button } from "../ui/button.tsx";
import { Fact, PanelPart } from "../ui/panel-part.tsx";
import { flattenProperties } from "./flatten-properties.ts";
import { ResourceCosts } from "./resource-costs.tsx";
import { ResourceFindingsPart } from "./resource-findings.tsx";
import { ResourceHistory } from "./resource-history.tsx";
import { ResourceMetrics } from "./resource-metrics.tsx";
import { ResourceRelations } from "./resource-relations.tsx";
import { StateWord } from "./state-word.tsx";
import type { OpenedResource } from "./use-inventory.ts";

/** One resource whole: where it is, what it costs, how busy it is, what belongs to it, what was found and what changed. */
export function ResourceBody({ resource, onOpen }: { resource: OpenedResource; onOpen(id: string): void }) {
  const { id, name, typeLabel, type, tags, configuration } = resource;
  const isScanned = resource.knownFrom === "inventory";
  return (
    <article aria-labelledby="resource-name">
      <div className="px-4 pt-4">
        <p className="flex flex-wrap items-center gap-x-3 text-muted text-xs">
          {typeLabel || type || "Resource"} <StateWord resource={resource} />
        </p>
        <h2 id="resource-name" className="mt-1 [overflow-wrap:anywhere] font-semibold text-base">
          {visibleLine(name)}
        </h2>
        <dl className="mt-3 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-sm tabular-nums">
          {resource.subscriptionId && (
            <Fact name="Subscription">
              {visibleLine(resource.subscriptionName ?? resource.subscriptionId)}
            </Fact>
          )}
          {resource.resourceGroup && <Fact name="Resource group">{visibleLine(resource.resourceGroup)}</Fact>}
          {resource.region && <Fact name="Region">{visibleLine(regionName(resource.region))}</Fact>}
          {resource.firstSeenAt && <Fact name="First seen">{moment(resource.firstSeenAt)}</Fact>}
          {resource.lastSeenAt && <Fact name="Last seen">{moment(resource.lastSeenAt)}</Fact>}
        </dl>
        {!isScanned && (
          <p className="mt-2 text-muted text-sm">
            Only the bill names it: no scan has seen it, so its settings and metrics are not known.
          </p>
        )}
        <AskAbout name={name} />
      </div>
      <ResourceCosts id={id} />
      <ResourceFindingsPart id={id} />
      {isScanned && (
        <>
          <ResourceMetrics id={id} name={name} />
          <ResourceRelations id={id} onOpen={onOpen} />
          <ResourceHistory id={id} />
        </>
      )}
      <PanelPart title="Tags">
        <Pairs pairs={Object.entries(tags)} none="It has no tags." />
      </PanelPart>
      {isScanned && (
        <PanelPart title="Properties">
          <Pairs pairs={flattenProperties(configuration)} none="The provider gives none." />
        </PanelPart>
      )}
    </article>
  );
}

function AskAbout({ name }: { name: string }) {
  const router = useRouter();
  return (
    <Button
      size="small"
      className="mt-3"
      onClick={() => {
        router.push("/");
        askNewQuestion(`What do you know about ${name}?`);
      }}
    >
      <MessageSquare size={13} /> Ask about it
    </Button>
  );
}

const pairsAtFirst = 12;

function Pairs({ pairs, none }: { pairs: readonly (readonly [string, string])[]; none: string }) {
  if (pairs.length === 0) return <p className="text-muted text-sm">{none}</p>;
  const list = (shown: typeof pairs) => (
    <dl className="grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)] gap-x-4 gap-y-1 text-sm">
      {shown.map(([key, value]) => (
        <Fact key={key} name={visibleLine(key)}>
          {visibleLine(value) || <span className="text-faint">empty</span>}
        </Fact>
      ))}
    </dl>
  );
  if (pairs.length <= pairsAtFirst) return list(pairs);
  return (
    <>
      {list(pairs.slice(0, pairsAtFirst))}
      <details className="mt-1">
        <summary className="cursor-pointer text-muted text-sm hover:text-foreground">
          {pairs.length - pairsAtFirst} more
        </summary>
        <div className="mt-1">{list(pairs.slice(pairsAtFirst))}</div>
      </details>
    </>
  );
}
