/** A category's name left of its bar, cut where the room ends; the full name is its title. */
export function NameTick({
  x,
  y,
  payload,
  width,
  room = width,
  names,
}: {
  x?: number;
  y?: number;
  payload?: { value: string };
  /** From the start of the name to the axis. */
  width: number;
  /** For the name itself. */
  room?: number;
  names: Map<string, string>;
}) {
  const name = names.get(payload?.value ?? "") ?? "";
  // 6.6 px is the mean advance of 13 px Geist: exact enough to cut a name before it runs out of its column.
  const fits = Math.floor(room / 6.6);
  const shown = name.length > fits ? `${name.slice(0, fits - 1).trimEnd()}…` : name;
  return (
    <text x={(x ?? 0) - width} y={y} dy="0.33em" fontSize={13} fill="var(--foreground)">
      <title>{name}</title>
      {shown}
    </text>
  );
}
