import type { HttpClient, Pipeline } from "@azure/core-rest-pipeline";
import { z } from "zod";
import { AppError } from "../../kernel/errors.ts";
import { decimal } from "../../kernel/money.ts";
import type { RetailPrice, RetailPriceQuery } from "../cloud.ts";
import type { AzureCaller } from "./azure-caller.ts";
import type { AzureEndpoint } from "./azure-endpoint.ts";
import { requireOrigin, sameOriginPolicy } from "./client-options.ts";

/** The first version that has savings plans. */
const apiVersion = "2023-01-01-preview";
/** A filter longer than this makes an address that proxies cut. */
const maximumNamesPerFilter = 30;

// A price is a JSON number: its shortest text is the decimal that Azure wrote.
const Amount = z.number().transform((price) => decimal(price).toFixed());

const Item = z
  .object({
    currencyCode: z.string(),
    tierMinimumUnits: z.number().default(0),
    reservationTerm: z.string().optional(),
    retailPrice: Amount,
    armRegionName: z.string().nullish(),
    effectiveStartDate: z.string(),
    meterName: z.string(),
    productName: z.string(),
    skuName: z.string(),
    armSkuName: z.string().nullish(),
    serviceName: z.string(),
    unitOfMeasure: z.string(),
    type: z.string(),
    isPrimaryMeterRegion: z.boolean().default(true),
    savingsPlan: z.array(z.object({ term: z.string(), retailPrice: Amount })).nullish(),
  })
  .transform(
    (item): RetailPrice => ({
      currency: item.currencyCode,
      price: item.retailPrice,
      unitOfMeasure: item.unitOfMeasure,
      region: item.armRegionName?.toLowerCase() ?? "",
      service: item.serviceName,
      product: item.productName,
      sku: item.skuName,
      armSku: item.armSkuName ?? "",
      meter: item.meterName,
      type: item.type,
      reservationTerm: item.reservationTerm ?? null,
      fromUnits: item.tierMinimumUnits,
      effectiveFrom: item.effectiveStartDate,
      primary: item.isPrimaryMeterRegion,
      savingsPlans: (item.savingsPlan ?? []).map(({ term, retailPrice }) => ({ term, price: retailPrice })),
    }),
  );
const Page = z.object({
  Items: z.array(Item),
  NextPageLink: z.string().nullish(),
  Count: z.number().int(),
});

/** Azure's public price list: no sign-in, so no token ever goes there. */
export class RetailPrices {
  readonly #endpoint: AzureEndpoint;
  readonly #caller: AzureCaller;
  #open: Promise<{ http: HttpClient; pipeline: Pipeline }> | undefined;

  constructor(endpoint: AzureEndpoint, caller: AzureCaller) {
    this.#endpoint = endpoint;
    this.#caller = caller;
  }

  /** Every line that matches; a page that is short, repeated or elsewhere is an error. */
  async *pages(query: RetailPriceQuery, signal: AbortSignal): AsyncGenerator<RetailPrice[]> {
    const origin = this.#endpoint.retailPrices;
    // A cloud without a list that we can read: no price is known, and nobody may guess one.
    if (origin === null) return;
    const followed = new Set<string>();
    const filter = encodeURIComponent(retailPriceFilter(query));
    let link: string | null | undefined =
      `${origin}/api/retail/prices?api-version=${apiVersion}&currencyCode='${encodeURIComponent(query.currency)}'&$filter=${filter}`;
    while (link) {
      const asked: string = link;
      followed.add(asked);
      const page: z.infer<typeof Page> = await this.#caller.call({
        what: `read the prices of ${query.service}`,
        service: "retail prices",
        spend: [{ key: "retail prices", windows: this.#endpoint.quotas.retailPrices, units: 1 }],
        timeoutMs: 30_000,
        signal,
        run: (abortSignal) => this.#get(asked, origin, abortSignal),
      });
      if (page.Items.length !== page.Count) throw brokenList("sent fewer prices than it counted");
      if (page.Items.some(({ currency }) => currency !== query.currency)) {
        throw brokenList("answered in another currency");
      }
      yield page.Items;
      link = page.NextPageLink;
      if (link && followed.has(link)) throw brokenList("sent the same page twice");
    }
  }

  async #get(url: string, origin: string, abortSignal: AbortSignal): Promise<z.infer<typeof Page>> {
    requireOrigin(url, origin);
    const { createHttpHeaders, createPipelineRequest, RestError } = await import("@azure/core-rest-pipeline");
    const { http, pipeline } = await this.#connect(origin);
    const request = createPipelineRequest({
      url,
      headers: createHttpHeaders({ accept: "application/json" }),
      abortSignal,
    });
    const response = await pipeline.sendRequest(http, request);
    if (response.status !== 200) {
      throw new RestError(`HTTP ${response.status}`, { statusCode: response.status, request, response });
    }
    return Page.parse(JSON.parse(response.bodyAsText ?? ""));
  }

  #connect(origin: string) {
    this.#open ??= import("@azure/core-rest-pipeline").then(
      ({ createDefaultHttpClient, createPipelineFromOptions }) => {
        const pipeline = createPipelineFromOptions({
          retryOptions: { maxRetries: 0 },
          redirectOptions: { maxRetries: 0 },
          userAgentOptions: { userAgentPrefix: "cloudoptima" },
          ...(this.#endpoint.ca ? { tlsOptions: { ca: this.#endpoint.ca } } : {}),
        });
        pipeline.addPolicy(sameOriginPolicy(origin));
        return { http: createDefaultHttpClient(), pipeline };
      },
    );
    return this.#open;
  }
}

function brokenList(what: string): AppError {
  return new AppError("unavailable", `Azure's price list ${what}.`, {
    hint: "The prices read before are used meanwhile; scan again in a few minutes.",
  });
}

/** `$filter` of a query; values are quoted, so that a name from elsewhere stays a name. */
export function retailPriceFilter({
  service,
  regions,
  armSkus = [],
  products = [],
}: RetailPriceQuery): string {
  if (Math.max(armSkus.length, products.length) > maximumNamesPerFilter) {
    throw new Error(`A price query names at most ${maximumNamesPerFilter} sizes or products.`);
  }
  return [
    `serviceName eq ${quoted(service)}`,
    ...anyOf("armRegionName", regions),
    ...anyOf("armSkuName", armSkus),
    ...anyOf("productName", products),
  ].join(" and ");
}

function anyOf(field: string, values: readonly string[]): string[] {
  if (values.length === 0) return [];
  const choices = values.map((value) => `${field} eq ${quoted(value)}`);
  return [choices.length === 1 ? choices[0]! : `(${choices.join(" or ")})`];
}

function quoted(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}
