import type { CostManagementClient, QueryDefinition, QueryResult } from "@azure/arm-costmanagement";
import { createHttpHeaders, createPipelineRequest } from "@azure/core-rest-pipeline";
import { z } from "zod";
import { AppError } from "../../kernel/errors.ts";
import { decimal } from "../../kernel/money.ts";
import type { AzureCaller } from "./azure-caller.ts";
import type { AzureEndpoint } from "./azure-endpoint.ts";
import { clientOptions, requireOrigin } from "./client-options.ts";
import type { DayWindow } from "./cost-windows.ts";

export const costTypes = ["ActualCost", "AmortizedCost"] as const;
export type CostType = (typeof costTypes)[number];

export interface CostQuestion {
  subscriptionId: string;
  type: CostType;
  window: DayWindow;
  /** Cost Management allows at most two. */
  groupBy: readonly [string] | readonly [string, string];
  chargeType?: string;
}

/** A row of an answer: the exact cost, the day and the value of each grouping. */
export interface CostAnswerRow {
  day: string;
  cost: string;
  currency: string;
  groups: string[];
}

const NextPage = z.object({
  properties: z.object({
    nextLink: z.string().nullish(),
    columns: z.array(z.object({ name: z.string() })),
    rows: z.array(z.array(z.union([z.string(), z.number(), z.null()]))),
  }),
});
type Page = { nextLink?: string | null; columns: { name?: string }[]; rows: unknown[][] };

/** Asks Azure Cost Management's Query API, one page at a time. */
export class CostQuery {
  readonly #endpoint: AzureEndpoint;
  readonly #caller: AzureCaller;
  #client: Promise<CostManagementClient> | undefined;

  constructor(endpoint: AzureEndpoint, caller: AzureCaller) {
    this.#endpoint = endpoint;
    this.#caller = caller;
  }

  async *rows(question: CostQuestion, signal: AbortSignal): AsyncGenerator<CostAnswerRow[]> {
    const client = await this.#connect();
    const scope = `/subscriptions/${question.subscriptionId}`;
    const definition = queryDefinition(question);
    const followed = new Set<string>();
    let link: string | null | undefined;
    do {
      const next = link;
      const page = await this.#caller.call<Page>({
        what: `read the costs of subscription ${question.subscriptionId}`,
        service: "cost management",
        part: scope,
        spend: [
          { key: `cost ${scope}`, windows: this.#endpoint.quotas.costScope, units: 1 },
          { key: "cost tenant", windows: this.#endpoint.quotas.costTenant, units: 1 },
        ],
        timeoutMs: 120_000,
        signal,
        run: async (abortSignal) =>
          next
            ? this.#follow(client, next, definition, abortSignal)
            : firstPage(await client.query.usage(scope, definition, { abortSignal })),
      });
      yield readRows(page, question.groupBy);
      link = page.nextLink;
      if (link && followed.has(link)) {
        throw new AppError("unavailable", "Cost Management sent the same page of costs twice.", {
          hint: "Scan again in a few minutes; nothing of this month was stored.",
        });
      }
      if (link) followed.add(link);
    } while (link);
  }

  /** The SDK does not page: the same body is posted to the next link, through the client's own pipeline. */
  async #follow(
    client: CostManagementClient,
    link: string,
    definition: QueryDefinition,
    abortSignal: AbortSignal,
  ): Promise<Page> {
    requireOrigin(link, this.#endpoint.resourceManager);
    const response = await client.sendRequest(
      createPipelineRequest({
        url: link,
        method: "POST",
        body: JSON.stringify(definition),
        headers: createHttpHeaders({ "content-type": "application/json", accept: "application/json" }),
        abortSignal,
      }),
    );
    if (response.status !== 200) {
      const { RestError } = await import("@azure/core-rest-pipeline");
      throw new RestError(`HTTP ${response.status}`, { statusCode: response.status, response });
    }
    const { properties } = NextPage.parse(JSON.parse(response.bodyAsText ?? ""));
    return properties;
  }

  #connect(): Promise<CostManagementClient> {
    this.#client ??= import("@azure/arm-costmanagement").then(
      ({ CostManagementClient }) =>
        new CostManagementClient(this.#endpoint.credential, {
          ...clientOptions(this.#endpoint, this.#endpoint.resourceManager),
          credentialScopes: [this.#endpoint.resourceManagerScope],
        }),
    );
    return this.#client;
  }
}

function queryDefinition({ type, window, groupBy, chargeType }: CostQuestion): QueryDefinition {
  const lastDay = Temporal.PlainDate.from(window.to).subtract({ days: 1 });
  return {
    type,
    timeframe: "Custom",
    timePeriod: { from: new Date(`${window.from}T00:00:00Z`), to: new Date(`${lastDay}T23:59:59Z`) },
    dataset: {
      granularity: "Daily",
      aggregation: { totalCost: { name: "Cost", function: "Sum" } },
      grouping: groupBy.map((name) => ({ type: "Dimension", name })),
      ...(chargeType
        ? { filter: { dimensions: { name: "ChargeType", operator: "In", values: [chargeType] } } }
        : {}),
    },
  };
}

/** 204 means no costs; a 200 without columns would be a broken answer. */
function firstPage(result: QueryResult | undefined): Page {
  return { nextLink: result?.nextLink, columns: result?.columns ?? [], rows: result?.rows ?? [] };
}

function readRows(page: Page, groupBy: readonly string[]): CostAnswerRow[] {
  if (page.rows.length === 0) return [];
  const names = page.columns.map((column) => (column.name ?? "").toLowerCase());
  const column = (...candidates: string[]) => {
    const index = names.findIndex((name) => candidates.includes(name));
    if (index < 0) {
      throw new AppError("unavailable", `Cost Management's answer has no column ${candidates[0]}.`, {
        hint: "Its format may have changed; report this with the log.",
        details: { columns: names },
      });
    }
    return index;
  };
  // Azure names the cost column by the metric or by our alias, depending on the API version.
  const cost = column("cost", "totalcost", "pretaxcost");
  const day = column("usagedate");
  const currency = column("currency");
  const groups = groupBy.map((name) => column(name.toLowerCase()));
  return page.rows.map((row) => ({
    day: readDay(row[day]),
    cost: readCost(row[cost]),
    currency: String(row[currency]).toUpperCase(),
    groups: groups.map((index) => String(row[index] ?? "")),
  }));
}

/** 20261031 -> 2026-10-31 */
function readDay(value: unknown): string {
  const match = /^(\d{4})-?(\d{2})-?(\d{2})/.exec(String(value));
  if (match) return `${match[1]}-${match[2]}-${match[3]}`;
  throw new AppError("unavailable", `Cost Management sent "${String(value)}" as a day.`);
}

/** JSON numbers arrive as doubles; their shortest form is the decimal that Azure wrote. */
function readCost(value: unknown): string {
  if (typeof value === "number" && Number.isFinite(value)) return decimal(String(value)).toFixed();
  if (typeof value === "string" && /^-?\d+(\.\d+)?(e[-+]?\d+)?$/i.test(value))
    return decimal(value).toFixed();
  throw new AppError("unavailable", `Cost Management sent "${String(value)}" as a cost.`);
}
