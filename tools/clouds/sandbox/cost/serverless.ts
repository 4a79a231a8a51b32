import { serverlessPrices } from "../generate/platform-prices.ts";
import { isOfficeHour } from "../metrics/metric-hour.ts";
import type { Resource } from "../tenant/tenant-schema.ts";

const hoursAWeek = 168;

/** "GP_S_Gen5_4". */
export const isServerless = (objective: string): boolean => /^(?:GP|HS)_S_/.test(objective);

/**
 * What an hour of a serverless database costs, as the mean of a week of its load: the vCores that it uses, at least
 * the minimum, in hours with load; nothing in others (the delay before a pause is left out). Null: its tier has none.
 */
export function serverlessHourly({ sku, properties, activity }: Resource): number | null {
  const price = serverlessPrices[String(sku?.tier ?? "") as keyof typeof serverlessPrices];
  const load = activity?.find(({ metric }) => metric === "cpu_percent");
  if (!price || !load) return null;
  const most = Number(sku?.capacity ?? 0);
  const least = Number(properties.minCapacity ?? 0);
  const vcores = (percent: number) => (percent > 0 ? Math.max(least, (percent / 100) * most) : 0);
  const burst = load.burst && { share: 1 / load.burst.everyHours, vcores: vcores(load.burst.value * 0.8) };
  let sum = 0;
  for (let hour = 0; hour < hoursAWeek; hour++) {
    const usual = vcores(isOfficeHour(hour) ? load.day : load.night);
    sum += burst ? usual * (1 - burst.share) + burst.vcores * burst.share : usual;
  }
  return (sum / hoursAWeek) * price;
}
