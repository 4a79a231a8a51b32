import { decimal, type ExactDecimal } from "../kernel/money.ts";
import type { PriceBook } from "../prices/price-book.ts";
import type { VmSize } from "../prices/size-book.ts";
import { type CostComponent, costComponent } from "./cost-component.ts";
import type { DayCost } from "./net-rate.ts";
import type { VirtualMachine } from "./virtual-machine.ts";

/**
 * Whether the licence of Windows is part of what the compute meter charges. Azure has both: one "Windows" meter for
 * compute and licence, or (under reservations, for instance) the licence as a service of its own.
 */
export function isLicenceInCompute(machine: VirtualMachine, costs: readonly DayCost[]): boolean {
  return machine.paysWindows && !costs.some(({ service }) => costComponent(service) === "licence");
}

/** List price of compute for an hour as the machine is bought, with the licence where its meter holds that. */
function computePrice(
  machine: VirtualMachine,
  prices: PriceBook,
  region: string,
  size: string,
  withLicence: boolean,
): ExactDecimal | null {
  const list = prices.vm(region, size, withLicence ? "Windows" : "Linux");
  const price = machine.isSpot ? list?.spot : list?.payAsYouGo;
  return price && !decimal(price.value).isZero() ? decimal(price.value) : null;
}

/**
 * What remains of each component on another size, by list prices (target ÷ today); licences go by vCPUs. Null: a
 * price is unknown.
 */
export function remainingOnSize(
  machine: VirtualMachine,
  costs: readonly DayCost[],
  prices: PriceBook,
  region: string,
  [current, target]: readonly [VmSize, VmSize],
): ((component: CostComponent) => ExactDecimal | number) | null {
  const withLicence = isLicenceInCompute(machine, costs);
  const before = computePrice(machine, prices, region, current.name, withLicence);
  const after = computePrice(machine, prices, region, target.name, withLicence);
  if (!before || !after) return null;
  const compute = after.dividedBy(before);
  const licence = decimal(target.vcpus).dividedBy(current.vcpus);
  return (component) => (component === "compute" ? compute : component === "licence" ? licence : 1);
}
