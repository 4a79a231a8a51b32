/** A category's name left of its bar, cut where the room ends; the full name is its title. */
export function NameTick({
  x,
  y,
  payload,
  width,
  names,
}: {
  x?: number;
  y?: number;
  payload?: { value: string };
  width: number;
  names: Map<string, string>;
}) {
  const name = names.get(payload?.value ?? "") ?? "";
  // 6.6 px is the mean advance of 13 px Geist: exact enough to cut a name before it runs out of its column.
  const fits = Math.floor(width / 6.6);
  const shown = name.length > fits ? `${name.slice(0, fits - 1).trimEnd()}…` : name;
  return (
    <text x={(x ?? 0) - width} y={y} dy="0.33em" fontSize={13} fill="var(--foreground)">
      <title>{name}</title>
      {shown}
    </text>
  );
}
