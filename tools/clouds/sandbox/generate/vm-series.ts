interface SizeSeries {
  /** As meters name it: "Dsv5 Series". */
  series: string;
  /** Azure's quota family. */
  family: string;
  /** ARM name with {n} for the vCPUs. */
  name: string;
  cores: readonly number[];
  gibPerCore: number;
  /** Linux, pay as you go, for each vCPU. */
  hourlyPerCore: number;
  limits: "v3" | "v5";
  premium: boolean;
  temporaryDisk: boolean;
  arm?: true;
}

const few = [2, 4, 8, 16, 32, 48, 64] as const;
const many = [2, 4, 8, 16, 32, 48, 64, 96] as const;
const local = { limits: "v3", premium: true, temporaryDisk: true } as const;
const remote = { limits: "v5", premium: true, temporaryDisk: false } as const;
const cached = { limits: "v5", premium: true, temporaryDisk: true } as const;
const plain = { limits: "v5", premium: false, temporaryDisk: false } as const;

/** The series whose sizes grow evenly; prices in USD, West Europe, rounded. */
export const vmSeries = [
  {
    series: "DSv3 Series",
    family: "standardDSv3Family",
    name: "Standard_D{n}s_v3",
    cores: few,
    gibPerCore: 4,
    hourlyPerCore: 0.06,
    ...local,
  },
  {
    series: "Dv3 Series",
    family: "standardDv3Family",
    name: "Standard_D{n}_v3",
    cores: few,
    gibPerCore: 4,
    hourlyPerCore: 0.06,
    ...local,
    premium: false,
  },
  {
    series: "Dsv4 Series",
    family: "standardDSv4Family",
    name: "Standard_D{n}s_v4",
    cores: few,
    gibPerCore: 4,
    hourlyPerCore: 0.0585,
    ...remote,
    limits: "v3",
  },
  {
    series: "Dasv4 Series",
    family: "standardDASv4Family",
    name: "Standard_D{n}as_v4",
    cores: many,
    gibPerCore: 4,
    hourlyPerCore: 0.0555,
    ...local,
  },
  {
    series: "Dv5 Series",
    family: "standardDv5Family",
    name: "Standard_D{n}_v5",
    cores: many,
    gibPerCore: 4,
    hourlyPerCore: 0.0575,
    ...plain,
  },
  {
    series: "Dsv5 Series",
    family: "standardDSv5Family",
    name: "Standard_D{n}s_v5",
    cores: many,
    gibPerCore: 4,
    hourlyPerCore: 0.0575,
    ...remote,
  },
  {
    series: "Ddsv5 Series",
    family: "standardDDSv5Family",
    name: "Standard_D{n}ds_v5",
    cores: many,
    gibPerCore: 4,
    hourlyPerCore: 0.068,
    ...cached,
  },
  {
    series: "Dasv5 Series",
    family: "standardDASv5Family",
    name: "Standard_D{n}as_v5",
    cores: many,
    gibPerCore: 4,
    hourlyPerCore: 0.052,
    ...remote,
  },
  {
    series: "Dadsv5 Series",
    family: "standardDADSv5Family",
    name: "Standard_D{n}ads_v5",
    cores: many,
    gibPerCore: 4,
    hourlyPerCore: 0.062,
    ...cached,
  },
  {
    series: "Dpsv5 Series",
    family: "standardDPSv5Family",
    name: "Standard_D{n}ps_v5",
    cores: few,
    gibPerCore: 4,
    hourlyPerCore: 0.046,
    ...remote,
    arm: true,
  },
  {
    series: "ESv3 Series",
    family: "standardESv3Family",
    name: "Standard_E{n}s_v3",
    cores: few,
    gibPerCore: 8,
    hourlyPerCore: 0.08,
    ...local,
  },
  {
    series: "Esv4 Series",
    family: "standardESv4Family",
    name: "Standard_E{n}s_v4",
    cores: few,
    gibPerCore: 8,
    hourlyPerCore: 0.077,
    ...remote,
    limits: "v3",
  },
  {
    series: "Ev5 Series",
    family: "standardEv5Family",
    name: "Standard_E{n}_v5",
    cores: many,
    gibPerCore: 8,
    hourlyPerCore: 0.0755,
    ...plain,
  },
  {
    series: "Esv5 Series",
    family: "standardESv5Family",
    name: "Standard_E{n}s_v5",
    cores: many,
    gibPerCore: 8,
    hourlyPerCore: 0.0755,
    ...remote,
  },
  {
    series: "Edsv5 Series",
    family: "standardEDSv5Family",
    name: "Standard_E{n}ds_v5",
    cores: many,
    gibPerCore: 8,
    hourlyPerCore: 0.0865,
    ...cached,
  },
  {
    series: "Easv5 Series",
    family: "standardEASv5Family",
    name: "Standard_E{n}as_v5",
    cores: many,
    gibPerCore: 8,
    hourlyPerCore: 0.068,
    ...remote,
  },
  {
    series: "FSv2 Series",
    family: "standardFSv2Family",
    name: "Standard_F{n}s_v2",
    cores: [2, 4, 8, 16, 32, 48, 64, 72],
    gibPerCore: 2,
    hourlyPerCore: 0.0485,
    ...local,
  },
  {
    series: "Lsv3 Series",
    family: "standardLSv3Family",
    name: "Standard_L{n}s_v3",
    cores: [8, 16, 32, 48, 64, 80],
    gibPerCore: 8,
    hourlyPerCore: 0.0873,
    ...cached,
  },
  {
    series: "Bsv2 Series",
    family: "standardBsv2Family",
    name: "Standard_B{n}s_v2",
    cores: [2, 4, 8, 16, 32],
    gibPerCore: 4,
    hourlyPerCore: 0.048,
    ...remote,
  },
  {
    series: "Bsv2 Series",
    family: "standardBsv2Family",
    name: "Standard_B{n}ls_v2",
    cores: [2, 4, 8, 16, 32],
    gibPerCore: 2,
    hourlyPerCore: 0.042,
    ...remote,
  },
] as const satisfies readonly SizeSeries[];

/** Uncached disk limits of the sizes of a generation: IOPS and MB/s by vCPUs. */
const v5Limits: Record<number, [number, number]> = {
  2: [3750, 85],
  4: [6400, 145],
  8: [12_800, 290],
  16: [25_600, 600],
  32: [51_200, 865],
  48: [76_800, 1315],
  64: [80_000, 1735],
  80: [80_000, 2000],
  96: [80_000, 2600],
};

/** What a size of an even series takes and how fast its disks are, by its vCPUs. */
export function seriesLimits(generation: SizeSeries["limits"], cores: number) {
  const [iops, megabytes] =
    generation === "v5" ? v5Limits[cores]! : [Math.min(80_000, cores * 1600), Math.min(1200, cores * 24)];
  return {
    maxDataDisks: Math.min(32, cores * 2),
    maxNics: cores < 8 ? 2 : cores < 16 ? 4 : 8,
    iops,
    bytesPerSecond: megabytes * 1_000_000,
  };
}
