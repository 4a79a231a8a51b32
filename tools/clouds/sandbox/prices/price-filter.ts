import { badRequest } from "../server/azure-error.ts";
import type { PriceFields } from "./price-item.ts";

type Test = (fields: PriceFields) => boolean;

/** `$filter` of the price list: eq, ne, contains(…), and, or, parentheses; values are case-sensitive. */
export function parsePriceFilter(text: string): Test {
  const tokens = [...text.matchAll(/\s*('(?:[^']|'')*'|[A-Za-z]+|[(),]|\S)/g)].map((match) => match[1]!);
  let position = 0;
  const peek = () => tokens[position]?.toLowerCase();
  const refuse = (): never => {
    throw badRequest(`The filter is not valid near '${tokens[position] ?? "its end"}'.`);
  };
  const take = (wanted?: string): string => {
    const token = tokens[position] ?? refuse();
    if (wanted !== undefined && token.toLowerCase() !== wanted) refuse();
    position++;
    return token;
  };

  function either(): Test {
    const choices = [both()];
    while (peek() === "or") {
      take();
      choices.push(both());
    }
    return choices.length === 1 ? choices[0]! : (fields) => choices.some((choice) => choice(fields));
  }
  function both(): Test {
    const conditions = [one()];
    while (peek() === "and") {
      take();
      conditions.push(one());
    }
    return conditions.length === 1
      ? conditions[0]!
      : (fields) => conditions.every((condition) => condition(fields));
  }
  function one(): Test {
    if (peek() === "(") {
      take();
      const inside = either();
      take(")");
      return inside;
    }
    if (peek() === "contains") {
      take();
      take("(");
      const name = field();
      take(",");
      const part = value();
      take(")");
      return (fields) => fields[name].includes(part);
    }
    const name = field();
    const operator = peek() === "ne" ? take() : take("eq");
    const wanted = value();
    return operator === "ne" ? (fields) => fields[name] !== wanted : (fields) => fields[name] === wanted;
  }
  function field(): keyof PriceFields {
    const name = take();
    if (!fieldNames.has(name)) throw badRequest(`There is no field '${name}' to filter by.`);
    return name as keyof PriceFields;
  }
  function value(): string {
    const token = take();
    if (!token.startsWith("'")) {
      position--;
      refuse();
    }
    return token.slice(1, -1).replaceAll("''", "'");
  }

  const test = either();
  if (position < tokens.length) refuse();
  return test;
}

const fieldNames: ReadonlySet<string> = new Set<keyof PriceFields>([
  "serviceName",
  "serviceFamily",
  "productName",
  "skuName",
  "armSkuName",
  "meterName",
  "armRegionName",
  "priceType",
]);
