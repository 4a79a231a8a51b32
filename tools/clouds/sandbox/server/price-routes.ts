import type { Hono } from "hono";
import { parsePriceFilter } from "../prices/price-filter.ts";
import { priceItem } from "../prices/price-item.ts";
import { currencyRates, priceList } from "../prices/price-list.ts";
import { badRequest } from "./azure-error.ts";
import type { Env, Sandbox } from "./context.ts";

const pageSize = 1000;

/** GET /api/retail/prices: public, without a token, paged by NextPageLink. */
export function addPriceRoutes(app: Hono<Env>, sandbox: Sandbox): void {
  app.get("/api/retail/prices", (c) => {
    const currency = (c.req.query("currencycode") ?? c.req.query("currencyCode") ?? "USD").replaceAll(
      "'",
      "",
    );
    // The list is in the tenant's own currency, so that its charges and its prices agree.
    const from = currencyRates[sandbox.estate.tenant.currency] ?? 1;
    const to = currency === sandbox.estate.tenant.currency ? from : currencyRates[currency];
    if (to === undefined) throw badRequest(`The currency '${currency}' is not supported.`);
    const filter = c.req.query("$filter");
    const matches = filter ? parsePriceFilter(filter) : () => true;
    const skip = Number(c.req.query("$skip") ?? 0);
    if (!Number.isSafeInteger(skip) || skip < 0) throw badRequest("$skip must not be negative.");
    const found = priceList().filter(({ fields }) => matches(fields));
    const page = found.slice(skip, skip + pageSize);
    const next = new URL(`${sandbox.origin()}/api/retail/prices`);
    for (const [name, value] of Object.entries(c.req.query())) next.searchParams.set(name, value);
    next.searchParams.set("$skip", String(skip + pageSize));
    return c.json({
      BillingCurrency: currency,
      CustomerEntityId: "Default",
      CustomerEntityType: "Retail",
      Items: page.map(({ listed }) => priceItem(listed, currency, to / from)),
      NextPageLink: skip + pageSize < found.length ? next.toString() : null,
      Count: page.length,
    });
  });
}
