import type { Estate } from "../estate.ts";
import { badRequest } from "../server/azure-error.ts";
import type { Charge } from "../tenant/tenant-schema.ts";
import { dimension, tagOf } from "./dimensions.ts";
import type { Comparison, CostFilter } from "./query-definition.ts";

export type ChargeTest = (charge: Charge) => boolean;

/** Compiles a dataset filter; comparisons ignore case, as Azure's do. */
export function compileFilter(filter: CostFilter | undefined, estate: Estate): ChargeTest {
  if (!filter) return () => true;
  const tests: ChargeTest[] = [];
  if (filter.and) {
    const all = filter.and.map((part) => compileFilter(part, estate));
    tests.push((charge) => all.every((test) => test(charge)));
  }
  if (filter.or) {
    const any = filter.or.map((part) => compileFilter(part, estate));
    tests.push((charge) => any.some((test) => test(charge)));
  }
  if (filter.dimensions) {
    const read = dimension(filter.dimensions.name);
    const matches = compare(filter.dimensions);
    tests.push((charge) => matches(read(charge, estate)));
  }
  if (filter.tags) {
    const { name } = filter.tags;
    const matches = compare(filter.tags);
    tests.push((charge) => matches(tagOf(charge, estate, name)));
  }
  if (tests.length !== 1) {
    throw badRequest("Invalid query definition: a filter is exactly one of and, or, dimensions, tags.");
  }
  return tests[0]!;
}

function compare(comparison: Comparison): (value: string) => boolean {
  const wanted = comparison.values.map((value) => value.toLowerCase());
  if (comparison.operator === "In") {
    const set = new Set(wanted);
    return (value) => set.has(value.toLowerCase());
  }
  return (value) => wanted.some((part) => value.toLowerCase().includes(part));
}
